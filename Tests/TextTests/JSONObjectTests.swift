import FoundationEssentials
import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Our reading of JSON against Foundation's.
@Suite struct JSONObjectTests {
  /// Any JSON value, as Foundation decodes it; numbers as Double.
  private enum Value: Decodable, Equatable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case null
    case list([Value])
    case object([String: Value])

    init(from decoder: any Swift.Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode([Value].self) {
        self = .list(value)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  private static func foundation(_ text: String) -> [String: Value]? {
    try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
  }

  private static func ours(_ text: String) -> JSONObject? {
    try? JSONObject(Array(text.utf8).span)
  }

  private static func json(_ random: inout SeededGenerator, depth: Int) -> String {
    let strings = [
      #""a""#, #""重庆""#, #""\n\t\"\\\/\b\f\r""#, #""\u4e2d\u0041""#, #""\ud83d\ude00""#, #""""#,
      #""𠮷😀""#,
    ]
    let numbers = ["0", "-1", "1.50", "1e3", "-0.25E-2", "123456789", "1E+2"]
    let blank = ["", "", " ", "\t", " \r"].randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
    case 0: return strings.randomElement(using: &random) ?? "0"
    case 1: return numbers.randomElement(using: &random) ?? "0"
    case 2: return ["true", "false"].randomElement(using: &random) ?? "0"
    case 3: return "null"
    case 4:
      let count = Int.random(in: 0...3, using: &random)
      let items = (0..<count).map { _ in blank + json(&random, depth: depth + 1) + blank }
      return "[\(blank)" + items.joined(separator: ",") + "]"
    default: return object(&random, depth: depth + 1)
    }
  }

  private static func object(_ random: inout SeededGenerator, depth: Int) -> String {
    let count = Int.random(in: 0...4, using: &random)
    let members = (0..<count).map { index in
      #" "k\#(index)\u4e2d" :"# + json(&random, depth: depth)
    }
    return "{" + members.joined(separator: " ,") + " }"
  }

  @Test(arguments: 0..<400) func validObjects(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let text = Self.object(&random, depth: 0)
    let object = try #require(Self.ours(text), "seed \(seed): \(text)")
    let reference = try #require(Self.foundation(text), "seed \(seed): \(text)")
    #expect(Set(object.members.map(\.key)) == Set(reference.keys), "seed \(seed)")
    let bytes = Array(text.utf8)
    for member in object.members {
      let raw = String(decoding: bytes[member.valueRange], as: UTF8.self)
      let value = Self.foundation("{\"v\":\(raw)}")?["v"]
      #expect(value == reference[member.key], "seed \(seed)")
      if case .string(let text) = value {
        #expect(JSONString.text(of: member.valueRange, in: bytes.span).text == text, "seed \(seed)")
        #expect(member.kind == .string)
      }
    }
  }

  @Test(arguments: 0..<1_000) func damagedObjects(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 5_000)
    var scalars = Array(Self.object(&random, depth: 0).unicodeScalars)
    let intruders = Array("{}[]\",:\\0123.eE+-tn \u{1}".unicodeScalars)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let at = Int.random(in: scalars.indices, using: &random)
      if Bool.random(using: &random) {
        scalars[at] = intruders.randomElement(using: &random) ?? " "
      } else {
        scalars.remove(at: at)
      }
      if scalars.isEmpty { scalars = ["{"] }
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    // Foundation refuses a lone half of a surrogate pair, we read it as U+FFFD.
    guard !text.contains("\\u") || !text.lowercased().contains("\\ud") else { return }
    // And it accepts a comma behind the last member, which RFC 8259 does not.
    let dense = text.filter { !$0.isWhitespace }
    guard !dense.contains(",}") && !dense.contains(",]") else { return }
    #expect((Self.ours(text) != nil) == (Self.foundation(text) != nil), "seed \(seed): \(text)")
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(Self.ours("{\"a\":\(deep)}") == nil)
    let fine = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(Self.ours("{\"a\":\(fine)}") != nil)
  }
}
