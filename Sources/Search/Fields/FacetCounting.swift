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
    var ordinal = 0
    while ordinal < column.valueCount {
      // Values that follow one another are of one year, and looking up where it ends spares the rest.
      var end = ordinal + 1
      if ofCodes[ordinal + 1] > 0 || field.precision != nil {
        let value = try column.value(ordinal)
        if let last = field.end(of: value) {
          end = max(end, try column.partitionPoint { $0.begins(before: last) })
        }
        let count = ofCodes[ordinal + 1..<end + 1].reduce(0, +)
        if count > 0 { counts[field.value(value), default: 0] += count }
      }
      ordinal = end
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
  ///
  /// - Complexity: O(n log n) for n different values, without comparing them but where they tie.
  var facet: Facet {
    var kept: [(value: FieldValue, articles: Int)]
    if field.precision == nil {
      kept = commonest
      kept.sort {
        $0.articles != $1.articles ? $0.articles > $1.articles : $0.value.precedes($1.value)
      }
    } else {
      kept = counts.map { ($0.key, $0.value) }.sorted { $0.value.precedes($1.value) }
        .suffix(limit)
    }
    return Facet(
      field: asked, counts: kept.map { Facet.Count(value: $0.value, articles: $0.articles) },
      valueCount: counts.count, without: without)
  }

  /// The commonest values in any order; of those that tie for the last places the first.
  private var commonest: [(value: FieldValue, articles: Int)] {
    let falling = counts.values.sorted(by: >)
    guard limit > 0, let bound = falling.prefix(limit).last else { return [] }
    var kept = counts.filter { $0.value > bound }.map { (value: $0.key, articles: $0.value) }
    let room = limit - kept.count
    var ties: [FieldValue] = []
    for (value, articles) in counts where articles == bound {
      if ties.count == room, let last = ties.last, !value.precedes(last) { continue }
      let place = ties.firstIndex { value.precedes($0) } ?? ties.count
      ties.insert(value, at: place)
      if ties.count > room { ties.removeLast() }
    }
    kept += ties.map { ($0, bound) }
    return kept
  }
}

extension FieldValue {
  /// The order of values that tie: keywords by their bytes.
  fileprivate func precedes(_ other: FieldValue) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.keyword(let a), .keyword(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }

  fileprivate func begins(before second: Int64) -> Bool {
    if case .date(let date) = self { date.start < second } else { false }
  }
}

extension Segment {
  /// The column of a field, where it is of that kind.
  func column(_ name: String, _ kind: FieldKind) -> Column? {
    column(name).flatMap { $0.kind == kind ? $0 : nil }
  }
}
