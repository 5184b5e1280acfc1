import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct DecoderTests {
  /// A paragraph of each language, long enough for a detector.
  private static let chinese = """
    近年来，重庆加快推进制造业转型升级，聚焦汽车、电子信息、先进材料等产业集群，推动科技成果转化和产业化。
    目前，全市规模以上工业企业达到七千余家，产业大脑和未来工厂建设取得明显成效。
    """
  private static let traditional = """
    近年來，重慶加快推進製造業轉型升級，聚焦汽車、電子資訊、先進材料等產業群聚，推動科技成果轉化和產業化。
    目前，全市規模以上工業企業達到七千餘家，產業大腦和未來工廠建設取得明顯成效。
    """
  private static let japanese = """
    近年、重慶は製造業の高度化を加速させており、自動車や電子情報などの産業クラスターに力を入れている。
    現在、市内の大規模な工業企業は七千社を超え、未来の工場の建設でも成果を上げている。
    """
  private static let korean = """
    최근 몇 년 동안 충칭은 제조업의 전환과 고도화를 가속화하고 있으며 자동차와 전자 정보 산업에 집중하고 있다.
    현재 시내의 대규모 공업 기업은 칠천여 개에 이르고 미래 공장 건설도 뚜렷한 성과를 거두고 있다.
    """

  private static func encode(_ text: String, in name: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["iconv", "-f", "UTF-8", "-t", name]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return Array(bytes)
  }

  @Test(arguments: [
    ("GB18030", "GB18030", chinese), ("GBK", "GB18030", chinese), ("BIG5", "Big5", traditional),
    ("SHIFT_JIS", "Shift_JIS", japanese), ("EUC-JP", "EUC-JP", japanese),
    ("EUC-KR", "EUC-KR", korean), ("UTF-8", "UTF-8", korean),
  ])
  func detects(_ name: String, as expected: String, _ text: String) throws {
    let bytes = try Self.encode(text, in: name)
    let decoded = Decoder.decode(bytes)
    #expect(decoded.encoding.name == expected)
    #expect(decoded.text == text)
    #expect(decoded.faults.isEmpty)
    let declared = Decoder.decode(bytes, declared: try TextEncoding(named: name))
    #expect(declared.text == text)
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"])
  func aByteOrderMarkWinsAndGoes(_ name: String) throws {
    let text = "氨𠮷abc"
    let bytes = try Self.encode("\u{FEFF}" + text, in: name)
    for declared in [nil, try TextEncoding(named: "big5")] {
      let decoded = Decoder.decode(bytes, declared: declared)
      #expect(decoded.text.unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(decoded.encoding.name == name)
      #expect(decoded.faults.isEmpty)
    }
  }

  @Test func shortTextThatCouldBeAnythingIsGB18030() throws {
    for text in ["重庆", "产业", "工业企业", "集群发展壮大", "中国"] {
      let decoded = Decoder.decode(try Self.encode(text, in: "GB18030"))
      #expect(decoded.encoding.name == "GB18030")
      #expect(decoded.text == text)
    }
  }

  @Test func shortTextInWesternOrCyrillicLettersIsLeftToTheDetector() throws {
    let cyrillic = "Россия и Китай развивают сотрудничество"
    #expect(Decoder.decode(try Self.encode(cyrillic, in: "WINDOWS-1251")).text == cyrillic)
    let german = "Über die Straße ging er nach Hause"
    #expect(Decoder.decode(try Self.encode(german, in: "ISO-8859-1")).text == german)
  }

  @Test func faultsAreReportedWithTheirPlace() {
    var bytes = Array("中国文a".utf8)
    bytes.insert(contentsOf: [0xE4, 0xB8], at: 9)
    bytes.insert(0xFF, at: 6)
    let decoded = Decoder.decode(bytes, declared: .utf8)
    #expect(decoded.text == "中国\u{FFFD}文\u{FFFD}a")
    #expect(
      decoded.faults == [
        DecodingFault(offset: 6, bytes: [0xFF]), DecodingFault(offset: 10, bytes: [0xE4, 0xB8]),
      ])
    let marked = Decoder.decode([0xEF, 0xBB, 0xBF] + bytes)
    #expect(marked.text == decoded.text)
    #expect(marked.faults.map(\.offset) == [9, 13])
  }

  @Test func aMostlyValidTextOfUTF8StaysUTF8() {
    var bytes = Array(Self.chinese.utf8)
    bytes.insert(0xFF, at: 30)
    let decoded = Decoder.decode(bytes)
    #expect(decoded.encoding == .utf8)
    #expect(decoded.faults == [DecodingFault(offset: 30, bytes: [0xFF])])
  }

  @Test func halfAPairOfSurrogatesIsAFault() {
    let decoded = Decoder.decode([0xFF, 0xFE, 0x61, 0, 0x00, 0xD8, 0x62, 0, 0x00, 0xDC])
    #expect(decoded.text == "a\u{FFFD}b\u{FFFD}")
    #expect(decoded.faults.map(\.offset) == [4, 8])
    #expect(Decoder.decode([0xFF, 0xFE, 0x61]).faults == [DecodingFault(offset: 2, bytes: [0x61])])
  }

  @Test(arguments: ["GB18030", "Big5", "Shift_JIS", "EUC-KR", "UTF-16LE", "UTF-8"])
  func faultsTileTheFileInAnyCharset(_ name: String) throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let bytes = (0..<1200).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let decoded = Decoder.decode([0x20] + bytes, declared: try TextEncoding(named: name))
      var end = 0
      for fault in decoded.faults {
        #expect(fault.offset >= end, "\(name), seed \(seed)")
        #expect(!fault.bytes.isEmpty, "\(name), seed \(seed)")
        end = fault.offset + fault.bytes.count
        #expect(end <= bytes.count + 1)
        #expect(Array(([0x20] + bytes)[fault.offset..<end]) == fault.bytes)
      }
      let marks = decoded.text.unicodeScalars.count { $0 == "\u{FFFD}" }
      #expect(marks >= decoded.faults.count, "\(name), seed \(seed)")
      #expect(decoded.faultCount == decoded.faults.count, "\(name), seed \(seed)")
    }
  }

  /// Charsets that keep a state between characters, and other odd ones.
  @Test(arguments: [
    "UTF-7", "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN", "HZ-GB-2312", "SCSU", "BOCU-1", "UTF-16",
    "UTF-32", "LMBCS-1", "EUC-JP", "EUC-TW", "Big5-HKSCS", "IMAP-mailbox-name", "x-iscii-de",
    "windows-1252", "KOI8-R", "CESU-8", "ibm-037",
  ])
  func noBytesStopADecoder(_ name: String) throws {
    let encoding = try TextEncoding(named: name)
    for seed in 0..<50 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let bytes = (0..<3000).map { _ in
        Int.random(in: 0..<8, using: &generator) == 0
          ? [0x1B, 0x24, 0x7E, 0x0E, 0x0F, 0x2B].randomElement(using: &generator) ?? 0
          : UInt8.random(in: 0...255, using: &generator)
      }
      let decoded = Decoder.decode(bytes, declared: encoding)
      let offsets = decoded.faults.map(\.offset)
      #expect(offsets == offsets.sorted(), "\(name), seed \(seed)")
      #expect(offsets.allSatisfy { $0 <= bytes.count }, "\(name), seed \(seed)")
    }
  }

  @Test func faultsBeyondThoseKeptAreCounted() {
    let decoded = Decoder.decode([UInt8](repeating: 0xFF, count: 5000), declared: .utf8)
    #expect(decoded.faultCount == 5000)
    #expect(decoded.faults.count == DecodedText.faultsKept)
    #expect(decoded.text.unicodeScalars.count == 5000)
  }

  /// The output of the converter comes in pieces of 64 K units: no pair of surrogates is cut.
  @Test func longTextsSurviveThePieces() throws {
    let text = "a" + String(repeating: "𠮷", count: 200_000)
    #expect(Decoder.decode(try Self.encode(text, in: "GB18030"), declared: .gb18030).text == text)
    #expect(Decoder.decode(try Self.encode("\u{FEFF}" + text, in: "UTF-16BE")).text == text)
  }

  @Test func emptyFilesAndMarksAlone() {
    #expect(Decoder.decode([]).text.isEmpty)
    #expect(Decoder.decode([], declared: .gb18030).text.isEmpty)
    #expect(Decoder.decode([0xEF, 0xBB, 0xBF]).text.isEmpty)
    #expect(Decoder.decode([0xFF, 0xFE]).text.isEmpty)
  }

  @Test(arguments: [
    ("gbk", "GBK"), ("sjis", "Shift_JIS"), ("big5", "Big5"), ("euc-kr", "EUC-KR"),
    ("utf8", "UTF-8"), ("cp936", "GBK"), ("GB18030", "GB18030"), ("utf-16", "UTF-16"),
  ])
  func namesAreICUs(_ label: String, _ name: String) throws {
    #expect(try TextEncoding(named: label).name == name)
  }

  @Test(arguments: ["", "klingon", "utf-8\0x", String(repeating: "x", count: 5000)])
  func unknownNamesAreErrors(_ label: String) {
    #expect(throws: UnknownEncoding(name: label)) { try TextEncoding(named: label) }
  }
}
