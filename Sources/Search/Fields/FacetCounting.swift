internal import SuoyinIndex
internal import SuoyinText

/// Counts the values of a field in what was found, segment by segment.
struct FacetCounting {
  private let asked: String
  private let field: FieldReference
  /// The most values of the facet.
  private let limit: Int
  private var counts: [FieldValue: Int] = [:]
  private var without = 0

  init(_ asked: String, _ field: FieldReference, limit: Int) {
    self.limit = limit
    self.asked = asked
    self.field = field
  }

  /// - Complexity: linear in the documents and the codes of the column.
  mutating func add(_ found: DocumentSet, of segment: Segment) throws(IndexError) {
    guard let column = segment.column(field.name, field.kind) else {
      without += found.count
      return
    }
    let ofCodes = column.counts(in: found.words)
    without += ofCodes[0]
    for ordinal in 0..<column.valueCount where ofCodes[ordinal + 1] > 0 {
      counts[field.value(try column.value(ordinal)), default: 0] += ofCodes[ordinal + 1]
    }
    for code in column.combinations where ofCodes[code] > 0 {
      // Two days of one year are one year.
      var values: Set<FieldValue> = []
      for ordinal in column.ordinals(of: code) {
        values.insert(field.value(try column.value(ordinal)))
      }
      for value in values { counts[value, default: 0] += ofCodes[code] }
    }
  }

  /// The commonest values; years and the like in their order, the latest ones.
  var facet: Facet {
    let fold = KeywordFold()
    let ordered = counts.map { (order: ColumnOrder($0.key, fold), articles: $0.value) }
    let sorted =
      field.precision == nil
      ? ordered.sorted {
        $0.articles != $1.articles ? $0.articles > $1.articles : $0.order < $1.order
      }.prefix(limit)
      : ordered.sorted { $0.order < $1.order }.suffix(limit)
    return Facet(
      field: asked,
      counts: sorted.map { Facet.Count(value: $0.order.value, articles: $0.articles) },
      valueCount: counts.count, without: without)
  }
}

extension Segment {
  /// The column of a field, where it is of that kind.
  func column(_ name: String, _ kind: FieldKind) -> Column? {
    column(name).flatMap { $0.kind == kind ? $0 : nil }
  }
}
