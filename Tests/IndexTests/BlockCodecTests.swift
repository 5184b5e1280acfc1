import CKernels
import SuoyinTestSupport
import Testing

@testable import SuoyinIndex

/// Kernels of every level that this processor has against their scalar twins, and what is written
/// against what is read.
@Suite struct BlockCodecTests {
  private static let levels = [CK_SCALAR, CK_AVX2, CK_AVX512].filter { ck_has_level($0) }
  private static let room = PostingBlock.capacity + Int(CK_WRITE_AHEAD)

  /// A number of that many bits: the greatest, the least, or any.
  private static func number(
    of width: Int, _ kind: Int, using random: inout SeededGenerator
  ) -> UInt32 {
    let greatest = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    switch kind {
    case 0: return greatest
    case 1: return Bool.random(using: &random) ? 0 : greatest
    default: return UInt32.random(in: 0...greatest, using: &random)
    }
  }

  private static func unpack(
    _ bytes: [UInt8], _ width: Int, _ count: Int, base: UInt32, at level: ck_level
  ) -> [UInt32] {
    var out = [UInt32](repeating: 7, count: room)
    let padded = bytes + [UInt8](repeating: 0xA5, count: Int(CK_READ_AHEAD))
    unsafe ck_packing_at(level).pointee.unpack(padded, UInt32(width), count, base, &out)
    return Array(out[..<count])
  }

