import Suoyin

/// The object that `suoyin search --json` prints. Keys whose value an article lacks hold null.
struct SearchView: Encodable {
  let query: String
  let total: Int
  let tookMs: Double
  let timedOut: Bool
  let notes: [NoteView]
  let hits: [HitView]
  /// What may have been meant, or null.
  let suggestion: SuggestionView?
  /// A cursor, or null.
  let next: String?
  /// There only where some are asked for.
  let facets: [FacetView]?

  private enum CodingKeys: String, CodingKey {
    case query, total, notes, hits, suggestion, next, facets
    case tookMs = "took_ms"
    case timedOut = "timed_out"
  }

  /// - Parameter fields: the keys of hits that are wanted; nil stands for all.
  init(_ result: SearchResult, fields: [String]? = nil) {
    query = result.query
    total = result.total
    tookMs = result.took / .milliseconds(1)
    timedOut = result.timedOut
    notes = result.notes.map(NoteView.init)
    hits = result.hits.map { HitView($0, fields) }
    suggestion = result.suggestion.map(SuggestionView.init)
    next = result.next?.description
    facets = result.facets.isEmpty ? nil : result.facets.map(FacetView.init)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(query, forKey: .query)
    try container.encode(total, forKey: .total)
    try container.encode(tookMs, forKey: .tookMs)
    try container.encode(timedOut, forKey: .timedOut)
    try container.encode(notes, forKey: .notes)
    try container.encode(hits, forKey: .hits)
    try container.encode(suggestion, forKey: .suggestion)
    try container.encode(next, forKey: .next)
    try container.encodeIfPresent(facets, forKey: .facets)
  }
}

/// A query that brings more.
struct SuggestionView: Encodable {
  let query: String
  let articles: Int

  init(_ suggestion: QuerySuggestion) {
    query = suggestion.query
    articles = suggestion.articles
  }
}

/// What a person should know; `source` counts Unicode scalars of the query, null where it is about all
/// of it.
struct NoteView: Encodable {
  let note: QueryNote

  init(_ note: QueryNote) {
    self.note = note
  }

  private enum Key: CodingKey {
    case kind, text, source
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(note.kind.rawValue, forKey: .kind)
    try container.encode(note.text, forKey: .text)
    try container.encode(note.source.map(RangeView.init), forKey: .source)
  }
}

struct HitView: Encodable {
  let hit: Hit
  /// The keys that are wanted, in that order; nil stands for all.
  let wanted: [String]?

  init(_ hit: Hit, _ wanted: [String]?) {
    self.hit = hit
    self.wanted = wanted
  }

  private enum Key: String, CodingKey, CaseIterable {
    case rank, id, title, path, date, score, match, snippets, duplicates, explanation, fields
    case fieldSnippets = "field_snippets"
  }

  /// What can be asked for.
  static let fields = Key.allCases.filter {
    ![.duplicates, .explanation, .fields, .fieldSnippets].contains($0)
  }.map(\.rawValue)

  /// The values of the wanted fields, with tabs between them.
  var line: String {
    let values = (wanted ?? Self.fields).map { name -> String in
      switch Key(rawValue: name) {
      case .rank: "\(hit.rank)"
      case .id: hit.id
      case .title: hit.title ?? ""
      case .path: hit.path ?? ""
      case .date: hit.date ?? ""
      case .score: "\(hit.score)"
      case .match: hit.match.rawValue
      case .snippets:
        (hit.snippets + hit.fieldSnippets.map(\.snippet)).map(\.text).joined(separator: " … ")
      case .duplicates, .explanation, .fields, .fieldSnippets, nil:
        hit.fields.first { $0.name == name }?.text ?? ""
      }
    }
    return values.map(harmless).joined(separator: "\t")
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    // Not encodeIfPresent: a reader finds every key in every hit.
    func encode(_ value: some Encodable, _ key: Key) throws {
      if wanted?.contains(key.rawValue) ?? true { try container.encode(value, forKey: key) }
    }
    try encode(hit.rank, .rank)
    try encode(hit.id, .id)
    try encode(hit.title, .title)
    try encode(hit.path, .path)
    try encode(hit.date, .date)
    try encode(hit.score, .score)
    try encode(hit.match.rawValue, .match)
    try encode(hit.snippets.map(SnippetView.init), .snippets)
    if !hit.fieldSnippets.isEmpty, wanted?.contains(Key.snippets.rawValue) ?? true {
      try container.encode(hit.fieldSnippets.map(FieldSnippetView.init), forKey: .fieldSnippets)
    }
    if !hit.duplicates.isEmpty {
      try container.encode(hit.duplicates.map(DuplicateView.init), forKey: .duplicates)
    }
    if !hit.fields.isEmpty {
      try container.encode(HitFieldsView(fields: hit.fields), forKey: .fields)
    }
    try container.encodeIfPresent(
      hit.explanation.map(ExplanationView.init), forKey: .explanation)
  }
}

struct DuplicateView: Encodable {
  let duplicate: Hit.Duplicate

  init(_ duplicate: Hit.Duplicate) {
    self.duplicate = duplicate
  }

  private enum Key: CodingKey {
    case id, title, path, date
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(duplicate.id, forKey: .id)
    try container.encode(duplicate.title, forKey: .title)
    try container.encode(duplicate.path, forKey: .path)
    try container.encode(duplicate.date, forKey: .date)
  }
}

struct SnippetView: Encodable {
  let text: String
  let source: RangeView
  let highlights: [RangeView]

  init(_ snippet: Snippet) {
    text = snippet.text
    source = RangeView(snippet.source)
    highlights = snippet.highlights.map(RangeView.init)
  }
}

/// A passage of a further field of text, as one of the text; there only where the query names the field.
struct FieldSnippetView: Encodable {
  let field: String
  let value: Int
  let text: String
  let source: RangeView
  let highlights: [RangeView]

  init(_ passage: FieldSnippet) {
    let snippet = SnippetView(passage.snippet)
    field = passage.field
    value = passage.value
    (text, source, highlights) = (snippet.text, snippet.source, snippet.highlights)
  }
}

/// A part of a score; there only where `--explain` asks for it.
struct ExplanationView: Encodable {
  let value: Double
  let text: String
  let parts: [ExplanationView]

  init(_ explanation: Explanation) {
    value = explanation.value
    text = explanation.text
    parts = explanation.parts.map(ExplanationView.init)
  }
}
