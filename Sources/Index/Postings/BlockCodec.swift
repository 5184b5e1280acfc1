import CKernels
import SuoyinStorage

/// How the documents and frequencies of one block are written: FORMAT.md, "Blocks".
///
/// This file alone knows the bytes of a block; encoder and decoder stand side by side.
enum BlockCodec {
  /// What the first byte of documents or frequencies says.
  private struct Form {
    /// Packed numbers; packed ones with patches; set bits between clear ones, which for documents are
    /// the upper parts of Elias-Fano.
    enum Kind: UInt8 {
      case packed = 0
      case patched = 1
      case unary = 2
    }

    static let widest = 31
    private static let allOnes: UInt8 = 0x80

    let width: Int
    let kind: Kind
    /// Whether every frequency is 1, and none is written.
    let hasOnlyOnes: Bool

    init(_ kind: Kind, width: Int, hasOnlyOnes: Bool = false) {
      self.kind = kind
      self.width = width
      self.hasOnlyOnes = hasOnlyOnes
    }

    init?(_ byte: UInt8) {
      guard let kind = Kind(rawValue: byte >> 5 & 3) else { return nil }
      self.init(kind, width: Int(byte & 31), hasOnlyOnes: byte & Self.allOnes != 0)
    }

    var byte: UInt8 { UInt8(width) | kind.rawValue << 5 | (hasOnlyOnes ? Self.allOnes : 0) }
  }

  // MARK: - Writing

  /// Appends the documents, then the frequencies.
  ///
  /// - Parameters:
  ///   - first: the smallest number that the first document can have.
  ///   - documents: ascending, 1 to ``PostingBlock/capacity``.
  ///   - frequencies: 1 or more, one for each document.
  static func encode(
    documents: Span<UInt32>, frequencies: Span<UInt32>, first: UInt32, into bits: inout BitWriter
  ) {
    let count = documents.count
    let last = documents[count - 1]
    var greatest: UInt32 = 0
    for index in 0..<count { greatest |= frequencies[index] }
    let hasOnlyOnes = greatest == 1
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { numbers in
      var next = first
      for index in 0..<count {
        unsafe numbers[index] = documents[index] - next
        next = documents[index] &+ 1
      }
      let patching = unsafe Patching(of: numbers.span)
      let low = lowWidth(of: count, first: first, last: last)
      if size(of: count, first: first, last: last, lowWidth: low) < patching.size(of: count) {
        bits.append(Form(.unary, width: low, hasOnlyOnes: hasOnlyOnes).byte)
        for index in 0..<count { unsafe numbers[index] = documents[index] &- first }
        unsafe bits.append(numbers.span, width: low)
        unsafe bits.appendUpperParts(of: numbers.span, shift: low)
      } else {
        unsafe append(numbers.span, patching, hasOnlyOnes: hasOnlyOnes, to: &bits)
      }
    }
    if !hasOnlyOnes { append(frequencies: frequencies, to: &bits) }
  }

