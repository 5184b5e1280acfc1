import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct QueryLanguageCommandTests {
  @Test func notesSayWhereAndStrictMakesThemErrors() throws {
    let suoyin = try SeedIndex.command()
    let object = try suoyin.run("search", "--json", "重庆 views:>100").json()
    let notes = try #require(object["notes"] as? [[String: Any]])
    let note = try #require(notes.first)
    #expect(note["kind"] as? String == "misunderstood")
    #expect((note["text"] as? String)?.contains("no field “views”") == true)
    #expect(note["source"] as? [Int] == [3, 13])
    let strict = try suoyin.run("search", "--strict", "重庆 views:>100")
    #expect(strict.status == 2 && strict.output.isEmpty)
    #expect(strict.errors.contains("views"))
    #expect(try suoyin.run("search", "--strict", "重庆 AND 汽车").status == 0)
  }

  @Test func explainQueryShowsTheTreeAndThePlan() throws {
    let suoyin = try SeedIndex.command()
    let shown = try suoyin.run("explain-query", "重庆 AND (汽车 OR \"独轮车\") -成都")
    #expect(shown.status == 0)
    for line in ["all of", "any of", "phrase “独轮车”", "excluded: text “成都”", "text.grams “重庆”"] {
      #expect(shown.output.contains(line), "\(line) in \(shown.output)")
    }
    let object = try suoyin.run("explain-query", "--json", "重庆").json()
    #expect(Set(object.keys) == ["query", "tree", "found", "whole", "leaves", "notes"])
    let leaf = try #require((object["leaves"] as? [[String: Any]])?.first)
    #expect(Set(leaf.keys) == ["field", "text", "matches_alone", "df", "weight"])
    #expect(leaf["df"] as? Int == 5)
  }
}
