import CICU

/// Words with what each costs, as ICU's dictionary of Chinese and Japanese has them: in ascending
/// order of their units, none twice.
struct DictionaryWords {
  /// The words' code units, one word behind the other.
  var units: [UInt16]
  /// For each word where it ends in ``units``.
  var ends: [Int32]
  /// For each word what it costs, from 1 to 255: the less, the more often it occurs.
  var costs: [UInt8]

  /// The version of ICU, that of its data and the size of its dictionary as `72.1-72.1-2007142`, or
  /// nil where it has no dictionary in the form that is understood here.
  static func name() -> String? {
    var name = [CChar](repeating: 0, count: 128)
    let length = unsafe cicu_dictionary_name(&name, Int32(name.count))
    return length <= 0 ? nil : String(cText: name[...])
  }

  /// Reads the dictionary; nil where there is none.
  ///
  /// - Complexity: some 40 ms.
  static func read() -> DictionaryWords? {
    var words: Int32 = 0
    var units: Int32 = 0
    guard unsafe cicu_dictionary_size(&words, &units) == 0 else { return nil }
    var result = DictionaryWords(
      units: [UInt16](repeating: 0, count: Int(units)),
      ends: [Int32](repeating: 0, count: Int(words)),
      costs: [UInt8](repeating: 0, count: Int(words)))
    let status = unsafe cicu_dictionary_read(&result.units, &result.ends, &result.costs)
    return status == 0 ? result : nil
  }
}

/// The rules of ICU's root word iterator as ICU compiled them.
@safe struct CompiledWordRules: ~Copyable {
  private let handle: OpaquePointer

  static let categories = Int(CICU_RULES_CATEGORIES)
  static let accepts = UInt8(CICU_ACCEPTS)

  /// What the engine for Chinese and Japanese makes of a scalar.
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let inRange = Flags(rawValue: UInt8(CICU_IN_RANGE))
    static let startsRange = Flags(rawValue: UInt8(CICU_STARTS_RANGE))
    static let normalizationVaries = Flags(rawValue: UInt8(CICU_NFKC_VARIES))
    static let otherEngine = Flags(rawValue: UInt8(CICU_OTHER_ENGINE))
  }

  /// Returns nil where the rules are not in the form that is understood here.
  init?() {
    guard let handle = unsafe cicu_rules_open() else { return nil }
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe cicu_rules_close(handle)
  }

  /// The automaton: for each state ``categories`` next states, and what it accepts.
  func states() -> (next: [UInt8], accepting: [UInt8]) {
    let most = Int(CICU_RULES_STATES)
    var next = [UInt8](repeating: 0, count: most * Self.categories)
    var accepting = [UInt8](repeating: 0, count: most)
    _ = unsafe cicu_rules_states(handle, &next, &accepting)
    return (next, accepting)
  }

  /// Category and flags of each scalar.
  func scalars(_ scalars: Range<UInt32>) -> (categories: [UInt8], flags: [Flags]) {
    var categories = [UInt8](repeating: 0, count: scalars.count)
    var flags = categories
    unsafe cicu_rules_scalars(
      handle, scalars.lowerBound, Int32(scalars.count), &categories, &flags)
    return (categories, flags.map { Flags(rawValue: $0) })
  }
}

extension ICU {
  /// Whether `text` is its own NFKC.
  static func isNormalized(_ text: Span<UInt16>) -> Bool {
    unsafe text.withUnsafeBufferPointer { text in
      unsafe cicu_nfkc_is_normalized(text.baseAddress, Int32(text.count)) == 1
    }
  }

  /// The NFKC of `text`, normalized piece by piece, and for each unit of it where its piece begins.
  static func normalize(_ text: Span<UInt16>) -> (units: [UInt16], places: [Int32]) {
    // Twice as much is usual; no scalar's NFKC is longer than 18 units.
    for capacity in [2 * text.count + 64, 18 * text.count] {
      var units = [UInt16](repeating: 0, count: capacity)
      var places = [Int32](repeating: 0, count: capacity)
      let count = unsafe text.withUnsafeBufferPointer { text in
        unsafe cicu_nfkc(
          text.baseAddress, Int32(text.count), &units, &places, Int32(capacity))
      }
      if count >= 0 {
        units.removeLast(capacity - Int(count))
        places.removeLast(capacity - Int(count))
        return (units, places)
      }
    }
    preconditionFailure("ICU \(version) cannot normalize: its data are missing")
  }
}
