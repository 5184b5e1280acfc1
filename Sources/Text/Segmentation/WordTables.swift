import SuoyinStorage

/// All that the segmenter looks up: ICU's rules as an automaton, and its dictionary as a double
/// array. They lie in a file of the cache (``WordTablesCache``) or in memory.
///
/// A class, so that handing it on counts one reference and not one for each table.
final class WordTables: Sendable {
  /// For each UTF-16 code unit its ``Entry``.
  let units: MappedArray<UInt64>
  /// For each 256 scalars above the first plane a page of ``supplementary``.
  let pages: MappedArray<UInt16>
  /// Category and flags of scalars, as the upper 16 bits of an ``Entry``.
  let supplementary: MappedArray<UInt16>
  /// The automaton: ``CompiledWordRules/categories`` next states for each state.
  let next: MappedArray<UInt8>
  /// For each state what it accepts: ``CompiledWordRules/accepts`` and a kind of word.
  let accepting: MappedArray<UInt8>
  /// Each a ``DoubleArray/Slot``.
  let slots: MappedArray<UInt64>

  init(
    units: MappedArray<UInt64>, pages: MappedArray<UInt16>, supplementary: MappedArray<UInt16>,
    next: MappedArray<UInt8>, accepting: MappedArray<UInt8>, slots: MappedArray<UInt64>
  ) {
    self.units = units
    self.pages = pages
    self.supplementary = supplementary
    self.next = next
    self.accepting = accepting
    self.slots = slots
  }

  /// What a code unit is to rules and dictionary.
  struct Entry {
    let bits: UInt64

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    init(node: UInt32, code: UInt16, upper: UInt16) {
      bits = UInt64(upper) << 48 | UInt64(code) << 32 | UInt64(node)
    }

    /// The node of the words that begin with it: see ``DoubleArray``.
    @inline(__always) var node: UInt32 { UInt32(truncatingIfNeeded: bits) }
    /// Its code in the dictionary, or 0.
    @inline(__always) var code: UInt16 { UInt16(truncatingIfNeeded: bits &>> 32) }
    /// Its category in the rules.
    @inline(__always) var category: Int { Int(truncatingIfNeeded: bits &>> 48 & 0xFF) }
    @inline(__always) var flags: UInt8 { UInt8(truncatingIfNeeded: bits &>> 56) }
    /// Both.
    @inline(__always) var upper: UInt16 { UInt16(truncatingIfNeeded: bits &>> 48) }
  }

  /// What the flags of an entry say, beside those of ``CompiledWordRules``.
  enum Flag {
    static let inRange = CompiledWordRules.Flags.inRange.rawValue
    static let startsRange = CompiledWordRules.Flags.startsRange.rawValue
    static let normalizationVaries = CompiledWordRules.Flags.normalizationVaries.rawValue
    static let otherEngine = CompiledWordRules.Flags.otherEngine.rawValue
    /// ICU takes runs of it for likely words.
    static let katakana: UInt8 = 16
    /// Half of a scalar above the first plane, if the other half follows.
    static let leadSurrogate: UInt8 = 32
  }

  /// Whether no table leads outside of another, as far as can be seen without going through the
  /// dictionary.
  ///
  /// - Complexity: linear in the states of the automaton and the pages, some thousands.
  var fitTogether: Bool {
    let states = accepting.count
    return units.count == 1 << 16 && pages.count == 0x1000 && supplementary.count % 256 == 0
      && 2...256 ~= states && next.count == states * CompiledWordRules.categories && slots.count > 0
      && (0..<next.count).allSatisfy { Int(next[$0]) < states }
      && (0..<pages.count).allSatisfy { (Int(pages[$0]) + 1) << 8 <= supplementary.count }
  }

  @inline(__always)
  func entry(_ unit: UInt16) -> Entry {
    Entry(bits: units[Int(unit)])
  }

  /// The slot of the child of a node, or one with another label where there is none.
  @inline(__always)
  func slot(of node: UInt32, _ code: UInt16) -> DoubleArray.Slot {
    DoubleArray.Slot(bits: slots[DoubleArray.Slot.place(below: node, code)])
  }

  /// The entry of the scalar that begins at `i`, and how many units it has.
  @inline(__always)
  func entry(of text: Span<UInt16>, at i: Int) -> (entry: Entry, width: Int) {
    let entry = entry(text[i])
    guard entry.flags & Flag.leadSurrogate != 0 else { return (entry, 1) }
    return pair(entry, of: text, at: i)
  }

  @inline(never)
  private func pair(
    _ lead: Entry, of text: Span<UInt16>, at i: Int
  ) -> (entry: Entry, width: Int) {
    guard i + 1 < text.count, UTF16.isTrailSurrogate(text[i + 1]) else { return (lead, 1) }
    let scalar = scalar(lead: text[i], trail: text[i + 1])
    let page = Int(pages[Int(scalar >> 8) - 0x100])
    let upper = supplementary[page << 8 | Int(scalar & 0xFF)]
    return (Entry(node: 0, code: 0, upper: upper), 2)
  }
}

/// Tables that lie in arrays, as they are made and written.
struct WordTablesInMemory {
  private(set) var units: [UInt64] = []
  private(set) var pages: [UInt16] = []
  private(set) var supplementary: [UInt16] = []
  private(set) var next: [UInt8]
  private(set) var accepting: [UInt8]
  private(set) var dictionary: DoubleArray

  /// Makes them of ICU's rules and dictionary; nil where these cannot be had.
  ///
  /// - Complexity: some 0.3 s.
  init?() {
    guard let rules = CompiledWordRules(), let words = DictionaryWords.read(),
      let dictionary = DoubleArray(words)
    else { return nil }
    self.dictionary = dictionary
    (next, accepting) = rules.states()
    for (unit, upper) in Self.upper(0..<0x10000, by: rules).enumerated() {
      units.append(
        WordTables.Entry(
          node: dictionary.roots[unit], code: dictionary.codes[unit], upper: upper
        ).bits)
    }
    var known: [[UInt16]: UInt16] = [:]
    for first in stride(from: UInt32(0x10000), to: 0x110000, by: 0x100) {
      let page = Self.upper(first..<first + 0x100, by: rules)
      if known[page] == nil {
        known[page] = UInt16(supplementary.count >> 8)
        supplementary += page
      }
      pages.append(known[page] ?? 0)
    }
  }

  /// Category and flags of scalars in 16 bits.
  private static func upper(_ scalars: Range<UInt32>, by rules: borrowing CompiledWordRules)
    -> [UInt16]
  {
    let (categories, flags) = rules.scalars(scalars)
    return scalars.indices.map { scalar in
      let i = Int(scalar - scalars.lowerBound)
      var all = flags[i].rawValue
      switch scalar {
      // ICU's isKatakana, which leaves out the middle dot.
      case 0x30A1...0x30FA, 0x30FC...0x30FE, 0xFF66...0xFF9F: all |= WordTables.Flag.katakana
      case 0xD800...0xDBFF: all |= WordTables.Flag.leadSurrogate
      default: break
      }
      return UInt16(all) << 8 | UInt16(categories[i])
    }
  }

  /// The tables, copied.
  var tables: WordTables {
    WordTables(
      units: MappedArray(copying: units), pages: MappedArray(copying: pages),
      supplementary: MappedArray(copying: supplementary), next: MappedArray(copying: next),
      accepting: MappedArray(copying: accepting), slots: MappedArray(copying: dictionary.slots))
  }
}
