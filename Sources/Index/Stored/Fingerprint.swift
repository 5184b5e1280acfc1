import SuoyinText

/// A sketch of a text that near-duplicates share most of: 16 bytes that tell, for any two texts, about
/// which share of their shingles both have.
///
/// One-permutation MinHash: shingles are hashed once, dealt out to 32 bins by five bits of the hash, and
/// each bin keeps four bits of its least hash (Li, Owen and Zhang, NIPS 2012; a few bits suffice: Li and
/// König, WWW 2010). An empty bin takes what the next one has (Shrivastava and Li, ICML 2014). A shingle
/// is eight terms of the grams channel that follow one another, some four characters: where paragraphs
/// change places, or parts are cut, all shingles but those at the cuts stay.
public struct Fingerprint: Hashable, Sendable {
  /// Bins.
  static let size = 32
  private static let bits = 4
  /// Terms of a shingle.
  private static let shingle = 8
  /// A text of fewer shingles has no fingerprint: too little to tell by.
  static let fewest = 24

  /// The bins, sixteen a word; all 0 where there is no fingerprint.
  let low: UInt64
  let high: UInt64

  /// None.
  static let none = Fingerprint(low: 0, high: 0)

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Whether there is none.
  public var isNone: Bool { low == 0 && high == 0 }

  /// How many of the 32 bins of two fingerprints are alike, of which two texts that share nothing have
  /// two; 0 where there is none.
  public func alike(_ other: Fingerprint) -> Int {
    if isNone || other.isNone { return 0 }
    return Self.alike(low, other.low) + Self.alike(high, other.high)
  }

  private static func alike(_ a: UInt64, _ b: UInt64) -> Int {
    let difference = a ^ b
    // The lowest bit of each four that differ.
    let halves = difference | difference >> 1
    return 16 - ((halves | halves >> 2) & 0x1111_1111_1111_1111).nonzeroBitCount
  }

  /// Of so many alike bins on, two texts are near-duplicates: they share some three tenths of all shingles
  /// of both, as a text and a half of it do. Two that share nothing have so many once in ten million.
  public static let nearDuplicate = 12

  /// The fingerprint of a text, by its terms in the grams channel.
  ///
  /// - Complexity: O(bytes of the terms).
  init(_ terms: borrowing TokenBatch) {
    guard terms.count >= Self.shingle + Self.fewest else {
      self = .none
      return
    }
    var least = [UInt64](repeating: .max, count: Self.size)
    // Each term leaves the sum after eight steps of eight bits.
    var rolling: UInt64 = 0
    var place = 0
    let bytes = terms.bytes.span
    let tokens = terms.tokens.span
    for index in 0..<terms.count {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for at in place..<place + Int(tokens[index].length) {
        hash = (hash ^ UInt64(bytes[at])) &* 0x0100_0000_01B3
      }
      place += Int(tokens[index].length)
      hash ^= hash >> 29
      rolling = rolling << 8 ^ (hash &* 0x9E37_79B9_7F4A_7C15) >> 8
      guard index >= Self.shingle - 1 else { continue }
      var mixed = (rolling ^ rolling >> 32) &* 0xD6E8_FEB8_6659_FD93
      mixed = (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
      mixed ^= mixed >> 32
      let bin = Int(mixed >> 59)
      let value = mixed << 5
      if value < least[bin] { least[bin] = value }
    }
    var words: [UInt64] = [0, 0]
    for bin in 0..<Self.size {
      var source = bin
      while least[source] == .max { source = (source + 1) % Self.size }
      // The top bits of a least hash are mostly 0; not so the low ones.
      let kept = least[source] >> 8 & 0xF
      words[bin / 16] |= kept << UInt64(bin % 16 * Self.bits)
    }
    low = words[0]
    high = words[1]
  }
}
