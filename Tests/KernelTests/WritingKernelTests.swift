import CKernels
import SuoyinTestSupport
import Testing

/// What makes the blocks of lists, against the scalar twins and against what is plainly said.
@Suite struct WritingKernelTests {
  private static let all = [CK_SCALAR] + levels
  private static let counts = Array(0...40) + [63, 64, 65, 127, 255, 256]

  private static func number(of width: Int, using random: inout SeededGenerator) -> UInt32 {
    let greatest = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    return Int.random(in: 0..<4, using: &random) == 0
      ? greatest : UInt32.random(in: 0...greatest, using: &random)
  }

  /// Each bit of what is packed; bits above the width are cut off.
  @Test(arguments: all) func packing(at level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_writing_at(level)).pointee
    var random = SeededGenerator(seed: 71)
    for width in 0...32 {
      for count in Self.counts {
        let values = (0..<count).map { _ in UInt32.random(in: 0...(.max), using: &random) }
        var out = [UInt8](repeating: 0xAA, count: count * 4 + Int(CK_PACK_AHEAD))
        let size = unsafe kernels.pack(values, count, UInt32(width), &out)
        #expect(size == (count * width + 7) / 8)
        let bits = (0..<size * 8).map { out[$0 / 8] >> UInt8($0 % 8) & 1 }
        var expected = values.flatMap { value in
          (0..<UInt32(width)).map { UInt8(value >> $0 & 1) }
        }
        expected += [UInt8](repeating: 0, count: size * 8 - expected.count)
        #expect(bits == expected, "\(count) numbers of \(width) bits")
      }
    }
  }

  @Test(arguments: all) func widths(at level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_writing_at(level)).pointee
    var random = SeededGenerator(seed: 72)
    for widest in 0...32 {
      for count in Self.counts {
        let values = (0..<count).map { _ in
          Self.number(of: Int.random(in: 0...widest, using: &random), using: &random)
        }
        let widths = values.map { 32 - $0.leadingZeroBitCount }
        var wider = [UInt32](repeating: 7, count: 33)
        let found = unsafe Int(kernels.widths(values, count, &wider))
        #expect(found == widths.max() ?? 0)
        for width in 0...found {
          #expect(Int(wider[width]) == widths.count { $0 > width })
        }
      }
    }
  }

  @Test(arguments: all) func shares(at level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_writing_at(level)).pointee
    var random = SeededGenerator(seed: 73)
    for count in Self.counts {
      let documents = randomList(count, gap: 9, using: &random)
      let most: UInt32 = Bool.random(using: &random) ? 9 : .max
      let frequencies = (0..<count).map { _ in UInt32.random(in: 1...most, using: &random) }
      let lengths = (0...Int(documents.last ?? 0)).map { _ in
        UInt32.random(in: 0...most, using: &random)
      }
      let base = Float.random(in: 0.1...2, using: &random)
      let slope = Float.random(in: 0...0.1, using: &random)
      let shares = zip(documents, frequencies).map { document, frequency in
        let added = base + slope * Float(lengths[Int(document)])
        return Float(frequency) / (Float(frequency) + added)
      }
      var expected = [UInt32](repeating: 1, count: 4097)
      for share in shares { expected[Int(share * 4096)] += 1 }
      var counts = [UInt32](repeating: 1, count: 4097)
      let greatest = unsafe kernels.share(
        documents, frequencies, count, lengths, base, slope, 4096, &counts)
      #expect(greatest == shares.max() ?? 0)
      #expect(counts == expected)
      let alone = unsafe kernels.share(
        documents, frequencies, count, lengths, base, slope, 4096, nil)
      #expect(alone == greatest)
      // Infinity times a length of 0 is no number, and must not lead beyond the counts.
      var whole = [UInt32](repeating: 1, count: 4097)
      let empty = [UInt32](repeating: 0, count: lengths.count)
      _ = unsafe kernels.share(
        documents, frequencies, count, empty, .infinity, .infinity, 4096, &whole)
      #expect(whole[4096] == 1 + UInt32(count))
    }
  }

  // MARK: - Occurrences

  private struct Occurrence: Equatable {
    var document: UInt32
    var position: UInt32
  }

  /// Occurrences of a term, some twice at a place, in a few documents or many.
  private static func occurrences(
    _ count: Int, hasPositions: Bool, using random: inout SeededGenerator
  ) -> [Occurrence] {
    let kind = Int.random(in: 0..<3, using: &random)
    let far = Int.random(in: 0...27, using: &random)
    var last = Occurrence(document: UInt32.random(in: 0...99, using: &random), position: 0)
    var list: [Occurrence] = []
    for _ in 0..<count {
      if list.isEmpty || Int.random(in: 0...kind * 3, using: &random) == 0 {
        if !list.isEmpty {
          let (sum, overflows) = last.document.addingReportingOverflow(
            number(of: Int.random(in: 0...far, using: &random), using: &random) + 1)
          if overflows || sum >= 1 << 28 { return list }
          last.document = sum
        }
        last.position = hasPositions ? number(of: far + 3, using: &random) : 0
      } else if hasPositions {
        let step = number(of: Int.random(in: 0...far, using: &random), using: &random)
        last.position =
          last.position.addingReportingOverflow(step).overflow
          ? last.position : last.position + step
      }
      list.append(last)
    }
    return list
  }

  private static func stream(_ list: [Occurrence], hasPositions: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    var last: Occurrence?
    for next in list {
      if let last, last.document == next.document {
        append(UInt64(next.position - last.position) << 1)
      } else {
        append(UInt64(next.document - (last?.document ?? 0)) << 1 | 1)
        if hasPositions { append(UInt64(next.position)) }
      }
      last = next
    }
    return bytes
  }

  /// Streams in pieces, cut anywhere, into blocks of a few documents.
  @Test(arguments: all, [false, true]) func gathering(at level: ck_level, hasPositions: Bool) throws
  {
    let kernels = unsafe try #require(unsafe ck_writing_at(level)).pointee
    var random = SeededGenerator(seed: 74)
    for round in 0..<600 {
      let list = Self.occurrences(
        Int.random(in: 1...300, using: &random), hasPositions: hasPositions, using: &random)
      let bytes = Self.stream(list, hasPositions: hasPositions)
      var found: [Occurrence] = []
      var documents = [UInt32](repeating: 0, count: 16)
      var frequencies = documents
      var positions = [UInt32](repeating: 0, count: 400)
      unsafe documents.withUnsafeMutableBufferPointer { documents in
        unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
          unsafe positions.withUnsafeMutableBufferPointer { positions in
            guard let first = documents.baseAddress, let times = frequencies.baseAddress else {
              return
            }
            var block = unsafe ck_gathering(
              documents: first, frequencies: times,
              positions: hasPositions ? positions.baseAddress : nil, limit: 1 + round % 16,
              position_limit: 400, count: 0, position_count: 0, document: 0, position: 0)
            func flush() {
              var position = 0
              for index in unsafe 0..<block.count {
                for _ in unsafe 0..<times[index] {
                  found.append(
                    unsafe Occurrence(
                      document: first[index], position: hasPositions ? positions[position] : 0))
                  position += 1
                }
              }
              unsafe block.count = 0
              unsafe block.position_count = 0
            }
            var taken = 0
            var end = 0
            while taken < bytes.count {
              end = min(bytes.count, end + Int.random(in: 1...60, using: &random))
              while true {
                let piece =
                  Array(bytes[taken..<end])
                  + [UInt8](repeating: 0x7F, count: Int(CK_GATHER_AHEAD))
                taken += unsafe kernels.gather(&block, piece, end - taken)
                let isFull = unsafe block.count == block.limit
                guard isFull, taken < end, bytes[taken] & 1 == 1 else { break }
                flush()
              }
              if end == bytes.count, taken < end {
                Issue.record("\(end - taken) bytes are left")
                return
              }
            }
            flush()
          }
        }
      }
      var expected = list
      if hasPositions {
        expected = list.indices.filter { $0 == 0 || list[$0] != list[$0 - 1] }.map { list[$0] }
      }
      #expect(found == expected, "round \(round)")
    }
  }

  /// No more positions than there is room for.
  @Test(arguments: all) func roomForPositions(at level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_writing_at(level)).pointee
    let list = (0..<30).map { Occurrence(document: 5, position: $0 * 3) }
    let bytes =
      Self.stream(list, hasPositions: true) + [UInt8](repeating: 0, count: Int(CK_GATHER_AHEAD))
    var numbers = [UInt32](repeating: 9, count: 12)
    unsafe numbers.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      var block = unsafe ck_gathering(
        documents: base, frequencies: base + 1, positions: base + 2, limit: 1, position_limit: 8,
        count: 0, position_count: 0, document: 0, position: 0)
      let taken = unsafe kernels.gather(&block, bytes, bytes.count - Int(CK_GATHER_AHEAD))
      // The first has two bytes, the others one each.
      #expect(unsafe taken == 9 && block.position_count == 8)
      #expect(unsafe Array(numbers) == [5, 8, 0, 3, 6, 9, 12, 15, 18, 21, 9, 9])
    }
  }
}
