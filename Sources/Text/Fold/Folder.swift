/// Folds repaired text: NFKC_Casefold, then ``FoldTables``.
///
/// The result equals that of ICU over the whole text followed by the tables scalar by scalar. Most
/// scalars fold alone, by a look-up; only where one can combine with its neighbours (combining
/// marks, voicing marks of half-width kana, jamo) ICU is asked for the stretch between two places
/// that normalization never crosses.
struct Folder {
  /// The scalars that ICU normalizes at once. A longer stretch, of which no orthography has use, is
  /// cut: ICU sorts combining marks by insertion, and a megabyte of them would take minutes.
  static let stretchLimit = 256

  private let tables: FoldTables
  private var pages: FoldPages
  /// A stretch for ICU, and its result.
  private var stretch: [UInt16] = []
  private var normalized: [UInt16] = []

  init(tables: FoldTables) {
    self.tables = tables
    pages = FoldPages(tables: tables)
  }

  /// Appends the fold of `text` with `edits` made to `folded`, and each step of it to `map`.
  ///
  /// - Complexity: O(n).
  mutating func fold<Map: FoldRecording>(
    _ text: Span<UInt8>, edits: [LineEdit], into folded: inout [UInt16], map: inout Map
  ) {
    var scalars = RepairedScalars(of: text, edits: edits)
    var ahead = scalars.next(in: text)
    // The scalar before, where a following one may join it, and where its result begins.
    var before: (scalar: SourceScalar, folded: Int)?
    while let scalar = ahead {
      let entry = pages.entry(of: scalar.value)
      let start = folded.count
      if entry.isPlain {
        folded.append(entry.unit)
        map.record(units: 1, from: scalar.start, to: scalar.end)
      } else if !entry.joinsBefore {
        append(entry, of: scalar, to: &folded, map: &map)
      } else {
        if let base = before {
          folded.removeLast(folded.count - base.folded)
          if !pages.entry(of: base.scalar.value).vanishes { map.takeBack() }
        }
        ahead = foldStretch(
          after: before?.scalar, from: scalar, &scalars, in: text, into: &folded, map: &map)
        before = nil
        continue
      }
      before = entry.joinsAfter ? (scalar, start) : nil
      ahead = scalars.next(in: text)
    }
  }

  /// Folds the scalars from `first` on that join what stands before them, together with `base`;
  /// returns the first scalar behind them.
  private mutating func foldStretch<Map: FoldRecording>(
    after base: SourceScalar?, from first: SourceScalar, _ scalars: inout RepairedScalars,
    in text: Span<UInt8>, into folded: inout [UInt16], map: inout Map
  ) -> SourceScalar? {
    stretch.removeAll(keepingCapacity: true)
    // Scalars that fold to nothing (variation selectors, joiners) made no part of the result: those
    // at the ends are left out of its source.
    var made: (count: Int, first: SourceScalar, last: SourceScalar)?
    var count = 0
    var next: SourceScalar? = base ?? first
    while let scalar = next {
      let entry = pages.entry(of: scalar.value)
      if count > (base == nil ? 0 : 1), !entry.joinsBefore || count >= Self.stretchLimit { break }
      appendUTF16(scalar.value, to: &stretch)
      count += 1
      if !entry.vanishes {
        made = ((made?.count ?? 0) + 1, made?.first ?? scalar, scalar)
      }
      next = count == 1 && base != nil ? first : scalars.next(in: text)
    }
    guard let made else { return next }
    if made.count == 1 {
      append(pages.entry(of: made.first.value), of: made.first, to: &folded, map: &map)
    } else {
      ICU.caseFold(stretch, into: &normalized)
      let start = folded.count
      tables.append(normalized, to: &folded)
      map.record(units: folded.count - start, from: made.first.start, to: made.last.end)
    }
    return next
  }

  /// Appends the fold of a scalar that stands alone.
  @inline(never)
  private func append<Map: FoldRecording>(
    _ entry: FoldPages.Entry, of scalar: SourceScalar, to folded: inout [UInt16], map: inout Map
  ) {
    if entry.vanishes { return }
    let start = folded.count
    if entry.expands {
      let length = Int(pages.expansions[entry.place])
      folded.append(contentsOf: pages.expansions[(entry.place + 1)...].prefix(length))
    } else {
      appendUTF16(entry.scalar, to: &folded)
    }
    map.record(units: folded.count - start, from: scalar.start, to: scalar.end)
  }
}
