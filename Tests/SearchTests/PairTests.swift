import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite("A word is found nowhere but where its pair is")
struct PairTests {
  @Test("in random articles", arguments: 0..<4)
  func words(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    for _ in 0..<2 {
      let writer = try memory.makeWriter(options: options)
      for _ in 0..<60 {
        _ = try writer.add(
          Article(
            id: "\(UInt64.random(in: 0...(.max), using: &random))",
            title: Bool.random(using: &random) ? NaiveSearchTests.text(3, &random) : nil,
            text: NaiveSearchTests.text(12, &random)))
      }
      try writer.commit()
    }
    let snapshot = try IndexSnapshot.open(at: memory.path)
    let sources = SourcePaths()
    let session = snapshot.analyzer.makeSession()
    var words = 0
    for _ in 0..<60 {
      let plan = try QueryPlan(
        QueryParser.parse(NaiveSearchTests.text(6, &random)), on: snapshot, sources: sources,
        session: session)
      for leaf in plan.leaves {
        guard let pair = leaf.pair.map({ plan.leaves[$0] }) else { continue }
        #expect(leaf.matchesAlone && pair.matchesAlone && leaf.field != pair.field)
        words += 1
        for segment in snapshot.segments {
          let found = try leaf.documents(in: segment).documents
          #expect(Set(try pair.documents(in: segment).documents).isSuperset(of: found))
        }
      }
    }
    #expect(words > 50)
  }
}
