/// What a line is that is not JSON.
package struct JSONSyntaxError: Error, Equatable {
  /// Bytes from the start of the line.
  package let offset: Int
  package let problem: String
}

/// A JSON object cut into its members, each value still as it is written (RFC 8259).
///
/// It keeps the text of what it does not understand, because a number that passes through Double
/// (1.10, 12345678901234567890) is another one afterwards.
package struct JSONObject {
  package enum Kind: String {
    case object = "an object"
    case array = "a list"
    case string = "a string"
    case number = "a number"
    case bool = "true or false"
    case null = "null"
  }

  package struct Member {
    package var key: String
    /// The key in its quotes, and the value, in bytes of the line.
    package var keyRange: Range<Int>
    package var valueRange: Range<Int>
    package var kind: Kind
  }

  package private(set) var members: [Member] = []

  /// How deep lists and objects may lie in each other.
  package static let deepest = 128

  /// Reads the one object that `bytes`, which are valid UTF-8, consist of.
  /// - Complexity: O(bytes).
  package init(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    var cursor = JSONCursor()
    cursor.skipBlanks(in: bytes)
    try cursor.expect(UInt8(ascii: "{"), "an object {…}", in: bytes)
    cursor.skipBlanks(in: bytes)
    if !cursor.take(UInt8(ascii: "}"), in: bytes) {
      repeat {
        cursor.skipBlanks(in: bytes)
        let keyStart = cursor.at
        try cursor.skipString("a key in quotes", in: bytes)
        let keyRange = keyStart..<cursor.at
        cursor.skipBlanks(in: bytes)
        try cursor.expect(UInt8(ascii: ":"), "a colon", in: bytes)
        cursor.skipBlanks(in: bytes)
        let valueStart = cursor.at
        let kind = try cursor.skipValue(in: bytes, depth: 1)
        let valueRange = valueStart..<cursor.at
        cursor.skipBlanks(in: bytes)
        members.append(
          Member(
            key: JSONString.text(of: keyRange, in: bytes).text, keyRange: keyRange,
            valueRange: valueRange, kind: kind))
      } while cursor.take(UInt8(ascii: ","), in: bytes)
      try cursor.expect(UInt8(ascii: "}"), "a comma or }", in: bytes)
    }
    cursor.skipBlanks(in: bytes)
    guard cursor.at == bytes.count else { throw cursor.error("the end of the line", in: bytes) }
  }

  /// The values of a list that is a member's value, each as it is written.
  /// - Complexity: O(bytes).
  package static func elements(
    of list: Range<Int>, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) -> [(range: Range<Int>, kind: Kind)] {
    var cursor = JSONCursor(at: list.lowerBound)
    try cursor.expect(UInt8(ascii: "["), "a list […]", in: bytes)
    cursor.skipBlanks(in: bytes)
    var elements: [(range: Range<Int>, kind: Kind)] = []
    if cursor.take(UInt8(ascii: "]"), in: bytes) { return elements }
    repeat {
      cursor.skipBlanks(in: bytes)
      let start = cursor.at
      let kind = try cursor.skipValue(in: bytes, depth: 2)
      elements.append((start..<cursor.at, kind))
      cursor.skipBlanks(in: bytes)
    } while cursor.take(UInt8(ascii: ","), in: bytes)
    try cursor.expect(UInt8(ascii: "]"), "a comma or ]", in: bytes)
    return elements
  }
}

/// A place in a line of JSON, moved on over what is valid.
private struct JSONCursor {
  private(set) var at = 0

  init(at start: Int = 0) {
    at = start
  }

