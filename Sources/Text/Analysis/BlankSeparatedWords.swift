/// Words as another program has cut them: what stands between blanks, taken as it is written.
///
/// A blank is U+0020 or a control character before it, which no other character's UTF-8 holds. Each
/// word is one unit; its position is its ordinal.
enum BlankSeparatedWords {
  /// Calls `body` with the range of each word in UTF-8, in order.
  ///
  /// - Complexity: O(n).
  @inline(__always)
  static func forEach(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    var at = 0
    while at &+ 8 <= text.count {
      let bytes = text.eightBytes(at: at)
      // Of the bits that are set the lowest is that of the first blank; those above may be wrong.
      let blanks = (bytes &- 0x2121_2121_2121_2121) & ~bytes & 0x8080_8080_8080_8080
      at &+= blanks.trailingZeroBitCount / 8
      if blanks == 0 { continue }
      if at > start { body(start..<at) }
      at &+= 1
      start = at
    }
    for i in at..<text.count where text[i] <= 0x20 {
      if i > start { body(start..<i) }
      start = i &+ 1
    }
    if text.count > start { body(start..<text.count) }
  }

  /// Appends the words of `text` with their positions.
  static func append(_ text: Span<UInt8>, to batch: inout TokenBatch) {
    forEach(in: text) { range in
      batch.append(range, ofUTF8: text, position: batch.fieldLength)
      batch.fieldLength &+= 1
    }
  }

  /// The same words with their places; the text is its own fold.
  static func analyze(_ text: String) -> Analysis {
    var units: [UInt16] = []
    var map = FoldMap()
    // Where each byte's character begins in UTF-16; the last element is the end.
    var places: [Int] = []
    for scalar in text.unicodeScalars {
      let start = units.count
      appendUTF16(scalar.value, to: &units)
      let size = UTF8.width(scalar)
      map.record(units: units.count - start, from: places.count, to: places.count + size)
      places.append(contentsOf: repeatElement(start, count: size))
    }
    places.append(units.count)
    var sink = PartSink()
    forEach(in: text.utf8.span) { range in
      sink.unit(
        .letters, places[range.lowerBound]..<places[range.upperBound],
        at: UInt32(sink.units.count), pairedWith: nil, of: units.span)
    }
    return Analysis(
      original: text, edits: [], folded: FoldedText(utf16: units, map: map), parts: sink)
  }
}
