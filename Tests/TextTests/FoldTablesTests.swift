import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct FoldTablesTests {
  /// ICU's transliterator over every scalar. It swaps 苧 and 苎, of which only the first is taken.
  private static func traditionalHan() throws -> [(Unicode.Scalar, Unicode.Scalar)] {
    let scalars = (0x80...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    // Line ends keep the transliterator from seeing two scalars together.
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      text.append(scalar)
      text.append("\n")
    }
    let result = try #require(
      ICU.transliterate(String(text), by: "Traditional-Simplified"))
    let targets = Array(result.unicodeScalars)
    try #require(targets.count == 2 * scalars.count)
    return scalars.indices.compactMap { i in
      let pair = (scalars[i], targets[2 * i])
      return pair.0 == pair.1 || pair.0 == "苎" ? nil : pair
    }
  }

  private static func rows(_ pairs: [String], of length: Int) -> String {
    stride(from: 0, to: pairs.count, by: length).map { start in
      pairs[start..<min(pairs.count, start + length)].joined(separator: " ")
    }.joined(separator: "\n")
  }

  /// Letters of Latin and Greek that case folding leaves, as `transform` has them in letters of
  /// `script` without a mark.
  private static func letters(
    of script: Set<ClosedRange<UInt32>>, by transform: String,
    to plain: ClosedRange<Unicode.Scalar>
  ) throws -> [String] {
    var lines: [String] = []
    for scalar in script.flatMap({ Array($0) }).sorted().compactMap(Unicode.Scalar.init) {
      var folded: [UInt16] = []
      ICU.caseFold(Array(String(scalar).utf16), into: &folded)
      guard scalar.properties.isAlphabetic, folded == Array(String(scalar).utf16) else { continue }
      lines.append(String(scalar))
    }
    let result = try #require(ICU.transliterate(lines.joined(separator: "\n"), by: transform))
    let plainLines = result.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(plainLines.count == lines.count)
    var pairs: [String] = []
    for (line, result) in zip(lines, plainLines) {
      guard line != result, !result.isEmpty, result.unicodeScalars.allSatisfy(plain.contains)
      else { continue }
      pairs.append("\(line)\(result)")
    }
    return pairs
  }

  @Test func latinLettersAreICUs() throws {
    let latin = try Self.letters(
      of: [
        0x80...0x2AF, 0x1D00...0x1DBF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA722...0xA7FF,
        0xAB30...0xAB6F,
      ],
      by: "Latin-ASCII", to: "a"..."z")
    let greek = try Self.letters(
      of: [0x370...0x3FF, 0x1F00...0x1FFF], by: "NFD; [:Mn:] Remove; NFC", to: "α"..."ω")
    try Self.expect(LatinLetters.pairs, Self.rows(latin + greek, of: 30), in: "LatinLetters")
  }

  @Test func traditionalHanIsICUs() throws {
    let pairs = try Self.traditionalHan().map { "\($0.0)\($0.1)" }
    try Self.expect(TraditionalHan.pairs, Self.rows(pairs, of: 30), in: "TraditionalHan")
  }

  /// Compares a generated table, or writes it.
  private static func expect(_ table: String, _ rows: String, in name: String) throws {
    if ProcessInfo.processInfo.environment["SUOYIN_WRITE_TABLE"] != nil {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Text/Fold/\(name).swift").standardizedFileURL
      let source = try String(contentsOf: file, encoding: .utf8)
      let parts = source.components(separatedBy: "\"\"\"")
      try #require(parts.count == 3)
      let indented = rows.split(separator: "\n").map { "    \($0)\n" }.joined()
      try "\(parts[0])\"\"\"\n\(indented)    \"\"\"\(parts[2])"
        .write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(table == rows)
    }
  }

  @Test(arguments: [
    HanVariants.japanese, HanVariants.other, HanVariants.radicals, RareHan.common,
    RareHan.extensions, KanaVariants.counters, KanaVariants.historic, LatinLetters.pairs,
    CompatibilityForms.circled,
  ])
  func variantsAddToWhatStandsBeforeThem(_ table: String) {
    let traditional = Set(PairTable(TraditionalHan.pairs).pairs.map(\.0))
    var seen: Set<UInt32> = []
    for (source, target) in PairTable(table).pairs {
      let name = String(source, radix: 16)
      #expect(!traditional.contains(source), "U+\(name) is ICU's already")
      #expect(seen.insert(source).inserted, "U+\(name) twice")
      #expect(source != target, "U+\(name)")
      #expect(FoldTables.shared.target(of: source) == target, "U+\(name)")
      #expect(FoldTables.shared.target(of: target) == target, "U+\(name)")
    }
  }

  /// What simplified text writes is found by what ICU makes of it in traditional characters.
  @Test func traditionalFindsSimplified() throws {
    let scalars = (0x3400...0x323AF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
      .filter { $0.properties.isIdeographic }
    let text = scalars.map(String.init).joined(separator: "\n")
    let result = try #require(ICU.transliterate(text, by: "Simplified-Traditional"))
    let traditional = result.unicodeScalars.filter { $0 != "\n" }
    try #require(traditional.count == scalars.count)
    var folder = Folder(tables: .shared)
    func fold(_ scalars: some Sequence<Unicode.Scalar>) -> [ArraySlice<UInt16>] {
      var folded: [UInt16] = []
      var map = NoFoldMap()
      let text = scalars.map(String.init).joined(separator: "\n")
      folder.fold(text.utf8.span, edits: [], into: &folded, map: &map)
      return folded.split(separator: 0x0A)
    }
    let folds = zip(fold(scalars), fold(traditional))
    for ((simplified, traditional), folds) in zip(zip(scalars, traditional), folds)
    where simplified != "沉" && folds.0 != folds.1 {
      Issue.record("\(simplified) \(traditional)")
    }
  }

  @Test func fingerprintIsThatOfTheTables() {
    // Changes with every change of the tables, and then old indexes are asked to be rebuilt.
    #expect(FoldTables.shared.fingerprint.utf8.count == 16)
    #expect(FoldTables.shared.fingerprint != FoldTables(steps: []).fingerprint)
    let one = FoldTables(steps: [PairTable("氣气 圖图")])
    #expect(one.fingerprint == FoldTables(steps: [PairTable("氣气\n圖图")]).fingerprint)
    #expect(one.fingerprint != FoldTables(steps: [PairTable("圖图 氣气")]).fingerprint)
    #expect(Analyzer.cjk.description.tables == FoldTables.shared.fingerprint)
  }

  @Test func laterStepsTakeUpEarlierTargets() {
    let tables = FoldTables(steps: [PairTable("薴苧 苧苎 氣気"), PairTable("気气")])
    #expect(tables.target(of: 0x85B4) == 0x82CE)
    #expect(tables.target(of: 0x6C23) == 0x6C14)
    #expect(tables.target(of: 0x6C17) == 0x6C14)
  }

  /// Step after step, each changing what those before have made.
  @Test func stepsFollowOneAnother() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<300 {
      let lists = (0..<4).map { _ in
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          (
            UInt32.random(in: 0x4E00..<0x4E10, using: &random),
            UInt32.random(in: 0x4E00..<0x4E14, using: &random)
          )
        }
      }
      var expected: [UInt32: UInt32] = [:]
      for pairs in lists {
        let following = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        for (source, target) in expected { expected[source] = following[target] ?? target }
        for (source, target) in pairs where expected[source] == nil {
          expected[source] = following[target] ?? target
        }
      }
      let tables = FoldTables(
        steps: lists.map { pairs in
          var text = String.UnicodeScalarView()
          for (source, target) in pairs {
            for number in [source, target, 0x20] {
              if let scalar = Unicode.Scalar(number) { text.append(scalar) }
            }
          }
          return PairTable(String(text))
        })
      for scalar in UInt32(0x4E00)..<0x4E14 {
        #expect(tables.target(of: scalar) == expected[scalar] ?? scalar)
      }
    }
  }
}
