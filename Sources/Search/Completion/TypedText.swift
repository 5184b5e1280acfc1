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
    /// The letter or digit itself, or a character whose syllable is one of those with these numbers.
    case letter(UInt8, Range<UInt16>)
    /// A character whose syllable is one of those with these numbers, which begin with the letter: a
    /// syllable, or all that begin as what is left at the end, or with zh.
    case syllables(Range<UInt16>, initial: UInt8)

    /// Its six bits in a ``SuggestionKey``.
    var bits: UInt64? {
      switch self {
      case .scalar(let scalar): SuggestionKey.bits(of: scalar)
      case .letter(let byte, _), .syllables(_, let byte): SuggestionKey.bits(ofASCII: byte)
      }
    }

    func fits(_ scalar: UInt32) -> Bool {
      switch self {
      case .scalar(let own): own == scalar
      case .letter(let letter, let numbers):
        scalar == UInt32(letter) || Pinyin.table.isRead(scalar, as: numbers)
      case .syllables(let numbers, _): Pinyin.table.isRead(scalar, as: numbers)
      }
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
      let unit: Unit = scalar < 0x80 ? .letter(UInt8(scalar), 0..<0) : .scalar(scalar)
      return read(scalars, from: place + 1, units: units + [unit], holds: holds)
    }
    let table = Pinyin.table
    for length in stride(from: min(6, letters.count), through: 2, by: -1) {
      let part = Array(letters[..<length])
      let numbers = table.numbers(beginningWith: part)
      guard let first = numbers.first else { continue }
      let isSyllable = table.syllables[Int(first)] == part
      if isSyllable {
        read(
          scalars, from: place + length,
          units: units + [.syllables(first..<first + 1, initial: letter)], holds: holds)
      }
      let isLast = place + length == scalars.count
      if isLast && (!isSyllable || numbers.count > 1) || Self.initials.contains(part) {
        read(
          scalars, from: place + length, units: units + [.syllables(numbers, initial: letter)],
          holds: holds)
      }
    }
    let unit = Unit.letter(letter, table.numbers(beginningWith: [letter]))
    read(scalars, from: place + 1, units: units + [unit], holds: holds)
  }
}
