public import SuoyinIndex

/// A search: the query and how much of the answer is wanted.
public struct SearchRequest: Sendable {
  /// The query as it was typed.
  public var query: String
  /// The largest number of hits returned; a negative one becomes 0.
  public var limit: Int { didSet { limit = max(0, limit) } }
  /// The number of hits passed over, best first, before the first returned one; a negative one
  /// becomes 0.
  public var offset: Int { didSet { offset = max(0, offset) } }
  /// Whether each hit says how its score came about.
  public var explains: Bool
  /// Whether hits have passages of their articles.
  public var makesSnippets = true
  /// Whether the query is words between blanks and nothing else: no sign in it is an operator.
  public var isPlain = false
  /// Whether it is an error where a part of the query cannot be taken as it was meant.
  public var isStrict: Bool
  /// The order of the hits.
  public var order = SearchOrder.score
  /// Fields whose values are counted in all articles found; `year`, `month` and `day` are those of the
  /// field `date`, `published.year` that of another.
  public var facets: [String] = []
  /// The most values of a facet; a negative one becomes 0.
  public var facetLimit = 20 { didSet { facetLimit = max(0, facetLimit) } }
  /// Further fields that hits are to have.
  public var fields: [String] = []
  /// The parameters of BM25 to rank by; nil stands for those that the index was made for.
  public var similarity: Similarity?
  /// What the kinds of pieces of a query count.
  public var weights: RankingWeights
  /// Whether articles are found as well that hold characters like those of the query, which scans and
  /// hands confuse (未 and 末, 氢 and 氦): ``Hit/Match/lookalike``.
  public var findsLookalikes = false
  /// Whether near-duplicates of an article are shown under the first of them, as ``Hit/duplicates``, and are no
  /// hits of their own; limit, offset and cursors count what is left.
  public var collapsesDuplicates = false
  /// Whether another query is looked for where no article holds the whole of this one:
  /// ``SearchResult/suggestion``.
  public var suggestsQuery = false
  /// The place behind which the hits begin, from the answer to the same request: ``SearchResult/next``.
  /// ``offset`` counts from there on.
  public var after: SearchCursor?
  /// How long it may take to find and to show; nil where it may take any time. The answer has what was
  /// found by then, see ``SearchResult/timedOut``.
  public var timeLimit: Duration?
  /// What another thread ends the search by.
  public var cancellation: SearchCancellation?

  /// A search for the `limit` best hits after the first `offset`; both count from 0 up, negative
  /// values as 0.
  public init(
    query: String, limit: Int = 10, offset: Int = 0, explains: Bool = false,
    isStrict: Bool = false, similarity: Similarity? = nil,
    weights: RankingWeights = RankingWeights()
  ) {
    self.query = query
    self.limit = max(0, limit)
    self.offset = max(0, offset)
    self.explains = explains
    self.isStrict = isStrict
    self.similarity = similarity
    self.weights = weights
  }
}

/// What a search found.
public struct SearchResult: Sendable {
  /// The query as it was typed.
  public let query: String
  /// The number of articles that match, exactly, of which ``hits`` are a part; behind a cursor of those
  /// that the first page's index had.
  public let total: Int
  /// How long the search took, snippets included.
  public let took: Duration
  /// What a person should know of how the query was understood.
  public let notes: [QueryNote]
  /// The wanted hits: those that hold the whole query first, then by falling score, then in the
  /// order of indexing; or in the order of the request.
  public let hits: [Hit]
  /// What the request wanted counted, in its order.
  public let facets: [Facet]
  /// A query like this one that some articles hold whole, where the request asks for one and none holds
  /// this; nil where there is none.
  public let suggestion: QuerySuggestion?
  /// Where the next hits begin; nil where none follow, or time was up.
  public let next: SearchCursor?
  /// Whether the request's time was up before all was looked at. Then what was found is right as far
  /// as it goes, with its scores: ``total`` and ``facets`` count what was found so far, better hits may
  /// be missing, the last hits have no passages, and no more than ``Searcher/lateHits`` are read.
  public let timedOut: Bool
}

/// The best articles for a query, by name alone.
public struct Ranking: Sendable {
  /// An article and what it is worth.
  public struct Place: Sendable {
    public let id: String
    public let score: Double
    public let match: Hit.Match
  }

  /// The number of articles that match, exactly.
  public let total: Int
  /// The best of them, in the order of ``SearchResult/hits``.
  public let places: [Place]
  /// As ``SearchResult/timedOut``.
  public let timedOut: Bool
}

/// An article that was found.
public struct Hit: Sendable {
  /// An article that says much the same.
  public struct Duplicate: Equatable, Sendable {
    public let id: String
    public let title: String?
    public let path: String?
    public let date: String?
  }

  /// How much of the query an article holds; in the order of the rank.
  public enum Match: String, CaseIterable, Sendable {
    /// Each clause of the query, exactly as a run of units.
    case whole
    /// Some words or pieces of it.
    case partial
    /// Nothing that would find it as it was typed, but what looks alike.
    case lookalike
  }

  /// The place in the whole result, from 1.
  public let rank: Int
  public let id: String
  public let title: String?
  public let path: String?
  public let date: String?
  /// The sum of what the query's terms are worth in the article; comparable within one search.
  public let score: Double
  public let match: Match
  /// The passages that cover the query best, at most 3, best first.
  public let snippets: [Snippet]
  /// A passage of each further field of text in which the query asks for something that the article has
  /// there; in the order of the query.
  public let fieldSnippets: [FieldSnippet]
  /// Where the request collapses them, the near-duplicates of the article that would rank below it, best
  /// first, as far as ranking came to them.
  public let duplicates: [Duplicate]
  /// The further fields that the request names, those that the article has.
  public let fields: [HitField]
  /// How the score came about, where the request asked for it.
  public let explanation: Explanation?
}
