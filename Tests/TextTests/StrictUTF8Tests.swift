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

  @Test func emptyAndASCII() {
    expectAlike([], "empty")
    expectAlike(Array("plain\0\u{7F}".utf8), "ASCII")
  }
}
