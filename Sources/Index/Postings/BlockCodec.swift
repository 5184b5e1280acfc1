import SuoyinStorage

/// How the documents and frequencies of one block are written: FORMAT.md, "Posting list".
///
/// This file alone knows the bytes of a block; encoder and decoder stand side by side.
enum BlockCodec {
  /// Appends the documents, then the frequencies.
  ///
  /// - Parameters:
  ///   - first: the smallest number that the first document can have.
  ///   - documents: ascending.
  ///   - frequencies: 1 or more, one for each document.
  static func encode(
    documents: [UInt32], frequencies: [UInt32], first: UInt32, into bytes: inout ByteWriter
  ) {
    var next = first
    for document in documents {
      bytes.append(varint: document - next)
      next = document + 1
    }
    for frequency in frequencies {
      bytes.append(varint: frequency - 1)
    }
  }

  /// Decodes `count` documents and returns where their frequencies begin.
  ///
  /// - Parameters:
  ///   - bytes: nothing behind their end is read.
  ///   - limit: every document is below it.
  ///   - target: room for `count` numbers.
  /// - Returns: nil where the bytes end early or a document is not below `limit`; the documents
  ///   that were written ascend in any case.
  @unsafe
  static func decodeDocuments(
    _ bytes: UnsafeRawBufferPointer, count: Int, first: UInt32, limit: UInt32,
    into target: UnsafeMutablePointer<UInt32>
  ) -> UnsafeRawPointer? {
    guard var place = bytes.baseAddress else { return nil }
    let end = unsafe place + bytes.count
    // A gap has at most 35 bits and a block at most 256 of them, so 64 bits cannot overflow.
    var next = UInt64(first)
    for index in 0..<count {
      guard let gap = unsafe Varint.decode(&place, end: end) else { return nil }
      unsafe target[index] = UInt32(truncatingIfNeeded: next &+ gap)
      next = next &+ gap &+ 1
    }
    return next <= UInt64(limit) ? unsafe place : nil
  }

  /// Decodes `count` frequencies.
  ///
  /// - Returns: whether all were there; those that were not are 1.
  @unsafe
  static func decodeFrequencies(
    _ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    unsafe target.update(repeating: 1, count: count)
    guard var place = bytes.baseAddress else { return false }
    let end = unsafe place + bytes.count
    for index in 0..<count {
      guard let more = unsafe Varint.decode(&place, end: end), more < UInt64(UInt32.max) else {
        return false
      }
      unsafe target[index] = UInt32(more) + 1
    }
    return true
  }
}

/// Numbers of up to 32 bits in one to five bytes, read where nothing may be thrown.
enum Varint {
  /// Decodes a number of at most 35 bits and steps over it.
  ///
  /// - Returns: nil where the number does not end before `end` or within five bytes.
  @unsafe @inline(__always)
  static func decode(_ place: inout UnsafeRawPointer, end: UnsafeRawPointer) -> UInt64? {
    guard unsafe place < end else { return nil }
    var byte = unsafe place.load(as: UInt8.self)
    unsafe place += 1
    var value = UInt64(byte & 0x7F)
    var shift: UInt64 = 7
    while byte >= 0x80 {
      guard unsafe place < end, shift < 35 else { return nil }
      byte = unsafe place.load(as: UInt8.self)
      unsafe place += 1
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
    }
    return value
  }

  /// Steps over `count` numbers, eight bytes at a time.
  ///
  /// - Returns: whether all of them end before `end`.
  @unsafe
  static func skip(
    _ count: Int, from place: inout UnsafeRawPointer, end: UnsafeRawPointer
  ) -> Bool {
    var left = count
    while left >= 8, unsafe end - place >= 8 {
      // A number ends in a byte without the top bit: at most eight end in eight bytes.
      let ends = ~(unsafe place.loadUnaligned(as: UInt64.self)) & 0x8080_8080_8080_8080
      left -= ends.nonzeroBitCount
      unsafe place += 8
    }
    while left > 0 {
      guard unsafe place < end else { return false }
      if unsafe place.load(as: UInt8.self) < 0x80 { left -= 1 }
      unsafe place += 1
    }
    return true
  }
}
