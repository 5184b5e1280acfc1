/// Which characters mean something in a query.
enum QuerySyntax {
  /// What a character means in the language: full-width forms mean what the half-width ones do.
  static func sign(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard 0xFF01...0xFF5E ~= scalar.value else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  /// What closes a quotation that this opens.
  static func closing(of quotation: Unicode.Scalar) -> Unicode.Scalar? {
    switch quotation {
    case "\"": "\""
    case "“": "”"
    case "「": "」"
    case "『": "』"
    default: nil
    }
  }

  /// Whether a character is of a script whose words `*` can stand in: letters of Latin, Greek,
  /// Cyrillic and others with blanks between words, and digits.
  static func isSpelled(_ scalar: Unicode.Scalar) -> Bool {
    let sign = sign(of: scalar)
    guard sign.value < 0x1100 || 0x1E00...0x1FFF ~= sign.value else { return false }
    return sign.properties.isAlphabetic || isDigit(sign)
  }

  static func isDigit(_ sign: Unicode.Scalar) -> Bool { "0"..."9" ~= sign }

  /// Whether a character may be in the name of a field.
  static func isInName(_ sign: Unicode.Scalar, first: Bool) -> Bool {
    if sign.properties.isAlphabetic || sign == "_" { return true }
    return !first && (isDigit(sign) || sign == "-" || sign == ".")
  }

  /// The longest name of a field, in scalars.
  static let longestName = 64
  /// Groups in groups may be so deep.
  static let deepest = 32
  /// The longest word in which `*` stands for anything, in scalars; longer ones are pasted text.
  static let longestPattern = 64
  /// The most texts of a query.
  static let mostTexts = 1_024
  /// The greatest weight after `^`.
  static let greatestWeight = 1_000.0
  /// The greatest distance after `~` and `NEAR/`.
  static let greatestDistance = 1_000
  /// The distance of `NEAR` alone.
  static let usualDistance = 10
  /// The most phrases that stand near one another.
  static let mostNear = 6
}
