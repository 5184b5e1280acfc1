/// A date as it was written: a year, month, day, minute or second, as the time from its first second
/// to before its last.
///
/// Times are those of the clock that was written; what stands behind them about a zone is not counted
/// in, so that what shows 2024-03-05 is found under 2024-03-05.
public struct DateSpan: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// How much of a date is written.
  public enum Precision: UInt8, Comparable, Sendable {
    case year, month, day, minute, second

    public static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
  }

  /// Seconds from 1970-01-01T00:00:00 on, in the Gregorian calendar.
  public let start: Int64
  public let precision: Precision

  /// Years 1 to 9999.
  private static let starts = days(1, 1, 1) * 86_400..<days(10_000, 1, 1) * 86_400

  /// What a file holds of a date.
  ///
  /// - Returns: nil for a start outside the years 1 to 9999.
  package init?(start: Int64, precision: Precision) {
    guard Self.starts.contains(start) else { return nil }
    self.start = start
    self.precision = precision
  }

  /// The first second behind it.
  public var end: Int64 {
    let (year, month, _) = Self.civil(day: Self.floor(start, by: 86_400))
    switch precision {
    case .year: return Self.days(year + 1, 1, 1) * 86_400
    case .month:
      return (month == 12 ? Self.days(year + 1, 1, 1) : Self.days(year, month + 1, 1)) * 86_400
    case .day: return start + 86_400
    case .minute: return start + 60
    case .second: return start + 1
    }
  }

  /// The year, month or day that it begins in.
  ///
  /// - Returns: itself where it says no more than that.
  public func rounded(to coarser: Precision) -> DateSpan {
    guard coarser < precision else { return self }
    let (year, month, day) = Self.civil(day: Self.floor(start, by: 86_400))
    let rounded: Int64 =
      switch coarser {
      case .year: Self.days(year, 1, 1) * 86_400
      case .month: Self.days(year, month, 1) * 86_400
      case .day: Self.days(year, month, day) * 86_400
      case .minute, .second: Self.floor(start, by: 60) * 60
      }
    return DateSpan(start: rounded, precision: coarser) ?? self
  }

  /// What begins earlier comes first, and of these what lasts longer.
  public static func < (a: DateSpan, b: DateSpan) -> Bool {
    a.start != b.start ? a.start < b.start : a.precision < b.precision
  }

  /// As ISO 8601 writes it, as far as it goes: `2024-03`.
  public var description: String {
    let day = Self.floor(start, by: 86_400)
    let (year, month, dayOfMonth) = Self.civil(day: day)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    var text = padded(year, 4)
    if precision >= .month { text += "-" + padded(month, 2) }
    if precision >= .day { text += "-" + padded(dayOfMonth, 2) }
    if precision >= .minute {
      let second = start - day * 86_400
      text += "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2)
      if precision == .second { text += ":" + padded(second % 60, 2) }
    }
    return text
  }

  // MARK: Calendar

  /// Days from 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = floor(year, by: 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day from 1970-01-01 on; the inverse of ``days(_:_:_:)``.
  static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = floor(shifted, by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  static func daysOfMonth(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func floor(_ number: Int64, by divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }
}
