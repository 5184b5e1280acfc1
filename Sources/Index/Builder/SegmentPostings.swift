import SuoyinStorage
import SuoyinText

/// An article on its way into a segment, and which terms it has.
struct IndexedArticle: Sendable {
  enum Terms: Sendable {
    /// Those that the analyzer finds in its title and text.
    case analyzed(Article)
    /// Those that it finds in its text, which are in the fields of the text alone.
    case text(of: Article)
    /// These.
    case given(DocumentTokens)
  }

  var document: UInt32
  var id: String
  /// As it is stored: ``ArticleRecord/content(of:)``.
  var content: [UInt8]
  var terms: Terms
  /// What it has in further fields of text.
  var texts: [FieldText]
  /// Bytes of title and text, and of these.
  var size: Int
  /// Whether it gets a fingerprint: one of which nothing is kept has none.
  var isKept: Bool
}

/// The terms of one article in title and text.
struct DocumentTokens: Sendable {
  var titleWords = TokenBatch()
  var titleGrams = TokenBatch()
  var textWords = TokenBatch()
  var textGrams = TokenBatch()

  init() {}

  /// The batches in the order of ``FieldID/all``.
  func visit(_ body: (_ field: Int, borrowing TokenBatch) -> Void) {
    body(0, titleWords)
    body(1, titleGrams)
    body(2, textWords)
    body(3, textGrams)
  }
}

/// What a segment being made holds of terms and stored articles, taking a round of articles at a time
/// with all threads.
///
/// A round has two steps. First its articles, in batches of some that follow one another, are taken
/// apart into terms, which are dealt out to shards; one task stores the articles meanwhile. Then each
/// shard of each field takes the batches in order. So documents come to every list in order, whatever
/// thread does what when, and the index is the same for any number of threads.
///
/// Not for several threads at once.
final class SegmentPostings {
  /// A batch is closed when it has so many bytes.
  private static let batchSize = 64 << 10
  /// Terms of a longer article are not kept to be overwritten by the next.
  private static let tokensKept = 1 << 20

  private let analyzer: Analyzer
  private let workers: Workers
  private let file: FileWriter
  private let fields = FieldID.all.map { FieldBuilder($0) }
  private let articles = StoredArticlesWriter()
  /// What a worker needs for itself, made when it first has a task.
  private let benches: [Bench]
  private var batches: [Batch] = []
  private var fingerprints: [Fingerprint] = []

  /// One worker's tools.
  private final class Bench {
    lazy var session = analyzer.makeSession()
    var tokens = DocumentTokens()
    var fieldTokens = FieldTokens()
    private let analyzer: Analyzer

    init(_ analyzer: Analyzer) { self.analyzer = analyzer }
  }

  /// The terms of some articles that follow one another, for each field; kept from round to round.
  private final class Batch {
    let fields: [ShardedTokens]
    /// Of the articles, in their order.
    var fingerprints: [Fingerprint] = []

    init(_ fields: [FieldBuilder]) {
      self.fields = fields.map { ShardedTokens(seed: $0.seed) }
    }

    func add(_ tokens: borrowing DocumentTokens, of article: IndexedArticle) {
      tokens.visit { fields[$0].add($1, document: article.document) }
      fingerprints.append(article.isKept ? Fingerprint(tokens.textGrams) : .none)
    }

    func add(_ tokens: borrowing FieldTokens, of document: UInt32) {
      tokens.visit { fields[$0.index].add($1, document: document) }
    }
  }

  /// - Parameter file: takes the articles, into its open section.
  init(_ analyzer: Analyzer, workers: Workers, to file: FileWriter) {
    self.analyzer = analyzer
    self.workers = workers
    self.file = file
    benches = (0..<workers.count).map { _ in Bench(analyzer) }
  }

  /// Bytes of memory held, that of a round left out.
  var memory: Int { fields.reduce(articles.memory + fingerprints.count * 16) { $0 + $1.memory } }

  /// Takes the next articles, whose documents follow one another.
  ///
  /// - Parameter former: what documents of rounds before have in fields that are only now known to be
  ///   text; each field's in the order of the documents.
  func add(
    _ round: [IndexedArticle], former: [(document: UInt32, text: FieldText)]
  ) throws(StorageError) {
    let formerParts = Self.parts(of: former.map(\.text.size))
    let parts = Self.parts(of: round.map(\.size))
    let used = 0..<(formerParts.count + parts.count)
    while batches.count < used.count { batches.append(Batch(fields)) }
    try workers.run(used.count + 1) { (task, worker) throws(StorageError) in
      if task == 0 {
        for article in round {
          try articles.add(id: article.id, content: article.content, to: file)
        }
        return
      }
      let (batch, bench) = (batches[task - 1], benches[worker])
      if task <= formerParts.count {
        for (document, text) in former[formerParts[task - 1]] {
          bench.fieldTokens.set(text, by: bench.session)
          batch.add(bench.fieldTokens, of: document)
        }
      } else {
        fill(batch, with: round[parts[task - 1 - formerParts.count]], at: bench)
      }
    }
    for batch in batches[used] {
      for (field, tokens) in zip(fields, batch.fields) { field.addDocuments(of: tokens) }
      fingerprints += batch.fingerprints
      batch.fingerprints.removeAll(keepingCapacity: true)
    }
    // The fields with the most terms, those of the texts, come last in a file and first here.
    let filled = fields.indices.reversed().filter { field in
      batches[used].contains { !$0.fields[field].documents.isEmpty }
    }
    let count = ShardedTokens.shardCount
    workers.run(filled.count * count) { task, _ in
      let field = filled[task / count]
      for batch in batches[used] {
        fields[field].add(batch.fields[field], to: task % count)
      }
    }
    for batch in batches[used] {
      for field in filled { batch.fields[field].removeAll() }
    }
  }

