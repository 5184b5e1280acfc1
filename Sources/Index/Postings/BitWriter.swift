import CKernels
import SuoyinStorage

/// Writes packed numbers, each run of them from a whole byte on: FORMAT.md, "Packed numbers".
@safe
struct BitWriter: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 12
  private(set) var byteCount = 0

  init() {
    unsafe bytes = .allocate(capacity: capacity)
  }

  deinit {
    unsafe bytes.deallocate()
  }

  /// The bytes that `count` numbers of `width` bits take.
  static func size(of count: Int, width: Int) -> Int {
    (count * width + 7) / 8
  }

  /// Calls `body` with the bytes.
  func withBytes<Result, Failure>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(unsafe UnsafeRawBufferPointer(start: bytes, count: byteCount).bytes)
  }

  /// The bytes, copied.
  var copied: [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: bytes, count: byteCount))
  }

  /// Makes ready for others, in the same memory.
  mutating func removeAll() {
    byteCount = 0
  }

  /// Makes room for so many bytes and what kernels may write behind them, and counts in as many as
  /// `write` says it has written.
  @unsafe @inline(__always)
  private mutating func append(upTo size: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if byteCount &+ size &+ Int(CK_PACK_AHEAD) > capacity { grow(for: size) }
    let written = unsafe write(bytes + byteCount)
    precondition(written <= size)
    byteCount &+= written
  }

  @inline(never)
  private mutating func grow(for size: Int) {
    let larger = max(capacity * 2, byteCount + size + Int(CK_PACK_AHEAD))
    let more = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe more.initialize(from: bytes, count: byteCount)
    unsafe bytes.deallocate()
    unsafe bytes = more
    capacity = larger
  }

  /// Appends a byte.
  mutating func append(_ byte: UInt8) {
    unsafe append(upTo: 1) { target in
      unsafe target.pointee = byte
      return 1
    }
  }

  /// Appends the lowest bits of numbers and fills the last byte up.
  ///
  /// - Parameter width: 0 to 32.
  mutating func append(_ values: Span<UInt32>, width: Int) {
    precondition(width >= 0 && width <= 32)
    unsafe values.withUnsafeBufferPointer { values in
      guard let numbers = values.baseAddress else { return }
      unsafe append(upTo: Self.size(of: values.count, width: width)) { target in
        unsafe Kernels.writing.pack(numbers, values.count, UInt32(width), target)
      }
    }
  }

  /// Appends the upper parts of Elias-Fano and fills the last byte up: for each number a set bit, after
  /// as many clear ones as it is greater than the one before once `shift` bits are cut off.
  ///
  /// - Parameter values: ascending.
  mutating func appendUpperParts(of values: Span<UInt32>, shift: Int) {
    precondition(shift >= 0 && shift < 32)
    guard values.count > 0 else { return }
    let bits = values.count + Int(values[values.count - 1] >> UInt32(shift))
    unsafe values.withUnsafeBufferPointer { values in
      guard let numbers = values.baseAddress else { return }
      unsafe append(upTo: Self.size(of: bits, width: 1)) { target in
        unsafe ck_write_upper(numbers, values.count, UInt32(shift), target)
      }
    }
  }

  /// Appends numbers of 1 and more, each as a set bit after as many clear ones as it is greater than 1,
  /// and fills the last byte up.
  ///
  /// - Parameter total: their sum.
  mutating func append(unary values: Span<UInt32>, total: Int) {
    unsafe values.withUnsafeBufferPointer { values in
      guard let numbers = values.baseAddress else { return }
      unsafe append(upTo: Self.size(of: total, width: 1)) { target in
        unsafe ck_write_unary(numbers, values.count, target)
      }
    }
  }

  /// Appends the positions of documents and fills the last byte up: FORMAT.md, "Positions".
  ///
  /// They lie on a circle of 2^width places. One of them is written as it is: that behind the largest
  /// gap. Each of the others is written as its distance from the one before, which is at most half the
  /// circle and so takes a bit less; the largest gap is left out. So their size is known from frequency
  /// and width alone, and any document of a block can be read without the others. What reads them is
  /// `ck_read_positions`.
  ///
  /// - Parameters:
  ///   - positions: of all documents, one behind the other, those of each ascending and below 2^width.
  ///   - widths: of all documents of the segment; see ``PositionWidth``.
  mutating func append(
    positions: Span<UInt32>, ofDocuments documents: Span<UInt32>, _ frequencies: Span<UInt32>,
    widths: Span<UInt8>
  ) {
    precondition(documents.count == frequencies.count)
    guard documents.count > 0 else { return }
    // They ascend.
    precondition(Int(documents[documents.count - 1]) < widths.count)
    unsafe documents.withUnsafeBufferPointer { documents in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        unsafe positions.withUnsafeBufferPointer { positions in
          unsafe widths.withUnsafeBufferPointer { widths in
            guard let first = documents.baseAddress, let counts = frequencies.baseAddress,
              let numbers = positions.baseAddress, let bits = widths.baseAddress
            else { return }
            unsafe append(upTo: positions.count * 4 + 8) { target in
              unsafe ck_write_positions(first, counts, documents.count, bits, numbers, target)
            }
          }
        }
      }
    }
  }
}
