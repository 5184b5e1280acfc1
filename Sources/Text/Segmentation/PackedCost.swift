/// A cost with the length of the last word on the way to it, in one number: the lesser is the better
/// way, and of equally dear ones that with the longer last word, which is the one found first.
enum PackedCost {
  static let stepBits = 16
  private static let stepMask = 1 << stepBits - 1
  /// The longest word, in code units.
  static let longestStep = stepMask

  /// More than any cost.
  static let impossible = 1 << 60
  /// More than impossible, whatever it is added to.
  static let unpayable = 1 << 61

  /// What a word adds to the cost of the place where it begins.
  @inline(__always)
  static func word(of cost: Int, step: Int) -> Int {
    cost &<< stepBits | stepMask &- step
  }

  /// The same for the word of a node, without a branch; unpayable where there is none.
  @inline(__always)
  static func word(of node: UInt32, step: Int) -> Int {
    let cost = Int(node & 0xFF)
    // All bits where there is none.
    let none = (cost &- 1) &>> 63
    return word(of: cost, step: step) &+ none & unpayable
  }

  /// The cost alone, to which that of a word can be added.
  @inline(__always)
  static func cost(of packed: Int) -> Int { packed & ~stepMask }

  /// The length of the last word.
  @inline(__always)
  static func step(of packed: Int) -> UInt16 { ~UInt16(truncatingIfNeeded: packed) }
}
