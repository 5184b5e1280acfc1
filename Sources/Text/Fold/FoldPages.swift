/// What each scalar alone folds to, as far as a session has met it.
struct FoldPages {
  /// One scalar's fold, packed: bits 0–20 a scalar or a place among ``FoldPages/expansions``, above
  /// them flags.
  struct Entry: BitwiseCopyable {
    var bits: UInt32

    /// What stands before can change this scalar's normalization.
    static let joinsBefore: UInt32 = 1 << 31
    /// The result is not one code unit, but one of what follows.
    static let isWide: UInt32 = 1 << 30
    /// What follows can change this scalar's normalization.
    static let joinsAfter: UInt32 = 1 << 29
    /// Normalization makes it nothing: a variation selector, a joiner.
    static let vanishes: UInt32 = 1 << 28
    /// The result lies among the expansions; that of a combining accent is empty.
    static let expands: UInt32 = 1 << 27
    /// The spelling of the result depends on its neighbours.
    static let isRespelled: UInt32 = 1 << 26
    // None of these: the result is one scalar of two code units.

    /// One code unit, whatever stands before: nearly every scalar of a text.
    @inline(__always) var isPlain: Bool { bits & (Self.joinsBefore | Self.isWide) == 0 }
    @inline(__always) var joinsBefore: Bool { bits & Self.joinsBefore != 0 }
    @inline(__always) var joinsAfter: Bool { bits & Self.joinsAfter != 0 }
    @inline(__always) var expands: Bool { bits & Self.expands != 0 }
    @inline(__always) var isRespelled: Bool { bits & Self.isRespelled != 0 }
    @inline(__always) var vanishes: Bool { bits & Self.vanishes != 0 }
    /// The result, where it is one code unit.
    @inline(__always) var unit: UInt16 { UInt16(truncatingIfNeeded: bits) }
    /// The result, where it is one scalar.
    @inline(__always) var scalar: UInt32 { bits & 0x1F_FFFF }
    /// Where the result's length stands among the expansions.
    @inline(__always) var place: Int { Int(bits & 0x1F_FFFF) }
  }

  private let tables: FoldTables
  private var pages = ScalarPages(unfilled: Entry(bits: 0))
  /// For each scalar of the Basic Multilingual Plane the one code unit that it becomes whatever stands
  /// before it; 0 where there is more to it, or its page is not filled.
  private(set) var plain = [UInt16](repeating: 0, count: 0x1_0000)
  /// Results of more than one scalar, each behind its length.
  private(set) var expansions: [UInt16] = []

  init(tables: FoldTables) {
    self.tables = tables
  }

  /// The scalar's fold; its page is filled when it is the first of it.
  @inline(__always)
  mutating func entry(of scalar: UInt32) -> Entry {
    pages[scalar] ?? filled(scalar)
  }

  @inline(never)
  private mutating func filled(_ scalar: UInt32) -> Entry {
    let scalars = ScalarPages<Entry>.page(of: scalar)
    let page = UnifiedHan.fills(scalars) ? hanEntries(scalars) : entries(scalars)
    pages.fill(pageOf: scalar, with: page)
    for (place, entry) in zip(scalars, page) where place < 0x1_0000 && entry.isPlain {
      plain[Int(place)] = entry.unit
    }
    return page[Int(scalar & 0xFF)]
  }

  /// Entries of scalars that NFKC_Casefold leaves.
  private mutating func hanEntries(_ scalars: Range<UInt32>) -> [Entry] {
    scalars.map { entry(for: CollectionOfOne(UInt16(truncatingIfNeeded: $0)), boundaries: .max) }
  }

  private mutating func entries(_ scalars: Range<UInt32>) -> [Entry] {
    let folded = ICU.caseFoldScalars(scalars)
    return (0..<scalars.count).map { i in
      let start = i * ICU.CaseFoldedScalars.stride
      return entry(
        for: folded.units[start..<start + Int(folded.lengths[i])],
        boundaries: folded.boundaries[i])
    }
  }

  private mutating func entry(
    for units: some RandomAccessCollection<UInt16>, boundaries: UInt8
  ) -> Entry {
    var bits: UInt32 = 0
    if boundaries & ICU.CaseFoldedScalars.boundaryBefore == 0 { bits |= Entry.joinsBefore }
    if boundaries & ICU.CaseFoldedScalars.boundaryAfter == 0 { bits |= Entry.joinsAfter }
    // Nearly all of them, without an array each.
    if units.count == 1, let unit = units.first.flatMap(tables.unit), !KanaSpelling.concerns(unit) {
      return Entry(bits: bits | UInt32(unit))
    }
    var result: [UInt16] = []
    tables.append(units, to: &result)
    if result.contains(where: KanaSpelling.concerns) { bits |= Entry.isWide | Entry.isRespelled }
    if result.count == 1 { return Entry(bits: bits | UInt32(result[0])) }
    bits |= Entry.isWide
    if units.isEmpty { return Entry(bits: bits | Entry.vanishes) }
    if result.count == 2, UTF16.isLeadSurrogate(result[0]) {
      return Entry(bits: bits | scalar(lead: result[0], trail: result[1]))
    }
    // All of Unicode expands to some 15,000 units.
    precondition(expansions.count < 1 << 21)
    bits |= Entry.expands | UInt32(expansions.count)
    expansions.append(UInt16(result.count))
    expansions.append(contentsOf: result)
    return Entry(bits: bits)
  }
}

/// Appends a scalar's one or two code units.
@inline(__always)
func appendUTF16(_ scalar: UInt32, to units: inout [UInt16]) {
  if scalar < 0x1_0000 {
    units.append(UInt16(truncatingIfNeeded: scalar))
  } else {
    units.append(UInt16(truncatingIfNeeded: 0xD7C0 &+ scalar &>> 10))
    units.append(UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF))
  }
}

/// The scalar of two surrogates.
@inline(__always)
func scalar(lead: UInt16, trail: UInt16) -> UInt32 {
  0x1_0000 &+ (UInt32(lead & 0x3FF) &<< 10 | UInt32(trail & 0x3FF))
}

/// The characters that Unicode unified for good, U+4E00 to U+9EFF: no version makes anything else of
/// them than letters of East Asia without a decomposition. The tables ask ICU for the others.
enum UnifiedHan {
  static let units: ClosedRange<UInt16> = 0x4E00...0x9EFF

  /// Whether all of some scalars are such.
  static func fills(_ scalars: Range<UInt32>) -> Bool {
    scalars.lowerBound >= UInt32(units.lowerBound)
      && scalars.upperBound <= UInt32(units.upperBound) + 1
  }
}
