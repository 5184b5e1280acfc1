/// A number of a field: any whole number of 64 bits, or a decimal one as its nearest IEEE 754 double.
///
/// The order is exact between all of them: a whole number that no double equals is its nearest double
/// and what is left, and rounding keeps order.
public struct FieldNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The nearest double; never an infinity, never -0.
  package let double: Double
  /// What a whole number has beyond it; 0 in all others.
  package let rest: Int16

  public init(_ value: Int64) {
    double = Double(value)
    rest = Int16(Int128(value) - Int128(double))
  }

  /// - Returns: nil for what is no finite number.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    double = value == 0 ? 0 : value
    rest = 0
  }

  /// Reads a number as JSON writes it, with a plus sign, too.
  ///
  /// - Returns: nil for anything else, and for a number beyond all doubles.
  public init?(parsing text: some StringProtocol) {
    if let whole = Int64(text) {
      self.init(whole)
      return
    }
    let isDecimal = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal, let double = Double(text) else { return nil }
    self.init(double)
  }

  /// What a file holds of a number.
  ///
  /// - Returns: nil for what no number has there.
  package init?(double: Double, rest: Int16) {
    guard double.isFinite, rest == 0 || abs(double) >= 0x1p53 else { return nil }
    self.double = double == 0 ? 0 : double
    self.rest = rest
  }

  /// The number, where it is a whole one of 64 bits.
  public var whole: Int64? {
    guard double == double.rounded(.towardZero), abs(double) <= 0x1p63 else { return nil }
    return Int64(exactly: Int128(double) + Int128(rest))
  }

  /// The nearest double.
  public var nearest: Double { double }

  public static func < (a: FieldNumber, b: FieldNumber) -> Bool {
    a.double != b.double ? a.double < b.double : a.rest < b.rest
  }

  /// A whole number in digits alone, another in the fewest digits that tell it.
  public var description: String {
    whole.map { String($0) } ?? String(double)
  }
}