  private static func append(frequencies: Span<UInt32>, to bits: inout BitWriter) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: frequencies.count) { more in
      var total = 0
      for index in frequencies.indices {
        unsafe more[index] = frequencies[index] - 1
        total += Int(frequencies[index])
      }
      let patching = unsafe Patching(of: more.span)
      guard BitWriter.size(of: total, width: 1) < patching.size(of: frequencies.count) else {
        return unsafe append(more.span, patching, to: &bits)
      }
      bits.append(Form(.unary, width: 0).byte)
      bits.append(unary: frequencies, total: total)
    }
  }

  private static func append(
    _ values: Span<UInt32>, _ patching: Patching, hasOnlyOnes: Bool = false,
    to bits: inout BitWriter
  ) {
    let width = patching.width
    let kind: Form.Kind = patching.patches == 0 ? .packed : .patched
    bits.append(Form(kind, width: width, hasOnlyOnes: hasOnlyOnes).byte)
    bits.append(values, width: width)
    guard patching.patches > 0 else { return }
    bits.append(UInt8(patching.patches))
    bits.append(UInt8(patching.patchWidth))
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: patching.patches) { high in
      var count = 0
      for place in values.indices where values[place] >> UInt32(width) != 0 {
        bits.append(UInt8(place))
        unsafe high[count] = values[place] >> UInt32(width)
        count += 1
      }
      unsafe bits.append(high.span, width: patching.patchWidth)
    }
  }

  /// The number of bits of the lower parts with which Elias-Fano is shortest.
  private static func lowWidth(of count: Int, first: UInt32, last: UInt32) -> Int {
    let mean = Int(last - first) / count
    let likely = mean.bitWidth - mean.leadingZeroBitCount
    var best = likely
    var least = Int.max
    for width in max(0, likely - 2)...max(0, likely) {
      let size = size(of: count, first: first, last: last, lowWidth: width)
      if size < least { (best, least) = (width, size) }
    }
    return best
  }

  private static func size(of count: Int, first: UInt32, last: UInt32, lowWidth: Int) -> Int {
    BitWriter.size(of: count, width: lowWidth)
      + BitWriter.size(of: count + Int(last - first) >> lowWidth, width: 1)
  }

  // MARK: - Reading

  /// Decodes `count` documents and returns where their frequencies begin.
  ///
  /// - Parameters:
  ///   - bytes: behind their end lie `CK_READ_AHEAD` more that may be read.
  ///   - count: 1 or more.
  ///   - limit: every document is below it.
  ///   - target: room for `count` numbers and as many as kernels write behind.
  /// - Returns: nil where the bytes end early, a document is not below `limit`, or they do not ascend.
  @unsafe
  static func decodeDocuments(
    _ bytes: UnsafeRawBufferPointer, count: Int, first: UInt32, limit: UInt32,
    into target: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    guard let head = unsafe bytes.first, let form = Form(head) else { return nil }
    var place = 1
    if form.kind == .unary {
      guard let base = bytes.baseAddress else { return nil }
      let taken = unsafe Kernels.packing.elias_fano(
        base.assumingMemoryBound(to: UInt8.self) + place, bytes.count - place,
        UInt32(form.width), count, first, target)
      guard taken > 0 else { return nil }
      place += taken
    } else {
      guard unsafe unpack(form, bytes, &place, count: count, base: 0, into: target),
        unsafe Kernels.packing.sum(target, count, first)
      else { return nil }
    }
    return unsafe target[count - 1] < limit ? place : nil
  }

  /// Decodes `count` frequencies.
  ///
  /// - Parameters:
  ///   - bytes: the block's, as ``decodeDocuments(_:count:first:limit:into:)`` has them.
  ///   - place: where the frequencies begin.
  /// - Returns: whether all were there; if not, all are 1.
  @unsafe
  static func decodeFrequencies(
    _ bytes: UnsafeRawBufferPointer, at place: Int, count: Int,
    into target: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    var place = place
    if let head = unsafe bytes.first, let documents = Form(head), !documents.hasOnlyOnes {
      if place < bytes.count, let form = unsafe Form(bytes[place]) {
        place += 1
        if form.kind == .unary {
          if let base = bytes.baseAddress,
            unsafe Kernels.packing.unary(
              base.assumingMemoryBound(to: UInt8.self) + place, bytes.count - place, count, target)
              > 0
          {
            return true
          }
        } else if unsafe unpack(form, bytes, &place, count: count, base: 1, into: target) {
          return true
        }
      }
      unsafe target.update(repeating: 1, count: count)
      return false
    }
    unsafe target.update(repeating: 1, count: count)
    return bytes.count > 0
  }

  /// Unpacks numbers and patches them.
  ///
  /// - Parameters:
  ///   - place: where the numbers begin, and then where what follows them does.
  ///   - base: added to each.
  /// - Returns: whether all of them are there, and none that is patched is below `base`.
  @unsafe
  private static func unpack(
    _ form: Form, _ bytes: UnsafeRawBufferPointer, _ place: inout Int, count: Int, base: UInt32,
    into target: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    let size = BitWriter.size(of: count, width: form.width)
    guard size <= bytes.count - place, let start = bytes.baseAddress else { return false }
    let numbers = unsafe start.assumingMemoryBound(to: UInt8.self)
    unsafe Kernels.packing.unpack(numbers + place, UInt32(form.width), count, base, target)
    place += size
    guard form.kind == .patched else { return true }

    guard bytes.count - place >= 2 else { return false }
    let patches = unsafe Int(bytes[place])
    let width = unsafe Int(bytes[place + 1])
    let packed = BitWriter.size(of: patches, width: width)
    guard width + form.width <= 32, patches + packed <= bytes.count - place - 2 else {
      return false
    }
    place += 2
    // No more than is needed: what is larger than a kilobyte comes from the heap.
    let fits = unsafe withUnsafeTemporaryAllocation(
      of: UInt32.self, capacity: patches + PostingBlock.padding
    ) { high in
      guard let high = high.baseAddress else { return false }
      unsafe Kernels.packing.unpack(numbers + place + patches, UInt32(width), patches, 0, high)
      var fits = true
      for patch in 0..<patches {
        // A place has 8 bits: it lies within the room of a block whatever it is.
        let index = unsafe Int(numbers[place + patch])
        let patched = unsafe target[index] &+ high[patch] &<< UInt32(form.width)
        unsafe target[index] = patched
        fits = fits && patched >= base
      }
      return fits
    }
    place += patches + packed
    return fits
  }
}

/// How wide numbers are packed, and how many of them are greater and patched.
private struct Patching {
  private(set) var width = 0
  private(set) var patchWidth = 0
  private(set) var patches = 0

  /// The one with the fewest bytes; of equal ones that with the fewest patches.
  init(of values: Span<UInt32>) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 33) { wider in
      guard let room = wider.baseAddress else { return }
      let widest = unsafe values.withUnsafeBufferPointer { values in
        guard let numbers = values.baseAddress else { return 0 }
        return unsafe Int(Kernels.writing.widths(numbers, values.count, room))
      }
      var best = Int.max
      for width in (0...min(widest, 31)).reversed() {
        let greater = unsafe Int(room[width])
        if greater > Int(UInt8.max) { return }
        let candidate = Patching(width: width, patchWidth: widest - width, patches: greater)
        let size = candidate.size(of: values.count)
        if size < best {
          best = size
          self = candidate
        }
      }
    }
  }

  private init(width: Int, patchWidth: Int, patches: Int) {
    self.width = width
    self.patchWidth = patchWidth
    self.patches = patches
  }

  /// Bytes of so many numbers.
  func size(of count: Int) -> Int {
    let packed = BitWriter.size(of: count, width: width)
    return patches == 0
      ? packed : packed + 2 + patches + BitWriter.size(of: patches, width: patchWidth)
  }
}
