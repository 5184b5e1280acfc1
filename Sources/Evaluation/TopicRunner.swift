public import SuoyinIndex
public import SuoyinSearch

/// Asks an index all topics of a collection, each as plain words: signs in them are text.
public struct TopicRunner: Sendable {
  /// What was found for a topic.
  public struct Answer: Sendable {
    public let topic: Topic
    /// The best first.
    public let ranking: [Run.Entry]
    /// How many articles match in all.
    public let total: Int
    /// How long it took, on a processor that others may have shared.
    public let took: Duration
  }

  private let searcher: Searcher
  /// The most articles for a topic.
  public var depth: Int
  /// The parameters of BM25; nil stands for those of the index.
  public var similarity: Similarity?
  /// What the kinds of pieces of a query count.
  public var weights = RankingWeights()
  /// How many processors work.
  public var threads: Int

  public init(
    _ searcher: Searcher, depth: Int = 1000, similarity: Similarity? = nil,
    threads: Int = Workers.processorCount
  ) {
    self.searcher = searcher
    self.depth = max(0, depth)
    self.similarity = similarity
    self.threads = max(1, threads)
  }

  /// Hands the answers to `body` in the order of the topics, one after the other, on any of the threads,
  /// while others answer the topics that follow.
  ///
  /// - Complexity: that of the searches; a few dozen answers for each thread are held at a time.
  public func forEachAnswer(
    to topics: [Topic], _ body: (Answer) throws -> Void
  ) throws {
    // A few topics a task, so that threads seldom wait for one another.
    let size = 8
    let tasks = (topics.count + size - 1) / size
    try Workers(threads).produce(tasks) { (task) throws -> [Answer] in
      var answers: [Answer] = []
      for topic in topics[task * size..<min((task + 1) * size, topics.count)] {
        answers.append(try answer(topic))
      }
      return answers
    } take: { (answers: consuming [Answer]) throws in
      for answer in answers { try body(answer) }
    }
  }

  /// Asks one topic.
  public func answer(_ topic: Topic) throws(SearchError) -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    var request = SearchRequest(
      query: topic.query, limit: depth, similarity: similarity, weights: weights)
    request.isPlain = true
    let ranking = try searcher.rank(request)
    return Answer(
      topic: topic,
      ranking: ranking.places.map { Run.Entry(id: $0.id, score: $0.score) },
      total: ranking.total, took: clock.now - start)
  }
}
