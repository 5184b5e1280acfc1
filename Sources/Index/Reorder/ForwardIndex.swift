import SuoyinStorage

/// Which terms each of some documents has, as numbers: an inverted index the other way round.
struct ForwardIndex: Sendable {
  /// Where each document's terms begin; one more, where the last one's end.
  private(set) var starts: [UInt32]
  private(set) var terms: [UInt32]
  /// Terms are below it.
  let termCount: Int

  var documentCount: Int { starts.count - 1 }

  /// - Parameter lists: the terms of each document, those of one different.
  init(_ lists: [[UInt32]], termCount: Int) {
    starts = [0]
    terms = []
    self.termCount = termCount
    for list in lists {
      terms += list
      starts.append(UInt32(terms.count))
    }
  }

  @inline(__always)
  func range(of document: UInt32) -> Range<Int> {
    Int(starts[Int(document)])..<Int(starts[Int(document) + 1])
  }

  /// The terms that several of some documents have, under new numbers; those of one document tell
  /// nothing.
  ///
  /// - Parameter documents: get the numbers from 0 on.
  /// - Complexity: linear in their terms, and in the number of all terms.
  func part(_ documents: Span<UInt32>) -> ForwardIndex {
    var counts = [UInt32](repeating: 0, count: termCount)
    var size = 0
    for index in documents.indices {
      for place in range(of: documents[index]) { counts[Int(terms[place])] += 1 }
      size += range(of: documents[index]).count
    }
    // From here on 0 stands for a term that is left out, and others for their new numbers plus 1.
    var next: UInt32 = 0
    for term in counts.indices {
      if counts[term] > 1 {
        next += 1
        counts[term] = next
      } else {
        size -= Int(counts[term])
        counts[term] = 0
      }
    }
    var part = ForwardIndex(termCount: Int(next), documents: documents.count, postings: size)
    for index in documents.indices {
      for place in range(of: documents[index]) {
        let number = counts[Int(terms[place])]
        if number > 0 { part.terms.append(number - 1) }
      }
      part.starts.append(UInt32(part.terms.count))
    }
    return part
  }

  private init(termCount: Int, documents: Int, postings: Int) {
    self.termCount = termCount
    starts = []
    starts.reserveCapacity(documents + 1)
    starts.append(0)
    terms = []
    terms.reserveCapacity(postings)
  }
}

extension ForwardIndex {
  /// A list that documents are told apart by.
  fileprivate struct List {
    let field: FieldReader
    let entry: TermEntry
  }

  /// That of a segment, by records.
  ///
  /// Terms have numbers by falling frequency, so that what is asked for most lies together.
  ///
  /// - Parameters:
  ///   - fields: whose terms.
  ///   - least: in so many documents a term has to be.
  ///   - limit: the most postings that are taken; the longest lists are left out where there are more.
  /// - Complexity: O(postings), and reading the dictionaries.
  init(
    _ segment: Segment, fields: [FieldID], least: Int, limit: Int
  ) throws(StorageError) {
    var lists: [List] = []
    for id in fields {
      let field = segment.field(id).reader
      var terms = try TermIterator(field.dictionary, from: [], prefix: [])
      while let entry = try terms.advanceToNext() {
        if entry.documentFrequency >= least { lists.append(List(field: field, entry: entry)) }
      }
    }
    lists.sort { a, b in
      (b.entry.documentFrequency, a.field.id.index, a.entry.postings.lowerBound)
        < (a.entry.documentFrequency, b.field.id.index, b.entry.postings.lowerBound)
    }
    var size = lists.reduce(0) { $0 + $1.entry.documentFrequency }
    var first = 0
    while size > min(limit, Int(UInt32.max)) {
      size -= lists[first].entry.documentFrequency
      first += 1
    }
    lists.removeFirst(first)
    termCount = lists.count

    var places = [UInt32](repeating: 0, count: segment.documentCount + 1)
    let block = PostingBlock()
    for list in lists {
      try list.visit(block) { places[Int(segment.record(of: $0)) + 1] += 1 }
    }
    for document in 0..<segment.documentCount { places[document + 1] += places[document] }
    starts = places
    var terms = [UInt32](repeating: 0, count: size)
    for (term, list) in lists.enumerated() {
      try list.visit(block) { document in
        let record = Int(segment.record(of: document))
        terms[Int(places[record])] = UInt32(term)
        places[record] += 1
      }
    }
    self.terms = terms
  }
}

extension ForwardIndex.List {
  /// Calls `body` with each document.
  func visit(_ block: PostingBlock, _ body: (UInt32) -> Void) throws(StorageError) {
    let blocks = PostingBlocks(entry, of: field)
    var count = 0
    for number in 0..<blocks.blockCount where blocks.decodeDocuments(of: number, into: block) {
      for document in block.documentArray { body(document) }
      count += block.count
    }
    guard count == entry.documentFrequency else {
      throw field.postings.damaged(
        at: entry.postings.lowerBound, "list of a term",
        expected: "\(entry.documentFrequency) documents", found: "\(count)")
    }
  }
}
