import Suoyin

/// The object that `suoyin search --json` prints. Keys whose value an article lacks hold null.
struct SearchView: Encodable {
  let query: String
  let total: Int
  let tookMs: Double
  let notes: [NoteView]
  let hits: [HitView]

  private enum CodingKeys: String, CodingKey {
    case query, total, notes, hits
    case tookMs = "took_ms"
  }

  init(_ result: SearchResult) {
    query = result.query
    total = result.total
    tookMs = result.took / .milliseconds(1)
    notes = result.notes.map(NoteView.init)
    hits = result.hits.map(HitView.init)
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

  init(_ hit: Hit) {
    self.hit = hit
  }

  private enum Key: CodingKey {
    case rank, id, title, path, date, score, match, snippets, explanation
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(hit.rank, forKey: .rank)
    try container.encode(hit.id, forKey: .id)
    // Not encodeIfPresent: a reader finds every key in every hit.
    try container.encode(hit.title, forKey: .title)
    try container.encode(hit.path, forKey: .path)
    try container.encode(hit.date, forKey: .date)
    try container.encode(hit.score, forKey: .score)
    try container.encode(hit.match.rawValue, forKey: .match)
    try container.encode(hit.snippets.map(SnippetView.init), forKey: .snippets)
    try container.encodeIfPresent(
      hit.explanation.map(ExplanationView.init), forKey: .explanation)
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
