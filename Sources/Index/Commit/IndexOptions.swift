public import SuoyinText

/// How an index is written.
public struct IndexOptions: Sendable {
  /// What makes the terms. Nil stands for that of the index, or `Analyzer.cjk` for a new index;
  /// another than that of the index is an error, but for its synonyms: these take the place of the
  /// index's with the next commit.
  public var analyzer: Analyzer?
  /// How much of ``analyzer`` the analyzer of an index that is there has to be.
  public var analyzerDemand = Analyzer.Demand.whole
  /// The parameters of BM25. Nil stands for those of the index, or the usual ones for a new index;
  /// others than those of the index are an error.
  public var similarity: Similarity?
  /// Fields of the articles beside title and text; nil stands for those of the index. Fields that it
  /// does not have yet are added; one of another kind is an error. What is not declared is inferred from
  /// the articles.
  public var fields: FieldSchema?
  /// Bytes of memory at which what has been gathered is written out as a segment.
  public var memoryBudget: Int
  /// How many threads analyze, build and merge, from 1 to 1,024; what lies outside counts as the
  /// nearest. The index is the same for any number.
  public var threads: Int
  /// Whether an index is made where there is none; else that is an error.
  public var createsIndex = true
  /// Whether the first commit takes the place of all that is in the index, also of one that is damaged
  /// or of another format. Until then the index stays as it is; nothing of it is kept but what
  /// ``analyzer``, ``similarity`` and ``fields`` leave open.
  public var replacesIndex = false
  /// Whether a commit merges segments where that is due. `IndexWriter.optimize` does in any case.
  public var mergesSegments = true
  /// When and what is merged.
  var mergePolicy = MergePolicy()
  /// Bytes of articles that threads share at a time: enough work for some, little memory.
  var roundSize = 1 << 20
  /// ``IndexWriter/textLimit``, or less in a test.
  var textLimit = IndexWriter.textLimit

  public init(
    analyzer: Analyzer? = nil, similarity: Similarity? = nil, memoryBudget: Int = 512 << 20,
    threads: Int = Workers.processorCount
  ) {
    self.analyzer = analyzer
    self.similarity = similarity
    self.memoryBudget = memoryBudget
    self.threads = threads
  }
}

/// What became of an article that was added.
public enum AddOutcome: Equatable, Sendable {
  /// Its id is new.
  case added
  /// It takes the place of the article of its id.
  case replaced
  /// The index has this very article already.
  case unchanged
  /// An article of that id has come in this batch, which ends with ``IndexWriter/commit()``; this one
  /// is not taken.
  case repeated(firstPath: String?)
}
