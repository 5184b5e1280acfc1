import Suoyin
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct NearestNameTests {
  /// The distance by its definition, without a table.
  private func naiveDistance(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
    guard let lastA = a.last else { return b.count }
    guard let lastB = b.last else { return a.count }
    var best = min(
      naiveDistance(a.dropLast(), b) + 1, naiveDistance(a, b.dropLast()) + 1,
      naiveDistance(a.dropLast(), b.dropLast()) + (lastA == lastB ? 0 : 1))
    if a.count > 1, b.count > 1, lastA == b.dropLast().last, a.dropLast().last == lastB {
      best = min(best, naiveDistance(a.dropLast(2), b.dropLast(2)) + 1)
    }
    return best
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func theTableAgreesWithTheDefinition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let a = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Character(["a", "b", "c", "汉"].randomElement(using: &random) ?? "a")
      }
      let b = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Character(["a", "b", "c", "汉"].randomElement(using: &random) ?? "a")
      }
      #expect(
        EditDistance.between(a, b) == naiveDistance(a[...], b[...]),
        "seed \(seed): \(String(a)) \(String(b))")
    }
  }

  @Test func aSlipFindsItsName() {
    let names = ["limit", "offset", "json", "explain", "index", "color"]
    #expect(nearestName(to: "limt", among: names) == "limit")
    #expect(nearestName(to: "lmiit", among: names) == "limit")
    #expect(nearestName(to: "offsets", among: names) == "offset")
    #expect(nearestName(to: "jsno", among: names) == "json")
    #expect(nearestName(to: "colour", among: names) == "color")
    #expect(nearestName(to: "exp", among: names) == "explain")
    #expect(nearestName(to: "banana", among: names) == nil)
    #expect(nearestName(to: "x", among: []) == nil)
  }
}
