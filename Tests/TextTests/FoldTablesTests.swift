import Foundation
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

  private static func rows(_ pairs: [(Unicode.Scalar, Unicode.Scalar)]) -> String {
    stride(from: 0, to: pairs.count, by: 30).map { start in
      pairs[start..<min(pairs.count, start + 30)].map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }.joined(separator: "\n")
  }

  @Test func traditionalHanIsICUs() throws {
    let rows = Self.rows(try Self.traditionalHan())
    if ProcessInfo.processInfo.environment["SUOYIN_WRITE_TABLE"] != nil {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Text/Fold/TraditionalHan.swift").standardizedFileURL
      let source = try String(contentsOf: file, encoding: .utf8)
      let parts = source.components(separatedBy: "\"\"\"")
      try #require(parts.count == 3)
      let indented = rows.split(separator: "\n").map { "    \($0)\n" }.joined()
      try "\(parts[0])\"\"\"\n\(indented)    \"\"\"\(parts[2])"
        .write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(TraditionalHan.pairs == rows)
    }
  }

  @Test(arguments: [
    HanVariants.japanese, HanVariants.other, HanVariants.radicals, KanaVariants.counters,
    KanaVariants.historic,
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
}
