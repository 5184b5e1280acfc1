/// What a character of folded text means for units and positions.
enum CharacterClass: UInt8, CaseIterable {
  /// No part of a unit: punctuation, symbols, controls.
  case ignored
  case blank
  /// A unit of its own: Han, kana, Bopomofo, Hangul, Yi, and letters of scripts that set no blanks
  /// between words (Thai, Lao, Khmer, Myanmar), where a run of letters would be a whole sentence.
  case character
  /// Part of a run of letters.
  case letter
  /// Part of a run of digits.
  case digit
  /// Belongs to the letter or character before it.
  case mark
  /// Ends a sentence wherever it stands: 。 ! ?
  case sentenceEnd
  /// Ends a sentence before a blank and at the end of the text.
  case fullStop
  /// Ends a paragraph: every kind of line end.
  case lineEnd
}

/// The classes of the characters that a session has met, and of those that it will surely meet.
struct CharacterClasses {
  /// Those of the Basic Multilingual Plane; nil on a page that is not filled, and for surrogates.
  private(set) var plane = [CharacterClass?](repeating: nil, count: 0x1_0000)
  private var pages = ScalarPages(unfilled: CharacterClass.ignored)

  /// What no version of Unicode will change is known from the start.
  init() {
    for unit in UnifiedHan.units { plane[Int(unit)] = .character }
    for unit in UInt16(0xAC00)...0xD7A3 { plane[Int(unit)] = .character }
    plane[0x20] = .blank
  }

  @inline(__always)
  mutating func of(_ scalar: UInt32) -> CharacterClass {
    (scalar < 0x1_0000 ? plane[Int(scalar)] : pages[scalar]) ?? filled(scalar)
  }

  @inline(never)
  private mutating func filled(_ scalar: UInt32) -> CharacterClass {
    let scalars = ScalarPages<CharacterClass>.page(of: scalar)
    let page = zip(scalars, ICU.properties(of: scalars)).map(Self.classify)
    if scalar < 0x1_0000 {
      for (place, kind) in zip(scalars, page) {
        precondition(kind != .character || place >= 0x800, "a character has three bytes or four")
        if !UTF16.isSurrogate(UInt16(place)) { plane[Int(place)] = kind }
      }
    } else {
      pages.fill(pageOf: scalar, with: page)
    }
    return page[Int(scalar & 0xFF)]
  }

  private static func classify(_ scalar: UInt32, _ properties: ICU.Properties) -> CharacterClass {
    switch scalar {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: return .lineEnd
    // The fold has made ！ and ？ of full width, ｡ and ︒ of other forms one of these.
    case 0x21, 0x3F, 0x3002: return .sentenceEnd
    case 0x2E: return .fullStop
    // Set aside for ideographs: those of a later Unicode than ICU's are characters already.
    case 0x20000...0x3FFFD: return .character
    default: break
    }
    if properties.contains(.blank) { return .blank }
    if properties.contains(.mark) { return .mark }
    if properties.contains(.digit) { return .digit }
    guard properties.contains(.letter) else { return .ignored }
    return properties.isDisjoint(with: [.eastAsian, .withoutBlanks]) ? .letter : .character
  }
}

/// The classes of the Basic Multilingual Plane as far as they are known.
extension Span<CharacterClass?> {
  /// Whether a unit is a character of one code unit and three bytes.
  @inline(__always)
  func isCharacter(_ unit: UInt16) -> Bool { self[Int(unit)] == .character }

  /// Whether a unit is a character, or may stand between the two of a pair.
  @inline(__always)
  func staysInRun(_ unit: UInt16) -> Bool {
    switch self[Int(unit)] {
    case .character, .blank, .ignored: true
    default: false
    }
  }

  /// Whether a mark of the character before may stand at `i`.
  @inline(__always)
  func mayBeMark(at i: Int, in text: Span<UInt16>) -> Bool {
    guard i < text.count else { return false }
    let kind = self[Int(text[i])]
    return kind == nil || kind == .mark
  }
}
