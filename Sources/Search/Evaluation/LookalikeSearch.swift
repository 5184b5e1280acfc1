internal import SuoyinIndex

/// Finds the documents of a segment's field that hold phrases of whose terms each may be one of several,
/// one phrase or some near one another.
struct LookalikeSearch {
  /// The lists of the terms that may stand in one place.
  private struct Alternatives {
    var cursors: [PostingCursor] = []

    /// The first document from one on that has any of the terms; ``PostingCursor/end`` where none has.
    mutating func seek(to document: UInt32) -> UInt32 {
      var first = PostingCursor.end
      for index in cursors.indices {
        cursors[index].seek(to: document)
        first = min(first, cursors[index].document)
      }
      return first
    }

    /// Where the document that was sought has any of the terms, ascending. No two of them stand in one
    /// place, since all have as many characters.
    mutating func positions(in document: UInt32) -> [UInt32] {
      var all: [UInt32] = []
      var own: [UInt32] = []
      for index in cursors.indices where cursors[index].document == document {
        cursors[index].positions(into: &own)
        all += own
      }
      return all.sorted()
    }
  }

  /// A phrase: the numbers of its places' lists, and at which offsets each has to be.
  private typealias Part = [(number: Int, steps: [OffsetSteps])]

  private let lists: [Alternatives]
  private let parts: [Part]
  private let near: Near?

  /// - Parameters:
  ///   - phrases: one, or those that have to stand near one another.
  ///   - field: one with positions.
  init(
    _ phrases: [[PhraseTerm]], _ near: Near?, in field: SegmentField
  ) throws(IndexError) {
    var numbers: [[UInt8]: Int] = [:]
    var lists: [Alternatives] = []
    var parts: [Part] = []
    for phrase in phrases {
      // A term that comes more than once is one list.
      var offsets: [Int: [UInt32]] = [:]
      var order: [Int] = []
      for term in phrase {
        let number = numbers[term.term] ?? lists.count
        if number == lists.count {
          numbers[term.term] = number
          var held = Alternatives()
          for other in [term.term] + term.lookalikes {
            if let entry = try field.entry(for: other) {
              held.cursors.append(field.postings(entry))
            }
          }
          lists.append(held)
        }
        if offsets[number] == nil { order.append(number) }
        offsets[number, default: []].append(term.offset)
      }
      parts.append(order.map { ($0, OffsetSteps.of(offsets[$0] ?? [])) })
    }
    self.lists = lists
    self.parts = parts
    self.near = near
  }

  /// Calls `body` with each document, ascending, and how often it holds what is looked for.
  ///
  /// - Parameter watch: ends it early.
  /// - Complexity: linear in the lists' documents, and in the positions of those that hold a term for
  ///   each place.
  func visit(_ watch: SearchWatch?, _ body: (_ document: UInt32, _ frequency: UInt32) -> Void) {
    guard !lists.isEmpty else { return }
    var lists = lists
    var document: UInt32 = 0
    var agreeing = 0
    var number = 0
    while !(watch?.endsInLoop() ?? false) {
      let next = lists[number].seek(to: document)
      guard next != PostingCursor.end else { return }
      agreeing = next == document ? agreeing + 1 : 1
      document = next
      number = (number + 1) % lists.count
      guard agreeing == lists.count else { continue }
      let frequency = frequency(in: document, &lists)
      if frequency > 0 { body(document, frequency) }
      document += 1
      agreeing = 0
    }
  }

  private func frequency(in document: UInt32, _ lists: inout [Alternatives]) -> UInt32 {
    var starts: [[UInt32]] = []
    for part in parts {
      // The first term of a phrase is at its start.
      var found = part.first.map { lists[$0.number].positions(in: document) } ?? []
      for (number, steps) in part {
        let positions = lists[number].positions(in: document)
        for step in steps where !found.isEmpty { step.keep(&found, at: positions) }
      }
      if found.isEmpty { return 0 }
      starts.append(found)
    }
    return near?.count(starts) ?? UInt32(starts[0].count)
  }
}
