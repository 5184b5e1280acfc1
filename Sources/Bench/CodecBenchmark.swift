import CKernels
import SuoyinIndex

/// `codec`: the kernels that unpack lists, and the decoding of all lists of what `index` made.
enum CodecBenchmark {
  struct Answer: Encodable {
    /// What the processor, or `SUOYIN_SIMD`, chose for ``index``.
    var level: String
    /// `LEVEL/KERNEL/COUNT`: nanoseconds a number.
    var kernels: [String: Double] = [:]
    /// Nanoseconds of `documents`, `frequencies` and `positions` for each that was decoded, in the best
    /// of the rounds.
    var index: [String: Double] = [:]
  }

  private static let clock = ContinuousClock()

  static func run(folder: String?, rounds: Int) throws -> Answer {
    var answer = Answer(level: unsafe String(cString: ck_level_name(ck_simd_level())))
    for level in [CK_SCALAR, CK_AVX2, CK_AVX512] where ck_has_level(level) {
      let name = unsafe String(cString: ck_level_name(level))
      let kernels = try Kernels(at: level)
      for (kernel, count, pass) in kernels.passes {
        answer.kernels["\(name)/\(kernel)/\(count)"] = rounded(
          best(of: rounds * 20, count: count * 1_000) {
            for _ in 0..<1_000 { pass() }
          })
      }
    }
    if let folder { answer.index = try decodeLists(in: folder, rounds: rounds) }
    return answer
  }

  /// Nanoseconds a number in the best of the rounds.
  private static func best(
    of rounds: Int, count: Int, _ body: () throws -> Void
  ) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = clock.now
      try body()
      best = min(best, nanoseconds(clock.now - start))
    }
    return best / Double(max(1, count))
  }

  // MARK: - Kernels

  /// Blocks of made-up numbers, packed, and room to unpack them.
  @safe
  private final class Kernels {
    private let table: UnsafePointer<ck_packing>
    private let memory: UnsafeMutablePointer<UInt8>
    private let numbers: UnsafeMutablePointer<UInt32>
    private static let size = 4_096
    /// Bits of what is unpacked, and of the lower parts in Elias-Fano.
    private static let width: UInt32 = 6

    init(at level: ck_level) throws {
      unsafe table = ck_packing_at(level)
      unsafe memory = .allocate(capacity: Self.size)
      unsafe numbers = .allocate(capacity: 512)
      unsafe numbers.initialize(repeating: 0, count: 512)
      // Lower parts of 0, and then one document for every second bit.
      unsafe memory.initialize(repeating: 0, count: Self.size)
      unsafe (memory + 192).update(repeating: 0x55, count: Self.size - 192)
      guard unsafe table.pointee.elias_fano(memory, 1_024, Self.width, 256, 0, numbers) == 256
      else { throw CheckFailure("codec", "Elias-Fano took other than 256 bytes") }
    }

    deinit {
      unsafe memory.deallocate()
      unsafe numbers.deallocate()
    }

    var passes: [(name: String, count: Int, pass: () -> Void)] {
      [
        ("unpack", 256, { self.unpack(256) }), ("unpack", 28, { self.unpack(28) }),
        ("sum", 256, { self.sum() }), ("elias_fano", 256, { self.eliasFano() }),
      ]
    }

    private func unpack(_ count: Int) {
      unsafe table.pointee.unpack(memory, Self.width, count, 1, numbers)
    }

    private func sum() {
      _ = unsafe table.pointee.sum(numbers, 256, 0)
    }

    private func eliasFano() {
      _ = unsafe table.pointee.elias_fano(memory, 1_024, Self.width, 256, 0, numbers)
    }
  }

  // MARK: - Lists

  private static func decodeLists(in folder: String, rounds: Int) throws -> [String: Double] {
    let snapshot = try IndexSnapshot.open(at: folder)
    var lists: [PostingBlocks] = []
    for segment in snapshot.segments {
      let field = segment.field(IndexBenchmark.field)
      var terms = try field.terms()
      while let entry = try terms.next() {
        if entry.documentFrequency > 1 { lists.append(field.blocks(entry)) }
      }
    }
    let count = lists.reduce(0) { $0 + $1.documentFrequency }
    let block = PostingBlock()
    let documents = try best(of: rounds, count: count) {
      try visit(lists) { list, number in list.decodeDocuments(of: number, into: block) }
    }
    let both = try best(of: rounds, count: count) {
      try visit(lists) { list, number in
        list.decodeDocuments(of: number, into: block)
          && list.decodeFrequencies(of: number, into: block)
      }
    }
    // Of eight documents in each block, as of candidates.
    var positions: [UInt32] = []
    var candidates = 0
    let all = try best(of: rounds, count: count) {
      candidates = 0
      for list in lists {
        let reader = PositionReader(list)
        try visit([list]) { list, number in
          guard list.decodeDocuments(of: number, into: block),
            list.decodeFrequencies(of: number, into: block)
          else { return false }
          for index in stride(from: 0, to: block.count, by: 32) {
            candidates += 1
            guard reader.positions(of: index, in: block, number: number, into: &positions) else {
              return false
            }
          }
          return true
        }
      }
    }
    return [
      "documents": rounded(documents), "frequencies": rounded(both - documents),
      "positions": rounded((all - both) * Double(count) / Double(max(1, candidates))),
    ]
  }

  private static func visit(
    _ lists: [PostingBlocks], _ body: (PostingBlocks, Int) -> Bool
  ) throws {
    for list in lists {
      for number in 0..<list.blockCount where !body(list, number) {
        throw CheckFailure("codec", "block \(number) of a list is damaged")
      }
    }
  }
}
