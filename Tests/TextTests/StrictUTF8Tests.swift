import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Against the standard library's validation.
@Suite struct StrictUTF8Tests {
  private func expectAlike(_ bytes: [UInt8], _ note: String) {
    let text = StrictUTF8.text(of: bytes.span)
    #expect(text == String(validating: bytes, as: UTF8.self), "\(note): \(bytes)")
    if let text { #expect(Array(text.utf8) == bytes, "\(note): \(bytes)") }
  }

  /// Every pair of bytes, alone and where a longer sequence goes on.
  @Test func allPairs() {
    for first in UInt8.min ... .max {
      for second in UInt8.min ... .max {
        let pair = [first, second]
        for bytes in [pair, pair + [0x80], pair + [0xBF, 0x80], pair + [0x80, 0x80, 0x41]] {
          if (StrictUTF8.text(of: bytes.span) == nil)
            != (String(validating: bytes, as: UTF8.self) == nil)
          {
            Issue.record("\(bytes)")
          }
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func textWithDamage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      var bytes = Array(RandomText.make(length: 40, using: &generator).utf8)
      expectAlike(bytes, "seed \(seed)")
      guard !bytes.isEmpty else { continue }
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      if Bool.random(using: &generator) {
        bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
      } else {
        bytes.removeSubrange(place...)
      }
      expectAlike(bytes, "damaged, seed \(seed)")
    }
  }

  /// Every byte in place of every other, behind each kind of character: in texts long enough for many
  /// bytes to be looked at together, and at all places of these.
  @Test(arguments: ["a", "é", "한", "中", "\u{D7FF}", "\u{E000}", "\u{800}", "𠮷", "\u{10FFFF}"])
  func damageInLongTexts(character: String) {
    let text = Array(String(repeating: character + "가b", count: 14).utf8)
    for place in 0..<text.count {
      for byte in UInt8.min ... .max {
        var bytes = text
        bytes[place] = byte
        if (StrictUTF8.text(of: bytes.span) == nil)
          != (String(validating: bytes, as: UTF8.self) == nil)
        {
          Issue.record("\(byte) at \(place) of \(character)")
        }
      }
      expectAlike(Array(text[..<place]), "cut at \(place)")
      expectAlike(Array(text[place...]), "cut before \(place)")
    }
  }

  /// Every lead byte with every second, where many bytes are looked at together.
  @Test func allPairsInLongTexts() {
    for first in UInt8(0xC0) ... .max {
      for second in UInt8.min ... .max {
        for rest in [[], [0x80], [0x80, 0x80], [0xBF, 0xBF]] as [[UInt8]] {
          let shift = Int(first &+ second) % 16
          let bytes =
            [UInt8](repeating: 0x41, count: 20 + shift) + [first, second] + rest
            + [UInt8](repeating: 0x42, count: 45)
          if (StrictUTF8.text(of: bytes.span) == nil)
            != (String(validating: bytes, as: UTF8.self) == nil)
          {
            Issue.record("\(first) \(second) \(rest)")
          }
        }
      }
    }
  }

  @Test func emptyAndASCII() {
    expectAlike([], "empty")
    expectAlike(Array("plain\0\u{7F}".utf8), "ASCII")
  }
}
