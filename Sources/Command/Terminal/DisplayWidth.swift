import CTerminal
import Glibc

/// Makes the C library see text as UTF-8 whatever the user's locale, so that it knows widths; once.
private let charactersAreKnown: Bool = {
  for locale in ["C.UTF-8", "C.utf8", "en_US.UTF-8", ""] {
    if unsafe setlocale(LC_CTYPE, locale) != nil { return true }
  }
  return false
}()

/// The columns of a terminal that a scalar takes: 2 for Han, kana, Hangul and most emoji, 0 for
/// marks that join the character before, else 1.
///
/// The C library's own table, which terminals use too. Characters that Unicode calls ambiguous
/// (“ ” … —) take 1 in it; terminals set up for East Asian width show them in 2.
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
  guard charactersAreKnown else { return 1 }
  return max(0, Int(wcwidth(wchar_t(scalar.value))))
}

/// The columns that a text takes on one line.
///
/// - Complexity: O(scalars).
func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The text with blanks behind it up to a width.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
}

/// The text cut to a width, with … where something was cut off.
func truncated(_ text: String, to width: Int) -> String {
  guard displayWidth(of: text) > width else { return text }
  var kept = String.UnicodeScalarView()
  var used = 1
  for scalar in text.unicodeScalars {
    used += displayWidth(of: scalar)
    guard used <= width else { break }
    kept.append(scalar)
  }
  return width > 0 ? String(kept) + "…" : ""
}
