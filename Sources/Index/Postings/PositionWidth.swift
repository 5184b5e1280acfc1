/// How many bits a document's positions have: FORMAT.md, "Positions". Those of most documents follow
/// from its length, and are not stored.
enum PositionWidth {
  /// The width for positions up to `largest`.
  static func width(upTo largest: UInt32) -> UInt8 {
    UInt8(32 - largest.leadingZeroBitCount)
  }

  /// The width where positions count all that the length does: those of most documents.
  static func width(ofLength length: UInt32) -> UInt8 {
    width(upTo: length - min(length, 1))
  }
}
