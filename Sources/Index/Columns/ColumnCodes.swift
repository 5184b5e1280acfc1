import SuoyinStorage

/// A set of codes of one column: what a filter asks of documents.
public struct ColumnCodes: Sendable {
  /// Nil stands for those of ``table``.
  private let range: Range<UInt32>?
  /// For each code whether it belongs to the set.
  private let table: [Bool]

  /// The codes of documents that have a value among some ordinals.
  ///
  /// - Parameters:
  ///   - column: whose codes they are.
  ///   - ranges: of ordinals, ascending and apart.
  /// - Complexity: O(1) for one range in a column without combinations, else O(number of codes).
  public init(_ column: Column, holding ranges: [Range<Int>]) {
    if column.info.combinationCount == 0, ranges.count <= 1 {
      let ordinals = ranges.first ?? 0..<0
      range = UInt32(ordinals.lowerBound + 1)..<UInt32(ordinals.upperBound + 1)
      table = []
      return
    }
    var table = [Bool](repeating: false, count: column.codeCount)
    for range in ranges {
      for ordinal in range { table[ordinal + 1] = true }
    }
    for code in column.combinations {
      table[code] = column.ordinals(of: code).contains { table[$0 + 1] }
    }
    range = nil
    self.table = table
  }

  /// The codes of documents that have any value.
  public init(anyOf column: Column) {
    range = 1..<UInt32(column.codeCount)
    table = []
  }

  @inline(__always)
  fileprivate func contains(_ code: UInt32) -> Bool {
    if let range { return code &- range.lowerBound < UInt32(range.count) }
    return code < UInt32(table.count) && table[Int(code)]
  }
}

// Bits of documents stand in words of 64, the lowest for the first, as in
// ``Segment/liveDocuments(ofRange:)``.
extension Column {
  /// Keeps of some documents those whose code belongs to a set.
  ///
  /// - Precondition: as many words as the segment's documents have.
  /// - Complexity: O(words + documents in them).
  public func keep(_ set: ColumnCodes, in words: inout [UInt64]) {
    switch codes {
    case .narrow(let codes): keep(in: &words, codes.count) { set.contains(UInt32(codes[$0])) }
    case .medium(let codes): keep(in: &words, codes.count) { set.contains(UInt32(codes[$0])) }
    case .wide(let codes): keep(in: &words, codes.count) { set.contains(codes[$0]) }
    }
  }

  @inline(__always)
  private func keep(
    in words: inout [UInt64], _ documentCount: Int, _ isKept: (Int) -> Bool
  ) {
    precondition(words.count == (documentCount + 63) / 64)
    for index in words.indices {
      let word = words[index]
      let start = index &* 64
      var kept: UInt64 = 0
      if word == .max, start &+ 64 <= documentCount {
        for bit in 0..<64 { kept |= (isKept(start &+ bit) ? 1 : 0) << UInt64(bit) }
      } else {
        var rest = word
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          kept |= (isKept(start &+ bit) ? 1 : 0) << UInt64(bit)
          rest &= rest &- 1
        }
      }
      words[index] = kept
    }
  }

  /// How many of some documents have each code.
  ///
  /// - Precondition: as many words as the segment's documents have.
  /// - Complexity: O(words + documents in them + codes).
  public func counts(in words: [UInt64]) -> [Int] {
    var ofCodes = [Int](repeating: 0, count: codeCount)
    switch codes {
    case .narrow(let codes): count(in: words, codes.count, &ofCodes) { Int(codes[$0]) }
    case .medium(let codes): count(in: words, codes.count, &ofCodes) { Int(codes[$0]) }
    case .wide(let codes): count(in: words, codes.count, &ofCodes) { Int(codes[$0]) }
    }
    return ofCodes
  }

  @inline(__always)
  private func count(
    in words: [UInt64], _ documentCount: Int, _ counts: inout [Int], _ code: (Int) -> Int
  ) {
    precondition(words.count == (documentCount + 63) / 64)
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        let code = code(index &* 64 &+ rest.trailingZeroBitCount)
        counts[code < counts.count ? code : 0] += 1
        rest &= rest &- 1
      }
    }
  }
}
