import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct TerminalTests {
  private static let alphabet: [Unicode.Scalar] = Array(
    "重庆制造。，“”（）C919 a b Euro\u{3000}ガギｶﾞ한글\u{301}é😀𠀀…—\n".unicodeScalars)

  private func randomText(_ random: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...120, using: &random) {
      text.append(Self.alphabet.randomElement(using: &random) ?? "a")
    }
    return String(text)
  }

  @Test func widthsAreThoseOfTerminals() {
    for (text, width) in [
      ("a", 1), ("汉", 2), ("，", 2), ("カ", 2), ("ｶ", 1), ("한", 2), ("Ａ", 2), ("é", 1),
      ("e\u{301}", 1), ("𠀀", 2), ("\u{3000}", 2), ("“", 1), ("", 0), ("涪陵 C919", 9),
    ] {
      #expect(displayWidth(of: text) == width, "\(text)")
    }
    #expect(padded("汉", to: 5) == "汉   ")
    #expect(truncated("重庆制造", to: 6) == "重庆…")
    #expect(truncated("重庆制造", to: 8) == "重庆制造")
    #expect(truncated("重庆", to: 0) == "")
  }

  @Test(arguments: [21, 22, 23, 24] as [UInt64])
  func wrappingLosesNothingAndFits(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = randomText(&random)
      let half = text.unicodeScalars.index(
        text.startIndex, offsetBy: text.unicodeScalars.count / 2)
      let pieces = [
        StyledText(String(text.unicodeScalars[..<half])),
        StyledText(String(text.unicodeScalars[half...]), .highlight),
      ]
      let width = Int.random(in: 2...40, using: &random)
      let lines = wrap(pieces, width: width)
      let isBlank = { (scalar: Unicode.Scalar) in
        scalar == " " || scalar == "\u{3000}" || scalar == "\n"
      }
      func kept(_ style: Style) -> [Unicode.Scalar] {
        lines.flatMap { $0.filter { $0.style == style } }
          .flatMap { Array($0.text.unicodeScalars) }.filter { !isBlank($0) }
      }
      let message: Comment = "seed \(seed), width \(width): \(text.debugDescription)"
      for piece in pieces {
        #expect(kept(piece.style) == piece.text.unicodeScalars.filter { !isBlank($0) }, message)
      }
      for line in lines {
        #expect(displayWidth(of: line.map(\.text).joined()) <= width, message)
      }
    }
  }

  @Test func marksStayWithTheirCharacters() {
    func wrapped(_ text: String, width: Int) -> [String] {
      wrap([StyledText(text)], width: width).map { $0.map(\.text).joined() }
    }
    #expect(wrapped("重庆，制造（九龙坡）", width: 4) == ["重", "庆，", "制造", "（九", "龙", "坡）"])
    #expect(wrapped("two words", width: 5) == ["two", "words"])
    #expect(wrapped("abcdefgh", width: 3) == ["abc", "def", "gh"])
    #expect(wrap([], width: 10) == [[]])
  }

  @Test(arguments: [31, 32] as [UInt64])
  func nothingControlsTheTerminal(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let controls = (0..<0xA0).map { Unicode.Scalar(UInt8($0)) }
    let hostile = controls + ["\u{202E}", "\u{2066}", "\u{2028}"]
    for _ in 0..<200 {
      var text = String.UnicodeScalarView()
      let all = hostile + Self.alphabet
      for _ in 0..<50 { text.append(all.randomElement(using: &random) ?? "a") }
      let result = harmless(String(text))
      #expect(result.unicodeScalars.count == text.count, "seed \(seed)")
      #expect(
        !result.unicodeScalars.contains {
          $0.properties.generalCategory == .control || $0 == "\u{202E}" || $0 == "\u{2066}"
            || $0 == "\u{2028}"
        }, "seed \(seed)")
    }
    #expect(harmless("重庆 C919") == "重庆 C919")
    #expect(harmless("\u{1B}[31m") == "␛[31m")
  }

  @Test func coloursFollowTheConventions() {
    func has(
      _ choice: Console.ColorChoice, _ isTerminal: Bool, _ environment: [String: String] = [:]
    ) -> Bool {
      Console.hasColor(choice, isTerminal, Environment(environment))
    }
    #expect(has(.auto, true))
    #expect(!has(.auto, false))
    #expect(!has(.auto, true, ["NO_COLOR": "1"]))
    #expect(has(.auto, true, ["NO_COLOR": ""]))
    #expect(has(.auto, false, ["CLICOLOR_FORCE": "1"]))
    #expect(!has(.auto, false, ["CLICOLOR_FORCE": "0"]))
    #expect(!has(.auto, false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
    #expect(!has(.auto, true, ["TERM": "dumb"]))
    #expect(has(.always, false, ["NO_COLOR": "1"]))
    #expect(!has(.never, true, ["CLICOLOR_FORCE": "1"]))
  }

  @Test(arguments: [41] as [UInt64])
  func figuresAreThoseOfPrintf(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let value = Double.random(in: -1e6...1e6, using: &random)
      let plain = fixed(value, 3).replacingOccurrences(of: ",", with: "")
      #expect(plain == String(format: "%.3f", value), "seed \(seed)")
    }
    #expect(fixed(1234567.5, 1) == "1,234,567.5")
    #expect(fixed(0.04, 1) == "0.0")
    #expect(fixed(-0.01, 1) == "0.0")
    #expect(grouped(0) == "0" && grouped(999) == "999" && grouped(-1_234_567) == "-1,234,567")
    #expect(byteCount(1) == "1 byte" && byteCount(999) == "999 bytes")
    #expect(byteCount(1000) == "1.0 KB" && byteCount(999_999) == "1.0 MB")
    #expect(byteCount(4_700_000_000) == "4.7 GB")
    #expect(clockTime(7) == "0:07" && clockTime(3723) == "1:02:03" && clockTime(.infinity) == "–")
  }

  @Test func progressSaysWhereItStands() {
    var state = ProgressState(count: 12_340, done: 45_000_000, total: 100_000_000)
    #expect(
      progressText(state, after: .seconds(2)) == "45 %  12,340 articles  22.5 MB/s  0:03 left")
    state.memory = 212_000_000
    #expect(progressText(state, after: .seconds(2)).hasSuffix("212.0 MB in memory  0:03 left"))
    state.stage = "writing the index"
    #expect(
      progressText(state, after: .seconds(2)).hasSuffix("212.0 MB in memory  writing the index"))
    let nothing = ProgressState(count: 0, done: 0, total: 0)
    #expect(progressText(nothing, after: .zero) == "0 articles  0.0 MB/s")
  }
}
