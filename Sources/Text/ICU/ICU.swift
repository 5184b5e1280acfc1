import CICU

/// The calls of ICU that keep no state: normalization, properties, names, version.
///
/// Here and in the other files of this folder are the module's unsafe expressions, all but that of
/// `NumbersInBytes.swift`.
enum ICU {
  /// ICU's version, as `72.1`.
  static let version: String = {
    var text = [CChar](repeating: 0, count: 32)
    unsafe cicu_version(&text)
    return String(cText: text[...])
  }()

  /// Replaces `result` by the NFKC_Casefold of `text`.
  ///
  /// - Complexity: linear for all but long runs of combining marks, which ICU sorts by insertion;
  ///   the caller bounds them.
  static func caseFold(_ text: [UInt16], into result: inout [UInt16]) {
    var capacity = text.count * 2 + Int(CICU_FOLD_MAX)
    while true {
      if result.count < capacity {
        result.append(contentsOf: repeatElement(0, count: capacity - result.count))
      }
      let needed = unsafe cicu_casefold(text, Int32(text.count), &result, Int32(result.count))
      // Valid UTF-16 cannot fail here: an error means that ICU's data are missing.
      precondition(needed >= 0, "ICU \(version) cannot fold: its data are missing")
      capacity = Int(needed)
      if capacity <= result.count {
        result.removeLast(result.count - capacity)
        return
      }
    }
  }

  /// The NFKC_Casefold of scalars, each alone, as ``FoldPages`` takes them.
  struct CaseFoldedScalars {
    /// For each scalar `stride` code units, of which `lengths` are used.
    var units: [UInt16]
    var lengths: [UInt8]
    var boundaries: [UInt8]

    static let stride = Int(CICU_FOLD_MAX)
    static let boundaryBefore = UInt8(CICU_BOUNDARY_BEFORE)
    static let boundaryAfter = UInt8(CICU_BOUNDARY_AFTER)
  }

  static func caseFoldScalars(_ scalars: Range<UInt32>) -> CaseFoldedScalars {
    var result = CaseFoldedScalars(
      units: [UInt16](repeating: 0, count: scalars.count * CaseFoldedScalars.stride),
      lengths: [UInt8](repeating: 0, count: scalars.count),
      boundaries: [UInt8](repeating: 0, count: scalars.count))
    let status = unsafe cicu_casefold_scalars(
      scalars.lowerBound, Int32(scalars.count), &result.units, &result.lengths, &result.boundaries)
    precondition(status == 0, "ICU \(version) cannot fold: its data are missing")
    return result
  }

  /// What a character is, as ``CharacterClasses`` asks.
  struct Properties: OptionSet {
    let rawValue: UInt8
    static let letter = Properties(rawValue: UInt8(CICU_LETTER))
    static let digit = Properties(rawValue: UInt8(CICU_DIGIT))
    static let mark = Properties(rawValue: UInt8(CICU_MARK))
    static let blank = Properties(rawValue: UInt8(CICU_BLANK))
    static let eastAsian = Properties(rawValue: UInt8(CICU_EAST_ASIAN))
    static let withoutBlanks = Properties(rawValue: UInt8(CICU_WITHOUT_BLANKS))
  }

  static func properties(of scalars: Range<UInt32>) -> [Properties] {
    var flags = [UInt8](repeating: 0, count: scalars.count)
    unsafe cicu_properties(scalars.lowerBound, Int32(scalars.count), &flags)
    return flags.map { Properties(rawValue: $0) }
  }

  /// `text` through one of ICU's transliterators, or nil where there is none of that name.
  ///
  /// It takes tens of milliseconds: for the generator of the folding table and for its test.
  static func transliterate(_ text: String, by name: String) -> String? {
    let source = Array(text.utf16)
    var result = [UInt16](repeating: 0, count: source.count * 2 + 64)
    let length = unsafe cicu_transliterate(
      name, source, Int32(source.count), &result, Int32(result.count))
    return length < 0 ? nil : String(decoding: result[..<Int(length)], as: UTF16.self)
  }
}

extension String {
  /// The text before the first NUL.
  init(cText bytes: ArraySlice<CChar>) {
    self.init(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
