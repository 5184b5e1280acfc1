/// Folds repaired text: NFKC_Casefold, then ``FoldTables``, then ``KanaSpelling``.
///
/// The result equals that of ICU over the whole text followed by the other two. Most
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
  private let foldsKorean: Bool

  /// - Parameter foldsKorean: whether C's kernel folds Korean and ASCII, where nothing is kept of the steps.
  init(tables: FoldTables, foldsKorean: Bool = TermKernels.foldKorean) {
    self.tables = tables
    self.foldsKorean = foldsKorean
    pages = FoldPages(tables: tables)
  }

  /// Appends the fold of `text` with `edits` made to `folded`, and each step of it to `map`.
  ///
  /// - Precondition: `folded` and `map` are empty.
  /// - Complexity: O(n).
  mutating func fold<Map: FoldRecording>(
    _ text: Span<UInt8>, edits: [LineEdit], into folded: inout [UInt16], map: inout Map
  ) {
    var scalars = RepairedScalars(of: text, edits: edits)
    var isRespelled = false
    // The scalar before, and where its result begins.
    var before: (scalar: SourceScalar, folded: Int)?
    // What a stretch has read of what follows it.
    var ahead: SourceScalar?
    while true {
      if ahead == nil,
        let last = foldPlain(text, from: &scalars, into: &folded, map: &map)
      {
        before = (last, folded.count - 1)
      }
      guard let scalar = ahead ?? scalars.next(in: text) else { break }
      let entry = pages.entry(of: scalar.value)
      let start = folded.count
      if !entry.joinsBefore {
        append(entry, of: scalar, to: &folded, map: &map)
        isRespelled = isRespelled || entry.isRespelled
        before = (scalar, start)
        ahead = nil
      } else {
        let base = before.flatMap { pages.entry(of: $0.scalar.value).joinsAfter ? $0 : nil }
        if let base, folded.count > base.folded {
          folded.removeLast(folded.count - base.folded)
          map.takeBack()
        }
        let stretchStart = folded.count
        ahead = foldStretch(
          after: base?.scalar, from: scalar, &scalars, in: text, into: &folded, map: &map)
        isRespelled = isRespelled || folded[stretchStart...].contains(where: KanaSpelling.concerns)
        before = nil
      }
    }
    if isRespelled { KanaSpelling.respell(&folded) { map.remove($0) } }
  }

  /// Folds scalars as long as each becomes one code unit whatever stands before it: nearly all of a
  /// text. Returns the last of them.
  private mutating func foldPlain<Map: FoldRecording>(
    _ text: Span<UInt8>, from scalars: inout RepairedScalars, into folded: inout [UInt16],
    map: inout Map
  ) -> SourceScalar? {
    let (start, stop) = (scalars.position, scalars.stop)
    guard start < stop else { return nil }
    var at = start
    let plain = pages.plain
    var isPlain = true
    while isPlain {
      folded.append(addingCapacity: Self.plainAtOnce) { output in
        output.fill { room in
          var fold = PlainFold(at: at, foldsKorean: foldsKorean)
          isPlain = fold.fold(text, before: stop, by: plain.span, into: &room, map: &map)
          at = fold.at
          return fold.count
        }
      }
    }
    scalars.position = at
    return at > start ? RepairedScalars.scalar(endingAt: at, in: text) : nil
  }

  /// The code units for which ``foldPlain`` makes room.
  private static let plainAtOnce = 1_024

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
      if folded.count > start {
        map.record(units: folded.count - start, from: made.first.start, to: made.last.end)
      }
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
    if folded.count > start {
      map.record(units: folded.count - start, from: scalar.start, to: scalar.end)
    }
  }
}