  @Test(arguments: 0...32) func unpacking(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    for count in 0...PostingBlock.capacity {
      let values = (0..<count).map { _ in Self.number(of: width, count % 3, using: &random) }
      var bits = BitWriter()
      bits.append(values.span, width: width)
      let bytes = bits.copied
      #expect(bytes.count == BitWriter.size(of: count, width: width))
      for level in Self.levels {
        #expect(Self.unpack(bytes, width, count, base: 0, at: level) == values)
        #expect(
          Self.unpack(bytes, width, count, base: .max, at: level) == values.map { $0 &- 1 })
      }
    }
  }

  @Test func sums() {
    var random = SeededGenerator(seed: 1)
    for round in 0..<4_000 {
      let count = Int.random(in: 0...PostingBlock.capacity, using: &random)
      let width = Int.random(in: 0...(round % 2 == 0 ? 24 : 32), using: &random)
      let gaps = (0..<count).map { _ in Self.number(of: width, round % 7, using: &random) }
      let first = [0, 1, .max, UInt32.random(in: 0...(.max), using: &random)][round % 4]
      var next = UInt64(first)
      let documents = gaps.map { gap in
        defer { next += UInt64(gap) + 1 }
        return UInt32(truncatingIfNeeded: next + UInt64(gap))
      }
      for level in Self.levels {
        var values = gaps + [UInt32](repeating: 3, count: Int(CK_WRITE_AHEAD))
        let ascends = unsafe ck_packing_at(level).pointee.sum(&values, count, first)
        #expect(ascends == (next <= 1 << 32), "\(level) \(first) \(gaps)")
        #expect(Array(values[..<count]) == documents)
      }
    }
  }

  /// What is no Elias-Fano at all is refused at every level, and by all of them or by none.
  @Test func eliasFanoOfNonsense() {
    var random = SeededGenerator(seed: 2)
    var refused = 0
    for round in 0..<6_000 {
      let count = Int.random(in: 1...PostingBlock.capacity, using: &random)
      let width = Int.random(in: 0...31, using: &random)
      let size = Int.random(in: 0...(count * width / 8 + 100), using: &random)
      let density = [0, 0x11, 0xFF, 0xAA][round % 4] as UInt8
      let bytes = (0..<(size + Int(CK_READ_AHEAD))).map { _ in
        UInt8.random(in: 0...255, using: &random) & (density | UInt8(1 << (round % 8)))
      }
      let first = round % 3 == 0 ? .max : UInt32(round)
      var expected: (Int, [UInt32])?
      for level in Self.levels {
        var out = [UInt32](repeating: 0, count: Self.room)
        let taken = unsafe ck_packing_at(level).pointee.elias_fano(
          bytes, size, UInt32(width), count, first, &out)
        let documents = taken == 0 ? [] : Array(out[..<count])
        if let expected {
          #expect(expected == (taken, documents), "\(level) count \(count) width \(width)")
        } else {
          expected = (taken, documents)
          refused += taken == 0 ? 1 : 0
          #expect(taken <= size)
          #expect(zip(documents, documents.dropFirst()).allSatisfy(<))
        }
      }
    }
    #expect(refused > 100 && refused < 5_900)
  }

  /// Numbers in unary, and any bytes in their place: the same at every level.
  @Test func unary() {
    var random = SeededGenerator(seed: 9)
    for round in 0..<4_000 {
      let count = Int.random(in: 1...PostingBlock.capacity, using: &random)
      let greatest = [1, 2, 5, 300][round % 4] as UInt32
      let numbers = (0..<count).map { _ in UInt32.random(in: 1...greatest, using: &random) }
      var bits = BitWriter()
      bits.append(unary: numbers.span, total: numbers.reduce(0) { $0 + Int($1) })
      let size = bits.byteCount
      let padded = bits.copied + [UInt8](repeating: 0xFF, count: Int(CK_READ_AHEAD))
      for level in Self.levels {
        var out = [UInt32](repeating: 0, count: Self.room)
        let kernel = unsafe ck_packing_at(level).pointee.unary
        #expect(unsafe kernel(padded, size, count, &out) == size)
        #expect(Array(out[..<count]) == numbers)
        // One number more than there are.
        let more = Int.random(in: (count + 1)...(count + 9), using: &random)
        #expect(unsafe kernel(padded, size, more, &out) == 0, "\(level)")
      }
    }
  }

  /// Blocks of all densities come back as they were written.
  @Test func blocks() {
    var random = SeededGenerator(seed: 3)
    for round in 0..<5_000 {
      let count =
        round % 3 == 0
        ? PostingBlock.capacity : Int.random(in: 1...PostingBlock.capacity, using: &random)
      let first = round % 5 == 0 ? 0 : UInt32.random(in: 0..<1 << 27, using: &random)
      let spread = UInt32(1) << UInt32.random(in: 0...18, using: &random)
      var next = first
      let documents: [UInt32] = (0..<count).map { _ in
        let isFar = Int.random(in: 0..<20, using: &random) == 0
        let gap = UInt32.random(in: 0..<(isFar ? spread * 8 : spread), using: &random)
        defer { next += gap + 1 }
        return next + gap
      }
      let frequencies: [UInt32] = (0..<count).map { _ in
        switch round % 4 {
        case 0: 1
        case 1: UInt32.random(in: 1...3, using: &random)
        default:
          Int.random(in: 0..<30, using: &random) > 0
            ? 1 : Self.number(of: 32, round % 3, using: &random) | 1
        }
      }
      var bits = BitWriter()
      BlockCodec.encode(
        documents: documents.span, frequencies: frequencies.span, first: first, into: &bits)
      let size = bits.byteCount
      let padded = bits.copied + [UInt8](repeating: 0xFF, count: Int(CK_READ_AHEAD))
      let block = PostingBlock()
      let limit = (documents.last ?? 0) + 1
      unsafe padded.withUnsafeBytes { all in
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: all[..<size])
        let place = unsafe BlockCodec.decodeDocuments(
          bytes, count: count, first: first, limit: limit, into: block.documents)
        block.count = count
        #expect(block.documentArray == documents)
        guard let place else {
          Issue.record("documents refused")
          return
        }
        #expect(
          unsafe BlockCodec.decodeFrequencies(
            bytes, at: place, count: count, into: block.frequencies))
        #expect(block.frequencyArray == frequencies)
        #expect(
          unsafe BlockCodec.decodeDocuments(
            bytes, count: count, first: first, limit: limit - 1, into: block.documents) == nil)
      }
    }
  }

  /// Positions on circles of every width, in one document behind the other.
  @Test func positions() {
    var random = SeededGenerator(seed: 4)
    for width in 0...32 {
      for round in 0..<60 {
        let end: UInt64 = 1 << UInt64(width)
        var documents: [[UInt32]] = []
        for _ in 0..<Int.random(in: 1...9, using: &random) {
          let count = round % 3 == 0 ? 1 : Int(min(end, UInt64.random(in: 1...40, using: &random)))
          var chosen: Set<UInt32> = []
          let span = round % 2 == 0 ? end : min(end, UInt64(count) * 2)
          while chosen.count < count {
            let position = UInt64.random(in: 0..<span, using: &random)
            chosen.insert(UInt32(round % 4 == 0 ? position : end - 1 - position))
          }
          documents.append(chosen.sorted())
        }
        var bits = BitWriter()
        let all = documents.flatMap(\.self)
        let numbers = documents.indices.map { UInt32($0) }
        let frequencies = documents.map { UInt32($0.count) }
        let widths = [UInt8](repeating: UInt8(width), count: documents.count)
        bits.append(
          positions: all.span, ofDocuments: numbers.span, frequencies.span, widths: widths.span)
        var start = 0
        unsafe bits.copied.withUnsafeBytes { bytes in
          for positions in documents {
            let buffer = PositionBuffer()
            let count = UInt32(positions.count)
            let place = unsafe ck_place_at(
              UInt64(start), bytes.assumingMemoryBound(to: UInt8.self).baseAddress,
              UInt64(bytes.count), count, UInt8(width))
            let isWhole = unsafe buffer.read(place)
            let found = unsafe Array(
              UnsafeBufferPointer(start: buffer.positions, count: buffer.count))
            #expect(isWhole && found == positions, "width \(width)")
            start += Int(ck_positions_size(count, UInt8(width)))
          }
          #expect((start + 7) / 8 == bytes.count)
        }
      }
    }
  }
}
