/// A piece of text and how it looks.
struct StyledText: Equatable {
  var text: String
  var style: Style

  init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// What a piece of output is; ``Palette`` says how that looks.
enum Style: Sendable {
  case plain, title, highlight, label, removed, warning, error
}

/// Turns styles into the escape sequences of a terminal, or leaves them out.
struct Palette: Sendable {
  let hasColor: Bool

  func render(_ piece: StyledText) -> String {
    guard hasColor, !piece.text.isEmpty, let code = code(of: piece.style) else { return piece.text }
    return "\u{1B}[\(code)m\(piece.text)\u{1B}[0m"
  }

  func render(_ line: [StyledText]) -> String {
    line.map(render).joined()
  }

  // The sixteen colours only, which every theme of a terminal makes readable.
  private func code(of style: Style) -> String? {
    switch style {
    case .plain: nil
    case .title: "1"
    case .highlight: "1;31"
    case .label: "36"
    case .removed: "31"
    case .warning: "33"
    case .error: "1;31"
    }
  }
}

/// The text with everything out that would make a terminal do something: control characters
/// become their pictures (␛) or U+FFFD, line ends become blanks, and what turns the direction of
/// writing around becomes U+FFFD.
///
/// One scalar for each scalar, so that ranges into the text hold for the result.
///
/// - Complexity: O(scalars).
func harmless(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isHarmful) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(isHarmful(scalar) ? picture(of: scalar) : scalar)
  }
  return String(result)
}

private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
    0x061C:
    true
  default: false
  }
}

private func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
  case 0x7F: "\u{2421}"
  case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
  default: "\u{FFFD}"
  }
}
