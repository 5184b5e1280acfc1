import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Indexes of random articles, changes and commits hold exactly what the oracle holds.
@Suite struct RandomIndexTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func agreesWithOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var oracle = Oracle()
    // With a budget of one byte each article is a segment of its own before the commit.
    let budget = seed % 3 == 0 ? 1 : 512 << 20
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let writer = try MergeTests.writer(at: folder, memoryBudget: budget)
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        if Int.random(in: 0..<5, using: &random) == 0 {
          let id = "id\(Int.random(in: 0..<40, using: &random))"
          #expect(try writer.delete(id: id) == oracle.delete(id: id), "seed \(seed)")
        } else {
          let article = Self.article(using: &random)
          let outcome = oracle.add(article)
          #expect(try writer.addPlain(article) == outcome, "seed \(seed)")
          if budget == 1, outcome == .added || outcome == .replaced { oracle.endSegment() }
        }
      }
      try writer.commit()
      oracle.commit()
      try expectEqual(try IndexSnapshot.open(at: folder.path), oracle, seed: seed)
    }
  }

  static func article(using random: inout SeededGenerator) -> Article {
    let title = text(words: 0...6, using: &random)
    return Article(
      id: "id\(Int.random(in: 0..<40, using: &random))",
      title: Bool.random(using: &random) ? title : nil,
      text: text(words: 0...(Bool.random(using: &random) ? 4 : 300), using: &random),
      path: Bool.random(using: &random) ? "some/path.txt" : nil,
      date: Bool.random(using: &random) ? "2024-05-06" : nil,
      extra: Bool.random(using: &random) ? "{\"a\":1}" : nil,
      repairsLines: Bool.random(using: &random))
  }

  /// Words of a skewed vocabulary in which prefixes, NULs and lengths around eight bytes abound.
  static func text(words: ClosedRange<Int>, using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: words, using: &random)).map { _ in
      let rank = Int(1 / Double.random(in: 0.002...1, using: &random))
      switch rank % 7 {
      case 0: return "字\(rank)典"
      case 1: return "|"
      case 2: return "長" + String(repeating: "い", count: rank % 40)
      case 3: return "a\0" + String(repeating: "\0", count: rank % 9)
      case 4: return String(repeating: "b", count: rank % 13 + 1)
      default: return "w\(rank)"
      }
    }.joined(separator: " ")
  }
}

/// Compares everything that a reader can ask for.
func expectEqual(
  _ snapshot: IndexSnapshot, _ oracle: Oracle, seed: UInt64,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var random = SeededGenerator(seed: seed &+ 1000)
  #expect(snapshot.segments.count == oracle.segments.count, sourceLocation: sourceLocation)
  for (segment, expected) in zip(snapshot.segments, oracle.segments) {
    try #require(segment.documentCount == expected.articles.count, sourceLocation: sourceLocation)
    for (document, article) in expected.articles.enumerated() {
      let number = UInt32(document)
      #expect(segment.isLive(number) == expected.isLive[document])
      #expect(segment.ordinal(of: number) == expected.ordinals[document])
      #expect(try segment.article(number) == article)
    }
    for id in FieldID.all {
      let field = segment.field(id)
      let batches = expected.batches(of: id)
      #expect(
        batches.indices.allSatisfy { field.length(of: UInt32($0)) == batches[$0].fieldLength })
      #expect(field.documentCount == batches.count { $0.fieldLength > 0 })
      #expect(field.totalLength == batches.reduce(0) { $0 + Int($1.fieldLength) })
      try expectEqual(field, expected.postings(of: id), using: &random)
    }
  }
  for number in 0..<45 {
    let expected = oracle.place(of: "id\(number)")
    let found = snapshot.document(id: "id\(number)")
    #expect(found?.segment == expected?.segment && found?.document == expected.map { UInt32($0.1) })
  }
}

/// Compares a field's dictionary and all of its lists.
func expectEqual(
  _ field: SegmentField, _ lists: [[UInt8]: [Posting]], using random: inout SeededGenerator
) throws {
  let terms = lists.keys.sorted { $0.lexicographicallyPrecedes($1) }
  var iterator = try field.terms()
  for term in terms {
    let entry = try #require(try iterator.next())
    #expect(iterator.term == term)
    #expect(try field.entry(for: term) == entry)
    let list = lists[term] ?? []
    #expect(entry.documentFrequency == list.count)
    #expect(entry.totalFrequency == list.reduce(0) { $0 + Int($1.frequency) })
    expectEqual(field.postings(entry), list, hasPositions: field.id.hasPositions, using: &random)
    let neighbors: [[UInt8]] = [term + [0], term.dropLast(), term + [255], term.dropLast() + [1]]
    for neighbor in neighbors where lists[neighbor] == nil {
      #expect(try field.entry(for: neighbor) == nil)
    }
    if let prefix = [term.prefix(1), term.prefix(4), term[...]].randomElement(using: &random) {
      var matches = try field.terms(withPrefix: Array(prefix))
      var found: [[UInt8]] = []
      while try matches.next() != nil { found.append(matches.term) }
      #expect(found == terms.filter { $0.starts(with: prefix) })
    }
  }
  #expect(try iterator.next() == nil)
}

/// Walks through a list from start to end, then in random steps and seeks.
func expectEqual(
  _ start: PostingCursor, _ list: [Posting], hasPositions: Bool,
  using random: inout SeededGenerator
) {
  var cursor = start
  var positions: [UInt32] = [7]
  for posting in list {
    let found = cursor.document
    #expect(found == posting.document)
    if found != posting.document { return }
    #expect(cursor.frequency == posting.frequency)
    cursor.positions(into: &positions)
    #expect(positions == posting.positions)
    cursor.advance()
  }
  #expect(cursor.document == PostingCursor.end && cursor.frequency == 0 && !cursor.isDamaged)
  cursor.advance()
  cursor.seek(to: 0)
  #expect(cursor.document == PostingCursor.end)

  cursor = start
  var index = 0
  while index < list.count {
    if Bool.random(using: &random) {
      cursor.advance()
      index += 1
    } else {
      let span = Bool.random(using: &random) ? 3 : 2000
      let target = list[index].document + UInt32(Int.random(in: 0...span, using: &random))
      cursor.seek(to: target)
      index += list[index...].prefix { $0.document < target }.count
    }
    let copy = cursor
    #expect(cursor.document == (index < list.count ? list[index].document : PostingCursor.end))
    if index < list.count, Bool.random(using: &random) {
      cursor.positions(into: &positions)
      #expect(positions == list[index].positions)
      #expect(copy.frequency == list[index].frequency)
    }
  }
}
