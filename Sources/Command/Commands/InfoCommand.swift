import Suoyin

extension CommandRun {
  func info() throws -> Int32 {
    let folder = indexFolder
    let info = try SearchIndex.open(at: folder).info
    if invocation.has(.json) {
      try console.out.write(try jsonText(InfoView(info, folder: folder)))
      return 0
    }
    let total = info.bytes.values.reduce(0, +)
    var rows = [
      ("index", folder),
      ("articles", grouped(info.articles)),
      (
        "segments",
        grouped(info.segments)
          + (info.reorderedSegments > 0 ? ", \(grouped(info.reorderedSegments)) reordered" : "")
      ),
      ("terms", grouped(info.terms)),
      ("size", byteCount(total)),
    ]
    let largestFirst = info.bytes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (part, bytes) in largestFirst { rows.append(("  \(part)", byteCount(bytes))) }
    rows += [
      ("analyzer", "\(info.analyzer.name), version \(info.analyzer.version)")
    ]
    for (option, text) in info.options.sorted(by: { $0.key < $1.key }) {
      rows.append(("  \(option)", text))
    }
    for (index, field) in info.fields.sorted(by: { $0.key < $1.key }).enumerated() {
      rows.append((index == 0 ? "fields" : "", "\(field.key): \(field.value.rawValue)"))
    }
    if info.articlesWithoutTexts > 0 {
      let count = counted(info.articlesWithoutTexts, "article")
      rows.append(("  not searched", "fields of text of \(count) indexed before; suoyin rebuild"))
    }
    rows += [
      ("ICU", info.icu),
      ("words by", info.segmentation == "dictionary" ? "ICU's dictionary" : "ICU's iterator"),
      ("BM25", "k1 \(info.k1), b \(info.b)"),
      ("generation", grouped(Int(clamping: info.generation))),
    ]
    let column = rows.map { displayWidth(of: $0.0) }.max() ?? 0
    for (name, value) in rows {
      try console.print([
        StyledText(padded(harmless(name), to: column + 2), .label), StyledText(harmless(value)),
      ])
    }
    return 0
  }
}

/// The object that `suoyin info --json` prints.
struct InfoView: Encodable {
  let index: String
  let articles: Int
  let segments: Int
  let reorderedSegments: Int
  let terms: Int
  let bytes: [String: Int]
  let analyzer: String
  let analyzerVersion: Int
  let options: [String: String]
  let fields: [String: FieldKind]
  let articlesWithoutTexts: Int
  let tables: String
  let icu: String
  let segmentation: String
  let generation: Int
  let k1: Double
  let b: Double

  private enum CodingKeys: String, CodingKey {
    case index, articles, segments, terms, bytes, analyzer, options, fields, tables, icu
    case segmentation
    case generation, k1, b
    case analyzerVersion = "analyzer_version"
    case reorderedSegments = "reordered_segments"
    case articlesWithoutTexts = "articles_without_texts"
  }

  init(_ info: IndexInfo, folder: String) {
    index = folder
    articles = info.articles
    segments = info.segments
    reorderedSegments = info.reorderedSegments
    terms = info.terms
    bytes = info.bytes
    analyzer = info.analyzer.name
    analyzerVersion = info.analyzer.version
    options = info.options
    fields = info.fields
    articlesWithoutTexts = info.articlesWithoutTexts
    tables = info.analyzer.tables
    icu = info.icu
    segmentation = info.segmentation
    generation = Int(clamping: info.generation)
    k1 = info.k1
    b = info.b
  }
}
