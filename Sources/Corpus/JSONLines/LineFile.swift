import SuoyinText

/// The lines of a file, one after the other, whatever the width of its characters.
///
/// A line ends at LF; a CR before it is left in the line (JSON passes over it). Memory holds one
/// line and one chunk, and each byte is looked at once, however long the line.
struct LineFile: ~Copyable {
  /// The bytes of one line, without its end.
  struct RawLine {
    var bytes: [UInt8]
    /// Where it begins in the file, in bytes.
    var offset: Int
    /// Counted from 1.
    var number: Int
  }

  enum Trouble: Error {
    case file(FileError)
    case tooLong(offset: Int, number: Int)
  }

  /// The longest line; a file without line ends is no file of lines.
  static let longest = 1 << 30
  private static let chunk = 1 << 20

  private var stream: ByteStream
  private var buffer: [UInt8] = []
  /// Where the next line begins in `buffer`, and up to where no line end was found.
  private var start = 0
  private var searched = 0
  /// Bytes of the file before `buffer`.
  private var dropped = 0
  private var number = 0
  private var isAtEnd = false
  private var unit = CodeUnit.byte
  private var isOpened = false

  /// The charset that a byte order mark, or the declared UTF-16 and its byte order, gives the file.
  private(set) var encoding: TextEncoding?

  var bytesRead: Int { stream.position }

  init(path: String, encoding: TextEncoding?) throws(FileError) {
    stream = try ByteStream(path: path)
    self.encoding = encoding
  }

  /// The next line, nil at the end of the file.
  mutating func next() throws(Trouble) -> RawLine? {
    if !isOpened {
      isOpened = true
      try fill()
      begin()
    }
    while true {
      let (place, isEnd) = lineEnd(from: searched)
      if isEnd { return take(upTo: place, then: unit.width) }
      searched = place
      if isAtEnd {
        return start < buffer.count ? take(upTo: buffer.count, then: 0) : nil
      }
      guard buffer.count - start <= Self.longest else {
        throw .tooLong(offset: dropped + start, number: number + 1)
      }
      try fill()
    }
  }

  /// Up to 64 KB of what follows the line returned last, as far as it has been read.
  func lookahead() -> ArraySlice<UInt8> {
    buffer[start...].prefix(64 << 10)
  }

  private mutating func fill() throws(Trouble) {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      dropped += start
      start = 0
    }
    do throws(FileError) {
      if try stream.read(Self.chunk, into: &buffer) == 0 { isAtEnd = true }
    } catch {
      throw .file(error)
    }
  }

  private mutating func take(upTo end: Int, then gap: Int) -> RawLine {
    number += 1
    let line = RawLine(bytes: Array(buffer[start..<end]), offset: dropped + start, number: number)
    start = end + gap
    searched = start
    return line
  }

  // MARK: Line ends

  /// How an LF is written.
  private enum CodeUnit {
    case byte, littleEndian16, bigEndian16, littleEndian32, bigEndian32

    var width: Int {
      switch self {
      case .byte: 1
      case .littleEndian16, .bigEndian16: 2
      case .littleEndian32, .bigEndian32: 4
      }
    }

    /// Where in the unit the byte 0A of an LF stands; all others are zero.
    var place: Int {
      switch self {
      case .byte, .littleEndian16, .littleEndian32: 0
      case .bigEndian16: 1
      case .bigEndian32: 3
      }
    }
  }

  /// Where the next LF begins; or up to where there is none in the buffer.
  private func lineEnd(from searched: Int) -> (place: Int, isEnd: Bool) {
    let bytes = buffer.span
    let width = unit.width
    var at = searched
    if width == 1 {
      while at < bytes.count {
        if bytes[at] == 0x0A { return (at, true) }
        at += 1
      }
      return (at, false)
    }
    // Lines begin at whole units, so that units counted from there are aligned.
    while at + width <= bytes.count {
      var isEnd = true
      for place in 0..<width where bytes[at + place] != (place == unit.place ? 0x0A : 0) {
        isEnd = false
      }
      if isEnd { return (at, true) }
      at += width
    }
    return (at, false)
  }

  // MARK: Charset

  /// Passes over a byte order mark and settles how lines end.
  private mutating func begin() {
    let marks: [(bytes: [UInt8], name: String)] = [
      ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
      ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
      ([0x84, 0x31, 0x95, 0x33], "GB18030"),
    ]
    var name = encoding?.name
    if let mark = marks.first(where: { buffer.starts(with: $0.bytes) }) {
      name = mark.name
      start = mark.bytes.count
      searched = start
    } else if name == "UTF-16" {
      // The text begins with a brace or a blank, whose other byte is zero.
      name = buffer.count > 1 && buffer[1] == 0 ? "UTF-16LE" : "UTF-16BE"
    } else if name == "UTF-32" {
      name = buffer.count > 3 && buffer[3] == 0 ? "UTF-32LE" : "UTF-32BE"
    }
    switch name {
    case "UTF-16LE": unit = .littleEndian16
    case "UTF-16BE": unit = .bigEndian16
    case "UTF-32LE": unit = .littleEndian32
    case "UTF-32BE": unit = .bigEndian32
    default: unit = .byte
    }
    guard let name, name != encoding?.name else { return }
    do throws(UnknownEncoding) {
      encoding = try TextEncoding(named: name)
    } catch {
      preconditionFailure("ICU knows \(name) in every build")
    }
  }
}
