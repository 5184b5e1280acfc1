import SuoyinTestSupport
import SuoyinText

/// Text of many scripts, as hostile as Unicode allows.
enum RandomText {
  private static let alphabets: [[ClosedRange<UInt32>]] = [
    [0x4E00...0x9FFF], [0x4E00...0x9FFF], [0x3041...0x3096], [0x30A1...0x30FF],
    [0xFF61...0xFF9F], [0x20...0x7E], [0x20...0x7E], [0x61...0x7A, 0x300...0x36F],
    [0xC0...0x24F], [0xFF01...0xFF5E], [0xAC00...0xD7A3], [0x1100...0x1112, 0x1161...0x11C2],
    [0x3000...0x303F], [0x3200...0x33FF], [0x2460...0x24FF], [0x1F300...0x1F64F, 0xFE0F...0xFE0F],
    [0x20000...0x2A6DF], [0x2F800...0x2FA1F], [0xF900...0xFAFF], [0xE01...0xE4E], [0x5D0...0x5EA],
    [0x621...0x652], [0x900...0x94D], [0x2E80...0x2FDF], [0xFB00...0xFB06], [0x3099...0x309C],
    [0x200B...0x200F, 0x20...0x20, 0xAD...0xAD], [0x0A...0x0D, 0x85...0x85, 0x2028...0x2029],
    [0...0x1F], [0x1B000...0x1B11E], [0x3100...0x312F], [0x130...0x131], [0xFDF0...0xFDFA],
    [0x3005...0x3005, 0x303B...0x303B, 0x4E00...0x4E10], [0x309D...0x309E, 0x304B...0x306F],
    [0x30FD...0x30FE, 0x30FC...0x30FC, 0x30FC...0x30FC, 0x30AB...0x30D0, 0x30F0...0x30FA],
    [0x30F4...0x30F4, 0x30A1...0x30A9], [0...0x10FFFF], [0x1D400...0x1D7FF],
    [0x30...0x39, 0x2E...0x2E, 0x2C...0x2C],
  ]

  /// A text of about `length` scalars in short runs, each of one alphabet.
  static func make(length: Int, using generator: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    while text.count < length {
      let alphabet = alphabets.randomElement(using: &generator)!
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let range = alphabet.randomElement(using: &generator)!
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
          text.append(scalar)
        }
      }
    }
    return String(text)
  }

  /// A text in runs of one to `longest` scalars, each of one of the alphabets that hot loops take some
  /// scalars at a time of, with what ends such runs between: for the places where their steps meet.
  static func runs(
    count: Int, longest: Int, using generator: inout SeededGenerator
  ) -> String {
    let steady: [ClosedRange<UInt32>] = [
      0xAC00...0xD7A3, 0xAC00...0xD7A3, 0x4E00...0x9FFF, 0x3041...0x3096, 0x20...0x7E, 0x41...0x5A,
    ]
    let strange: [UInt32] = [
      0, 0x20, 0x2E, 0x7F, 0xE9, 0x301, 0x416, 0x1100, 0x1161, 0x11A8, 0x3000, 0x3001, 0x3099,
      0x30FC,
      0x9FFF, 0xA000, 0xABFF, 0xAC00, 0xD7A3, 0xD7B0, 0xE000, 0xFE0F, 0xFF21, 0xFF76, 0xFF9E,
      0xFFDC,
      0x10000, 0x1F600, 0x20BB7, 0x10FFFF, 0x200D, 0x302E, 0x1112, 0x7FF, 0x800,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<count {
      let range = steady.randomElement(using: &generator)!
      for _ in 0..<Int.random(in: 0...longest, using: &generator) {
        text.append(Unicode.Scalar(UInt32.random(in: range, using: &generator))!)
      }
      if Bool.random(using: &generator) {
        text.append(Unicode.Scalar(strange.randomElement(using: &generator)!)!)
      }
    }
    return String(text)
  }

  /// Edits as line repair makes them, at random places of `text`.
  static func edits(of text: String, using generator: inout SeededGenerator) -> [LineEdit] {
    var edits: [LineEdit] = []
    var lower: Int?
    var offset = 0
    for scalar in text.unicodeScalars {
      if let start = lower, offset > start {
        edits.append(
          LineEdit(
            range: OriginalOffset(utf8: start)..<OriginalOffset(utf8: offset),
            replacement: Bool.random(using: &generator) ? .nothing : .blank))
        lower = nil
      }
      if lower == nil, Int.random(in: 0..<12, using: &generator) == 0 { lower = offset }
      offset += UTF8.width(scalar)
    }
    return edits
  }

  /// `text` with the edits made.
  static func repaired(_ text: String, _ edits: [LineEdit]) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var from = 0
    for edit in edits {
      result += bytes[from..<edit.range.lowerBound.utf8]
      if edit.replacement == .blank { result.append(0x20) }
      from = edit.range.upperBound.utf8
    }
    return String(decoding: result + bytes[from...], as: UTF8.self)
  }
}
