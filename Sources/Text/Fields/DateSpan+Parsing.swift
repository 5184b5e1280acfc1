extension DateSpan {
  /// Reads a date: `2024`, `2024-03`, `2024-03-05`, with `/`, `.` or `年月日` in place of dashes and
  /// months and days of one digit, `20240305`; behind a day a time `T18:30`, `18:30:05`, `18:30:05.5`,
  /// and behind that a zone `Z`, `+08:00`.
  ///
  /// - Returns: nil for anything else, and for days that no calendar has.
  public init?(parsing text: some StringProtocol) {
    var reader = DateReader(text)
    guard let span = reader.date() else { return nil }
    self = span
  }

  /// Whether a text is a date of ISO 8601, to the month at least: years alone may be any numbers.
  package static func isEvident(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 7, bytes[4] == UInt8(ascii: "-"),
      bytes.count == 7 || bytes.count >= 10 && bytes[7] == UInt8(ascii: "-")
    else { return false }
    return DateSpan(parsing: text) != nil
  }
}

/// Reads a date, character by character.
private struct DateReader {
  private let scalars: [Unicode.Scalar]
  private var at = 0

  init(_ text: some StringProtocol) {
    scalars = Array(text.unicodeScalars)
  }

  private var isAtEnd: Bool { at == scalars.count }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard at < scalars.count, scalars[at] == wanted else { return false }
    at += 1
    return true
  }

  /// The number that so many digits stand for.
  private mutating func digits(_ count: ClosedRange<Int>) -> Int64? {
    let start = at
    var value: Int64 = 0
    while at < scalars.count, at - start < count.upperBound, scalars[at] >= "0", scalars[at] <= "9"
    {
      value = value * 10 + Int64(scalars[at].value - 0x30)
      at += 1
    }
    if at - start >= count.lowerBound { return value }
    at = start
    return nil
  }

  mutating func date() -> DateSpan? {
    guard let year = digits(4...4), year > 0 else { return nil }
    if isAtEnd { return span(year, 1, 1, 0, .year) }
    if let month = digits(2...2) {
      // 20240305
      guard let day = digits(2...2) else { return nil }
      return time(year, month, day)
    }
    for (first, second, last) in [
      ("-", "-", nil), ("/", "/", nil), (".", ".", nil), ("年", "月", "日"),
    ]
      as [(Unicode.Scalar, Unicode.Scalar, Unicode.Scalar?)] where take(first)
    {
      if isAtEnd, last != nil { return span(year, 1, 1, 0, .year) }
      guard let month = digits(1...2) else { return nil }
      if isAtEnd, last == nil { return span(year, month, 1, 0, .month) }
      guard take(second) else { return nil }
      if isAtEnd, last != nil { return span(year, month, 1, 0, .month) }
      guard let day = digits(1...2) else { return nil }
      if let last, !take(last) { return nil }
      return time(year, month, day)
    }
    return nil
  }

  private mutating func time(_ year: Int64, _ month: Int64, _ day: Int64) -> DateSpan? {
    if isAtEnd { return span(year, month, day, 0, .day) }
    guard take("T") || take("t") || take(" ") else { return nil }
    guard let hour = digits(1...2), hour < 24, take(":"), let minute = digits(2...2), minute < 60
    else { return nil }
    var second: Int64 = 0
    var precision = DateSpan.Precision.minute
    if take(":") {
      guard let written = digits(2...2), written <= 60 else { return nil }
      // A leap second belongs to the one before it.
      second = min(written, 59)
      precision = .second
      if take(".") || take(",") {
        guard digits(1...1) != nil else { return nil }
        while digits(1...1) != nil {}
      }
    }
    guard skipZone() else { return nil }
    return span(year, month, day, hour * 3600 + minute * 60 + second, precision)
  }

  /// - Returns: false where something else follows.
  private mutating func skipZone() -> Bool {
    if isAtEnd { return true }
    _ = take(" ")
    if take("Z") || take("z") { return isAtEnd }
    guard take("+") || take("-"), let hours = digits(2...2), hours < 24 else { return false }
    if isAtEnd { return true }
    _ = take(":")
    guard let minutes = digits(2...2), minutes < 60 else { return false }
    return isAtEnd
  }

  private func span(
    _ year: Int64, _ month: Int64, _ day: Int64, _ seconds: Int64, _ precision: DateSpan.Precision
  ) -> DateSpan? {
    guard (1...12).contains(month), day >= 1, day <= DateSpan.daysOfMonth(year, month) else {
      return nil
    }
    return DateSpan(
      start: DateSpan.days(year, month, day) * 86_400 + seconds, precision: precision)
  }
}
