internal import SuoyinIndex
internal import SuoyinText

/// What a typed text can stand for, unit by unit.
///
/// Letters can be themselves, initials of pinyin (`cqqc`), syllables (`chongqing`), the beginning of one
/// at the end (`chongqingqi`), or all of these mixed (`chongqqc`).
struct TypedText {
  /// What one unit of a word or a title has to be.
  enum Unit: Equatable {
    /// That very scalar, folded.
    case scalar(UInt32)
    /// The letter or digit itself, or a character whose pinyin begins with the letter.
    case letter(UInt8)
    /// A character that is read so.
    case syllable([UInt8])
    /// A character whose pinyin begins so: zh, or what is left at the end.
    case beginning([UInt8])

    /// Its six bits in a ``SuggestionKey``.
    var bits: UInt64? {
      switch self {
      case .scalar(let scalar): SuggestionKey.bits(of: scalar)
      case .letter(let byte): SuggestionKey.bits(ofASCII: byte)
      case .syllable(let letters), .beginning(let letters):
        letters.first.flatMap(SuggestionKey.bits(ofASCII:))
      }
    }

    func fits(_ scalar: UInt32) -> Bool {
      switch self {
      case .scalar(let own): return own == scalar
      case .letter(let letter):
        return scalar == UInt32(letter) || read(scalar) { $0.first == letter }
      case .syllable(let letters): return read(scalar) { $0 == letters }
      case .beginning(let letters): return read(scalar) { $0.starts(with: letters) }
      }
    }

    private func read(_ scalar: UInt32, _ isSo: ([UInt8]) -> Bool) -> Bool {
      let table = Pinyin.table
      return table.readings(of: scalar).contains { isSo(table.syllables[Int($0)]) }
    }
  }

  /// One way to read the text.
  struct Reading {
    let units: [Unit]
    /// The key of the first units.
    let key: UInt64

    init(_ units: [Unit]) {
      self.units = units
      key = Self.key(of: units[...])
    }

    /// The keys of what begins with some of the units.
    func keys(_ range: Range<Int>) -> Range<UInt64> {
      let count = min(range.count, SuggestionKey.units)
      let key =
        range.lowerBound == 0 && range.upperBound == units.count
        ? key : Self.key(of: units[range])
      return key..<SuggestionKey.end(of: key, units: count)
    }

    private static func key(of units: ArraySlice<Unit>) -> UInt64 {
      units.prefix(SuggestionKey.units).enumerated().reduce(0) { key, unit in
        key | SuggestionKey.shifted(unit.element.bits ?? 0, at: unit.offset)
      }
    }

    /// Whether the text was typed in the characters that it is to begin with.
    var isWritten: Bool {
      units.contains { if case .scalar = $0 { true } else { false } }
    }

    /// Whether a text begins with some of the units; blanks and marks in it do not count.
    func begins(_ text: some StringProtocol, with range: Range<Int>) -> Bool {
      var place = range.lowerBound
      for scalar in text.unicodeScalars where place < range.upperBound {
        guard SuggestionKey.bits(of: scalar.value) != nil else { continue }
        guard units[place].fits(scalar.value) else { return false }
        place += 1
      }
      return place == range.upperBound
    }
  }

  /// The ways to read it whose first units some key begins with, the likeliest first.
  private(set) var readings: [Reading] = []
  private static let mostReadings = 12
  private static let mostUnits = 40
  /// The syllables, to be looked up.
  private static let syllables = Set(Pinyin.table.syllables)
  /// All proper beginnings of syllables of more than one letter.
  private static let beginnings = Set(
    Pinyin.table.syllables.flatMap { syllable in
      (2..<max(2, syllable.count)).map { Array(syllable[..<$0]) }
    })
  private static let initials: Set<[UInt8]> = [
    Array("zh".utf8), Array("ch".utf8), Array("sh".utf8),
  ]

  /// - Parameters:
  ///   - text: folded.
  ///   - holds: whether anything begins with keys of that range.
  init(_ text: String, holds: (Range<UInt64>) -> Bool) {
    let scalars = text.unicodeScalars.map(\.value).filter { SuggestionKey.bits(of: $0) != nil }
    guard !scalars.isEmpty, scalars.count <= Self.mostUnits else { return }
    read(scalars, from: 0, units: [], holds: holds)
  }

  private mutating func read(
    _ scalars: [UInt32], from place: Int, units: [Unit], holds: (Range<UInt64>) -> Bool
  ) {
    guard readings.count < Self.mostReadings else { return }
    // Words side by side have no key of their own, but the first two units of one are those of a word.
    if !units.isEmpty, units.count <= 2 {
      let reading = Reading(units)
      guard holds(reading.keys(0..<units.count)) else { return }
    }
    guard place < scalars.count else {
      readings.append(Reading(units))
      return
    }
    let letters = scalars[place...].prefix { 0x61...0x7A ~= $0 }.map { UInt8($0) }
    guard let letter = letters.first else {
      let scalar = scalars[place]
      let unit: Unit = scalar < 0x80 ? .letter(UInt8(scalar)) : .scalar(scalar)
      return read(scalars, from: place + 1, units: units + [unit], holds: holds)
    }
    for length in stride(from: min(6, letters.count), through: 2, by: -1) {
      let part = Array(letters[..<length])
      if Self.syllables.contains(part) {
        read(scalars, from: place + length, units: units + [.syllable(part)], holds: holds)
      }
      let isLast = place + length == scalars.count
      if isLast && Self.beginnings.contains(part) || Self.initials.contains(part) {
        read(scalars, from: place + length, units: units + [.beginning(part)], holds: holds)
      }
    }
    read(scalars, from: place + 1, units: units + [.letter(letter)], holds: holds)
  }
}
