import CKernels
import SuoyinTestSupport
import Testing

/// Where positions lie, and phrases counted in them, against sets of numbers.
@Suite struct PositionKernelTests {
  @Test(arguments: levels) func locate(at level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_positions_at(level)).pointee
    let scalar = unsafe try #require(unsafe ck_positions_at(CK_SCALAR)).pointee
    var random = SeededGenerator(seed: 61)
    for count in Array(0...40) + [127, 255, 256] {
      let documents = randomList(count, gap: 30, using: &random)
      let most: UInt32 = Bool.random(using: &random) ? 9 : .max
      let frequencies = (0..<count).map { _ in UInt32.random(in: 1...most, using: &random) }
      let widths = (0...Int(documents.last ?? 0) + 3).map { _ in
        UInt8.random(in: 0...32, using: &random)
      }
      var expected = [UInt64](repeating: 0, count: count + 17)
      expected[0] = UInt64.random(in: 0...(1 << 40), using: &random)
      var found = expected
      unsafe scalar.locate(documents, frequencies, count, widths, &expected)
      unsafe kernels.locate(documents, frequencies, count, widths, &found)
      #expect(found.prefix(count + 1) == expected.prefix(count + 1), "\(count) documents")
      let sizes = zip(documents, frequencies).map {
        ck_positions_size($1, widths[Int($0)])
      }
      #expect(sizes.reduce(expected[0], +) == expected[count])
    }
  }

  /// Random documents of random terms, from rare to many times in each; now and then nothing.
  @Test func phrases() {
    var random = SeededGenerator(seed: 62)
    for round in 0..<400 {
      let terms = Int.random(in: 2...4, using: &random)
      let documents = 1 + round % 20
      let width = UInt8([1, 2, 5, 8, 12, 20, 32].randomElement(using: &random) ?? 8)
      let offsets = (0..<UInt32(terms)).shuffled(using: &random).map { $0 * UInt32(1 + round % 3) }
      let most = [1, 2, 7, 9, 80].randomElement(using: &random) ?? 1
      let rows = offsets.map { _ in
        (0..<documents).map { _ in
          Row.random(upTo: most, width: width, dense: round % 2 == 0, using: &random)
        }
      }
      let expected = (0..<documents).map { document in
        rows[0][document].positions.filter { first in
          zip(rows, offsets).allSatisfy { row, offset in
            row[document].positions.contains(
              Int64(first) + Int64(offset) - Int64(offsets[0]))
          }
        }.count
      }
      // The first answer says where there is no room.
      let chosen = (0..<UInt32(documents)).filter { _ in
        round % 4 > 0 || Bool.random(using: &random)
      }
      var found = [UInt32](repeating: .max, count: chosen.count)
      unsafe Row.withPlaces(of: rows) { places in
        var done = 0
        var capacity = 0
        while done < chosen.count {
          var room = [UInt32](repeating: 0, count: max(1, capacity))
          let more = unsafe ck_count_phrase(
            places, documents, offsets, terms, Array(chosen[done...]), chosen.count - done, &room,
            capacity, &found[done])
          #expect(more > 0 || capacity == 0, "no room though there is")
          done += more
          capacity = 2 * most
        }
      }
      #expect(found.map(Int.init) == chosen.map { expected[Int($0)] }, "round \(round)")
    }
  }
}

/// The positions of a term in a document, as numbers and as bits.
private struct Row {
  let positions: Set<Int64>
  let width: UInt8
  let bytes: [UInt8]

  static func random(
    upTo most: Int, width: UInt8, dense: Bool, using random: inout some RandomNumberGenerator
  ) -> Row {
    let end = Int64(1) << Int64(width)
    let span = dense ? min(end, 100) : end
    let count = min(Int64.random(in: 0...Int64(most), using: &random), span)
    var positions: Set<Int64> = []
    while positions.count < Int(count) {
      positions.insert((end - span) + Int64.random(in: 0..<span, using: &random))
    }
    return Row(positions: positions, width: width, bytes: bits(positions.sorted(), end, width))
  }

  /// As FORMAT.md has it: the position behind the largest gap of the circle, then the distances less 1.
  private static func bits(_ positions: [Int64], _ end: Int64, _ width: UInt8) -> [UInt8] {
    guard !positions.isEmpty else { return [] }
    let gaps = positions.indices.map { index in
      let before = positions[index == 0 ? positions.count - 1 : index - 1]
      return (positions[index] - before - 1 + end) % end
    }
    let start = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
    var bits: [Bool] = []
    func append(_ number: Int64, _ width: Int) {
      for bit in 0..<width { bits.append(number >> Int64(bit) & 1 == 1) }
    }
    append(positions[start], Int(width))
    for step in 1..<max(1, positions.count) {
      append(gaps[(start + step) % positions.count], Int(width) - 1)
    }
    var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 1 << UInt8(index % 8) }
    return bytes
  }

  /// Calls `body` with the places of rows, one row behind the other. What lies behind the last bit of
  /// each is not zero.
  static func withPlaces(of rows: [[Row]], _ body: (UnsafePointer<ck_place>) -> Void) {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    for row in rows.joined() {
      starts.append(bytes.count)
      bytes += row.bytes
    }
    unsafe bytes.withUnsafeBufferPointer { bytes in
      let places = unsafe zip(rows.joined(), starts).map { row, start in
        unsafe ck_place_at(
          UInt64(start) * 8, bytes.baseAddress, UInt64(start + row.bytes.count),
          UInt32(row.positions.count), row.width)
      }
      unsafe places.withUnsafeBufferPointer { places in
        if let base = places.baseAddress { unsafe body(base) }
      }
    }
  }
}
