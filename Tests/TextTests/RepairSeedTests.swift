import Testing

@testable import SuoyinText

@Suite struct RepairSeedTests {
  private struct Label: Equatable {
    var joins: Bool
    var blankLines: Int
    var end: String
    var start: String
  }

  /// The labels by file name, in order.
  private static func labels() throws -> [(file: String, labels: [Label])] {
    var articles: [(file: String, labels: [Label])] = []
    for row in RepairSeedBoundaries.labels.split(separator: "\n") {
      if row.hasPrefix("# ") {
        articles.append((String(row.dropFirst(2)), []))
        continue
      }
      let head = row.prefix { $0 != "…" }.split(separator: " ")
      let sides = row.drop { $0 != "…" }.dropFirst().dropLast().split(separator: " ⏎ ")
      try #require(head.count == 2 && sides.count == 2 && !articles.isEmpty)
      articles[articles.count - 1].labels.append(
        Label(
          joins: head[0] == "join", blankLines: try #require(Int(head[1])),
          end: String(sides[0]), start: String(sides[1])))
    }
    return articles
  }

  @Test func labelsCoverAllBoundaries() throws {
    let all = try Self.labels().flatMap(\.labels)
    #expect(all.count == 216)
    #expect(all.count { $0.joins } == 12)
  }

  @Test func noWrongAndNoMissedJoin() throws {
    for (file, labels) in try Self.labels() {
      let text = try RepairSupport.seed(file)
      let found = RepairSupport.boundaries(of: text)
      try #require(found.count == labels.count, "boundaries of \(file)")
      for (label, boundary) in zip(labels, found) {
        #expect(boundary.end.hasSuffix(label.end) && boundary.start.hasPrefix(label.start))
        #expect(boundary.blankLines == label.blankLines)
        #expect(
          boundary.isRepaired == label.joins, "\(file): …\(label.end) ⏎ \(label.start)…")
      }
    }
  }

  @Test func nothingElseIsEdited() throws {
    var edits = 0
    for (file, _) in try Self.labels() {
      edits += LineRepair.edits(of: try RepairSupport.seed(file)).count
    }
    #expect(edits == 12)
  }

  @Test func repairingTwiceChangesNothing() throws {
    for (file, _) in try Self.labels() {
      let repaired = RepairSupport.repaired(try RepairSupport.seed(file))
      #expect(LineRepair.edits(of: repaired) == [], "\(file)")
    }
  }
}