  mutating func skipBlanks(in bytes: Span<UInt8>) {
    while at < bytes.count, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[at]) { at += 1 }
  }

  mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func expect(
    _ byte: UInt8, _ name: String, in bytes: Span<UInt8>
  ) throws(JSONSyntaxError) {
    guard take(byte, in: bytes) else { throw error(name, in: bytes) }
  }

  func error(_ expected: String, in bytes: Span<UInt8>) -> JSONSyntaxError {
    guard at < bytes.count else {
      return JSONSyntaxError(offset: at, problem: "expected \(expected), but the line ends")
    }
    let (scalar, _) = Self.scalar(at: at, in: bytes)
    let found = scalar.map { $0.value < 0x20 ? "U+00" + hexadecimal($0.value) : "“\($0)”" }
    return JSONSyntaxError(
      offset: at, problem: "expected \(expected), found \(found ?? "half a character")")
  }

  private func hexadecimal(_ value: UInt32) -> String {
    (value < 0x10 ? "0" : "") + String(value, radix: 16, uppercase: true)
  }

  private static func scalar(
    at start: Int, in bytes: Span<UInt8>
  ) -> (scalar: Unicode.Scalar?, length: Int) {
    var end = start + 1
    while end < bytes.count && end < start + 4 && bytes[end] & 0xC0 == 0x80 { end += 1 }
    var copy: [UInt8] = []
    for at in start..<end { copy.append(bytes[at]) }
    return (String(decoding: copy, as: UTF8.self).unicodeScalars.first, end - start)
  }

  mutating func skipValue(
    in bytes: Span<UInt8>, depth: Int
  ) throws(JSONSyntaxError) -> JSONObject.Kind {
    guard at < bytes.count else { throw error("a value", in: bytes) }
    guard depth <= JSONObject.deepest else {
      throw JSONSyntaxError(
        offset: at, problem: "lists and objects lie more than \(JSONObject.deepest) deep")
    }
    switch bytes[at] {
    case UInt8(ascii: "\""):
      try skipString("a string", in: bytes)
      return .string
    case UInt8(ascii: "{"):
      at += 1
      skipBlanks(in: bytes)
      if take(UInt8(ascii: "}"), in: bytes) { return .object }
      repeat {
        skipBlanks(in: bytes)
        try skipString("a key in quotes", in: bytes)
        skipBlanks(in: bytes)
        try expect(UInt8(ascii: ":"), "a colon", in: bytes)
        skipBlanks(in: bytes)
        _ = try skipValue(in: bytes, depth: depth + 1)
        skipBlanks(in: bytes)
      } while take(UInt8(ascii: ","), in: bytes)
      try expect(UInt8(ascii: "}"), "a comma or }", in: bytes)
      return .object
    case UInt8(ascii: "["):
      at += 1
      skipBlanks(in: bytes)
      if take(UInt8(ascii: "]"), in: bytes) { return .array }
      repeat {
        skipBlanks(in: bytes)
        _ = try skipValue(in: bytes, depth: depth + 1)
        skipBlanks(in: bytes)
      } while take(UInt8(ascii: ","), in: bytes)
      try expect(UInt8(ascii: "]"), "a comma or ]", in: bytes)
      return .array
    case UInt8(ascii: "t"):
      try skipWord("true", in: bytes)
      return .bool
    case UInt8(ascii: "f"):
      try skipWord("false", in: bytes)
      return .bool
    case UInt8(ascii: "n"):
      try skipWord("null", in: bytes)
      return .null
    default:
      try skipNumber(in: bytes)
      return .number
    }
  }

  private mutating func skipWord(_ word: String, in bytes: Span<UInt8>) throws(JSONSyntaxError) {
    for byte in word.utf8 {
      guard at < bytes.count, bytes[at] == byte else { throw error(word, in: bytes) }
      at += 1
    }
  }

  private mutating func skipNumber(in bytes: Span<UInt8>) throws(JSONSyntaxError) {
    let hasSign = take(UInt8(ascii: "-"), in: bytes)
    if !take(UInt8(ascii: "0"), in: bytes) {
      guard skipDigits(in: bytes) else { throw error(hasSign ? "a digit" : "a value", in: bytes) }
    }
    if take(UInt8(ascii: "."), in: bytes), !skipDigits(in: bytes) {
      throw error("a digit", in: bytes)
    }
    if take(UInt8(ascii: "e"), in: bytes) || take(UInt8(ascii: "E"), in: bytes) {
      _ = take(UInt8(ascii: "+"), in: bytes) || take(UInt8(ascii: "-"), in: bytes)
      guard skipDigits(in: bytes) else { throw error("a digit", in: bytes) }
    }
  }

  private mutating func skipDigits(in bytes: Span<UInt8>) -> Bool {
    let start = at
    while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 { at += 1 }
    return at > start
  }

  mutating func skipString(_ name: String, in bytes: Span<UInt8>) throws(JSONSyntaxError) {
    try expect(UInt8(ascii: "\""), name, in: bytes)
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        at += 1
        try skipEscape(in: bytes)
      } else if byte < 0x20 {
        throw error("\\n, \\t or \\u00HH for a control character", in: bytes)
      } else {
        at += 1
      }
    }
    throw error("the quote that ends the string", in: bytes)
  }

  private mutating func skipEscape(in bytes: Span<UInt8>) throws(JSONSyntaxError) {
    guard at < bytes.count else { throw error("an escape", in: bytes) }
    switch bytes[at] {
    case UInt8(ascii: "u"):
      at += 1
      for _ in 0..<4 {
        guard at < bytes.count, JSONString.digit(bytes[at]) != nil else {
          throw error("four hexadecimal digits", in: bytes)
        }
        at += 1
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    default: throw error("an escape (\\n, \\\", \\u4E2D …)", in: bytes)
    }
  }
}
