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

  /// How many of some documents have each term.
  func frequencies(_ documents: Span<UInt32>) -> [UInt32] {
    var frequencies = [UInt32](repeating: 0, count: termCount)
    let (starts, terms) = (starts.span, terms.span)
    var counts = frequencies.mutableSpan
    for index in documents.indices {
      let document = Int(documents[index])
      for place in Int(starts[document])..<Int(starts[document + 1]) {
        counts[Int(terms[place])] += 1
      }
    }
    return frequencies
  }

  /// The terms that several of some documents have, under new numbers; those of one document tell
  /// nothing.
  ///
  /// - Parameter documents: get the numbers from 0 on.
  /// - Complexity: linear in their terms, and in the number of all terms.
  func part(_ documents: Span<UInt32>) -> ForwardIndex {
    let (starts, terms) = (starts.span, terms.span)
    var counts = frequencies(documents)
    var size = 0
    for index in documents.indices { size += range(of: documents[index]).count }
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
      let document = Int(documents[index])
      for place in Int(starts[document])..<Int(starts[document + 1]) {
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

    /// How many there are; more than fit 32 bits are none that can be read.
    var documents: Int { min(entry.documentFrequency, Int(UInt32.max)) }
    /// Of that number.
    var bits: Int { Int.bitWidth - documents.leadingZeroBitCount }

    /// Calls `body` with the list of each term.
    static func visit(
      _ field: FieldReader, _ body: (List) -> Void
    ) throws(StorageError) {
      var terms = try TermIterator(field.dictionary, from: [], prefix: [])
      while let entry = try terms.advanceToNext() { body(List(field: field, entry: entry)) }
    }
  }

  /// A list itself while terms get their numbers, and afterwards what a division counts of a term.
  private static let bytesPerList = 96
  /// Four bytes, and one more for the parts that threads work on.
  static let bytesPerPosting = 5

  /// That of a segment, by records.
  ///
  /// Terms have numbers by falling frequency, so that what is asked for most lies together.
  ///
  /// - Parameters:
  ///   - field: whose terms.
  ///   - least: in so many documents a term has to be.
  ///   - memory: bytes that it may take. Where all lists do not fit, the longest are left out: those of
  ///     so many documents as any power of two and more.
  /// - Complexity: O(postings), and reading the dictionaries twice.
  init(
    _ segment: Segment, field: FieldID, least: Int, memory: Int
  ) throws(StorageError) {
    let field = segment.field(field).reader
    // By the bits of their numbers of documents.
    var costs = [Int](repeating: 0, count: 33)
    var sizes = costs
    try List.visit(field) { list in
      guard list.documents >= least else { return }
      costs[list.bits] += list.documents * Self.bytesPerPosting + Self.bytesPerList
      sizes[list.bits] += list.documents
    }
    while costs.reduce(0, +) > memory || sizes.reduce(0, +) > Int(UInt32.max) {
      costs.removeLast()
      sizes.removeLast()
    }
    let size = sizes.reduce(0, +)
    var lists: [List] = []
    try List.visit(field) { list in
      if list.documents >= least, list.bits < costs.count { lists.append(list) }
    }
    lists.sort { a, b in
      (b.documents, a.entry.postings.lowerBound) < (a.documents, b.entry.postings.lowerBound)
    }
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
