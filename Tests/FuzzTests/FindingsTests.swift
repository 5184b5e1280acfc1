import Foundation
import SuoyinFuzz
import SuoyinTestSupport
import Testing

/// What fuzzing ever found, and a second of random bytes for each target.
@Suite(.serialized) struct FindingsTests {
  @Test(arguments: FuzzTarget.allCases) func findingsStayFixed(_ target: FuzzTarget) throws {
    let folder = "\(Seeds.checkout)/Tests/Fuzz/Findings/\(target.rawValue)"
    guard FileManager.default.fileExists(atPath: folder) else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      target.run(Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
    }
  }

  @Test(arguments: FuzzTarget.allCases) func anyBytesAreTaken(_ target: FuzzTarget) {
    var random = SeededGenerator(seed: 1)
    let pieces: [[UInt8]] = [
      Array("<top>\n<num> 1\n<title> 电池\n</top>\n".utf8), Array("1 0 a 1\n".utf8),
      [0xEF, 0xBB, 0xBF],
      Array(#"{"_id": "a", "text": "燃\uD83D\u0000料"}"#.utf8), [0x0A], [0x0D, 0x0A], [0xFF, 0xFE],
      Array("\"依托本地\" -C919 a* (".utf8), Array("1 Q0 a 1 0.5 r\n".utf8), [0xA4, 0xE5, 0x00],
      Array("1\t电池\n".utf8), Array("a, b => c".utf8), [0x89] + Array("SUOYIN\nSEGM".utf8),
    ]
    for _ in 0..<(target == .segment ? 20 : 60) {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        bytes += pieces.randomElement(using: &random) ?? []
        bytes.append(UInt8.random(in: 0...255, using: &random))
        if Bool.random(using: &random), !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
      }
      target.run(bytes)
    }
  }
}
