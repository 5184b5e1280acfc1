import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct PinyinTests {
  /// ICU's reading of each character of the block, without tones.
  private static func readings() throws -> [(syllable: String, scalar: Unicode.Scalar)] {
    let scalars = ([0x3007] + Array(0x4E00..<0xA000)).compactMap { Unicode.Scalar(UInt32($0)) }
    // In parts: a transliterator moves all that follows at each character. Line ends keep it from seeing
    // two characters together, and make room for letters.
    var lines: [Substring] = []
    for start in stride(from: 0, to: scalars.count, by: 2_500) {
      let part = scalars[start..<min(start + 2_500, scalars.count)]
      let text = part.map { "\($0)\n\n\n\n\n\n" }.joined()
      lines += try #require(ICU.transliterate(text, by: "Han-Latin")).split(separator: "\n")
    }
    try #require(lines.count == scalars.count)
    return zip(lines, scalars).compactMap { line, scalar in
      var syllable = ""
      for scalar in String(line).decomposedStringWithCanonicalMapping.unicodeScalars {
        if scalar == "\u{308}" {
          syllable = syllable.dropLast() + "v"
        } else if scalar.properties.isAlphabetic {
          syllable.unicodeScalars.append(scalar)
        }
      }
      guard syllable.utf8.allSatisfy({ $0 < 0x80 }), !syllable.isEmpty else { return nil }
      return (syllable, scalar)
    }
  }

  @Test func usualReadingsAreICUs() throws {
    let readings = try Self.readings()
    let grouped = Dictionary(grouping: readings, by: \.syllable)
    var rows: [String] = []
    for (syllable, entries) in grouped.sorted(by: { $0.key < $1.key }) {
      let characters = entries.map(\.scalar).sorted { a, b in
        // 〇 behind the block.
        (a.value < 0x4E00 ? .max : a.value) < (b.value < 0x4E00 ? .max : b.value)
      }
      for start in stride(from: 0, to: characters.count, by: 44) {
        let part = characters[start..<min(start + 44, characters.count)]
        rows.append("    \(syllable) \(String(String.UnicodeScalarView(part)))")
      }
    }
    let path = "\(Seeds.checkout)/Sources/Text/Pinyin/PinyinSyllables.swift"
    let source = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(source.range(of: "\"\"\"\n")?.upperBound)
    let renewed = source[..<start] + rows.joined(separator: "\n") + "\n    \"\"\"\n}\n"
    if ProcessInfo.processInfo.environment["SUOYIN_WRITE_TABLE"] != nil {
      try renewed.write(toFile: path, atomically: true, encoding: .utf8)
    }
    // Row by row: what differs in two long texts takes minutes to find.
    let differing = Set(rows).symmetricDifference(
      source[start...].split(separator: "\n").map(String.init))
    #expect(
      differing.subtracting(["    \"\"\"", "}"]).isEmpty,
      "SUOYIN_WRITE_TABLE=1 writes the table of this ICU")
  }

  @Test func charactersHaveAllTheirReadings() {
    func readings(_ character: Unicode.Scalar) -> Set<String> {
      Set(
        Pinyin.table.readings(of: character.value).map {
          String(decoding: Pinyin.table.syllables[Int($0)], as: UTF8.self)
        })
    }
    #expect(readings("重") == ["zhong", "chong"])
    #expect(readings("庆") == ["qing"])
    #expect(readings("长") == ["chang", "zhang"])
    #expect(readings("绿") == ["lv", "lu"])
    #expect(readings("〇") == ["ling"])
    #expect(readings("a").isEmpty && readings("カ").isEmpty && readings("𠀀").isEmpty)
    #expect(Pinyin.table.initial(of: 0x6C7D) == UInt8(ascii: "q"))
    #expect(Pinyin.table.otherInitials(of: 0x957F).count == 1)
  }
}