  /// Deals out what follows one another, by its sizes.
  private static func parts(of sizes: [Int]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    var sum = 0
    for (index, size) in sizes.enumerated() {
      sum += size
      if sum >= batchSize || index + 1 == sizes.count {
        parts.append(start..<(index + 1))
        start = index + 1
        sum = 0
      }
    }
    return parts
  }

  private func fill(_ batch: Batch, with articles: ArraySlice<IndexedArticle>, at bench: Bench) {
    for article in articles {
      switch article.terms {
      case .analyzed(let source): bench.session.tokenize(source, into: &bench.tokens)
      case .text(let source): bench.session.tokenize(textOf: source, into: &bench.tokens)
      case .given(let tokens): bench.tokens = tokens
      }
      batch.add(bench.tokens, of: article)
      for text in article.texts {
        bench.fieldTokens.set(text, by: bench.session)
        batch.add(bench.fieldTokens, of: article.document)
      }
      if article.size > Self.tokensKept {
        bench.tokens = DocumentTokens()
        bench.fieldTokens = FieldTokens()
      }
    }
  }

  /// Writes the stored articles that are left, with their index, and the fingerprints, as sections.
  func writeArticles() throws(StorageError) {
    try articles.finish(to: file)
    try file.begin(SegmentFormat.articleIndex)
    try file.append(articles.index.bytes)
    try Fingerprints.write(fingerprints, to: file)
  }

  /// Writes the sections of all fields; nothing can be added after it.
  ///
  /// - Parameters:
  ///   - documentCount: of the segment.
  ///   - similarity: what score bounds are made with.
  func writeFields(
    documentCount: Int, similarity: Similarity
  ) throws(StorageError) -> [SegmentInfo.Field] {
    var infos: [SegmentInfo.Field] = []
    for field in fields {
      // Where no article has a further field of text, that takes no room.
      infos.append(
        field.id.part == .further && field.isEmpty
          ? SegmentInfo.Field()
          : try field.write(
            to: file, documentCount: documentCount, similarity: similarity, by: workers))
    }
    return infos
  }
}

extension AnalysisSession {
  /// How much of an untitled article stands for its title, in units, or words where there are no
  /// units: about a sentence or two.
  private static var leadLength: Int { 60 }

  /// Replaces the contents of `tokens` by the terms of an article.
  ///
  /// The title counts in the text as well, as its last paragraph, so that the fields of the text
  /// hold the whole article and what stands in title and text is weighed as one. An article without
  /// a title has the beginning of its text in the fields of the title: that is where a text says
  /// what it is about. Words that another program has cut stay as they are, with no lead.
  func tokenize(_ article: Article, into tokens: inout DocumentTokens) {
    tokenize(
      article.title ?? "", repairingLines: article.repairsLines, words: &tokens.titleWords,
      grams: &tokens.titleGrams)
    tokenizeText(of: article, into: &tokens)
    if tokens.titleWords.count + tokens.titleGrams.count > 0 {
      tokens.textWords.append(paragraph: tokens.titleWords, hasPositions: false)
      tokens.textGrams.append(paragraph: tokens.titleGrams, hasPositions: true)
    } else if analyzer == .whitespace {
      return
    } else if tokens.textGrams.count > 0 {
      tokens.titleGrams.take(first: Self.leadLength, of: tokens.textGrams, hasPositions: true)
    } else {
      tokens.titleWords.take(first: Self.leadLength, of: tokens.textWords, hasPositions: false)
    }
  }

  /// Replaces the contents of `tokens` by the terms of an article's text; there are none of a title.
  func tokenize(textOf article: Article, into tokens: inout DocumentTokens) {
    tokens.titleWords.removeAll()
    tokens.titleGrams.removeAll()
    tokenizeText(of: article, into: &tokens)
  }

  private func tokenizeText(of article: Article, into tokens: inout DocumentTokens) {
    tokenize(
      article.text, repairingLines: article.repairsLines, words: &tokens.textWords,
      grams: &tokens.textGrams)
  }
}
