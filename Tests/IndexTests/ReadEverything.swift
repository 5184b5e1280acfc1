import SuoyinStorage
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Reads all that a segment holds, as a search, a merge and a check would; every damage ends in a
/// typed error, and what cursors promise holds whatever the bytes are.
func readEverything(_ segment: Segment, sourceLocation: SourceLocation = #_sourceLocation) {
  let count = UInt32(segment.documentCount)
  var last = StoredArticles.LastBlock()
  var ids = segment.identifiers.ids.makeReader()
  for document in 0..<count {
    _ = segment.isLive(document)
    _ = segment.ordinal(of: document)
    _ = try? segment.article(document)
    _ = segment.document(ofRecord: document)
    _ = segment.identifiers.content(of: document)
    _ = try? segment.articles.article(document, last: &last)
    if let id = try? ids.id(of: document) {
      _ = try? segment.liveRecord(id: id)
    }
  }
  for column in segment.columns {
    for document in 0..<count {
      for ordinal in column.ordinals(of: column.code(of: document)) {
        _ = try? column.value(ordinal)
      }
    }
    var live = (0..<(segment.documentCount + 63) / 64).map { segment.liveDocuments(ofRange: $0) }
    _ = column.counts(in: live)
    let half = try? column.partitionPoint { $0.description < "2024" }
    column.keep(ColumnCodes(column, holding: [0..<(half ?? 0)]), in: &live)
  }
  for id in FieldID.all {
    let field = segment.field(id)
    for document in 0..<count { _ = field.length(of: document) }
    guard var terms = try? field.terms() else { continue }
    while let entry = try? terms.next() {
      readEverything(field.postings(entry), below: count, sourceLocation: sourceLocation)
      readEverything(field.blocks(entry), below: count, sourceLocation: sourceLocation)
      _ = try? field.entry(for: terms.term)
      _ = try? field.entry(for: terms.term + [0])
    }
  }
  _ = segment.verify()
}

/// Reads the blocks of a list from the last to the first, and all that its headers say.
func readEverything(
  _ list: PostingBlocks, below limit: UInt32, sourceLocation: SourceLocation = #_sourceLocation
) {
  let block = PostingBlock()
  let reader = PositionReader(list)
  var positions: [UInt32] = []
  for number in (0..<list.blockCount).reversed() {
    _ = list.bound(of: number)
    let reached = list.block(reaching: list.lastDocument(of: number), from: 0)
    #expect(reached <= list.blockCount, sourceLocation: sourceLocation)
    let isWhole = list.decodeDocuments(of: number, into: block)
    #expect(isWhole || block.count == 0, sourceLocation: sourceLocation)
    list.decodeFrequencies(of: number, into: block)
    let documents = block.documentArray
    #expect(
      documents.allSatisfy { $0 < limit } && zip(documents, documents.dropFirst()).allSatisfy(<),
      sourceLocation: sourceLocation)
    for index in documents.indices.reversed() {
      _ = reader.positions(of: index, in: block, number: number, into: &positions)
    }
  }
  _ = list.bound
  for k in [1, 10, 100, 1000, 1001] {
    #expect(list.threshold(k) >= 0, sourceLocation: sourceLocation)
  }
  _ = list.rangeBounds?.shares.max()
}

/// Walks and seeks through a list and holds its cursor to its contract.
func readEverything(
  _ start: PostingCursor, below limit: UInt32, sourceLocation: SourceLocation = #_sourceLocation
) {
  var positions: [UInt32] = []
  for step in [0, 1, 2, 300] as [UInt32] {
    var cursor = start
    var last: UInt32?
    var steps = 0
    while cursor.document != PostingCursor.end {
      #expect(cursor.document < limit, sourceLocation: sourceLocation)
      if let last { #expect(cursor.document > last, sourceLocation: sourceLocation) }
      last = cursor.document
      _ = cursor.frequency
      cursor.positions(into: &positions)
      #expect(positions == positions.sorted(), sourceLocation: sourceLocation)
      if step == 0 { cursor.advance() } else { cursor.seek(to: cursor.document &+ step) }
      steps += 1
      if steps > limit {
        Issue.record("more steps than documents", sourceLocation: sourceLocation)
        return
      }
    }
  }
}
