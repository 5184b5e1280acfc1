public import SuoyinStorage
import SuoyinText

// What opening leaves unread, read: the checksums of all sections, and the structures against one
// another, since a checksum only tells that bytes are those that were written.
extension Segment {
  /// Reads the whole segment and returns all that is wrong, each with its file, section and offset;
  /// empty for a sound segment.
  ///
  /// - Complexity: O(size of the file).
  public func verify() -> [StorageError] {
    var findings = Findings()
    findings.check { () throws(StorageError) in try file.verifyPadding() }
    findings.check { () throws(StorageError) in try live?.file.verifyPadding() }
    for section in file.sections {
      findings.check { () throws(StorageError) in try section.verify() }
    }
    verifyIDs(&findings)
    verifyArticles(&findings)
    for id in FieldID.all { verify(field(id).reader, &findings) }
    for (index, column) in columns.enumerated() {
      findings.check { () throws(StorageError) in try column.verify(in: self, column: index) }
    }
    findings.check { () throws(StorageError) in try suggestedWords?.verify() }
    findings.check { () throws(StorageError) in try suggestedTitles?.verify() }
    return findings.errors
  }

  /// Whether each id leads to its document: linear, however often an id comes.
  private func verifyIDs(_ findings: inout Findings) {
    findings.check { () throws(StorageError) in
      let ids = identifiers.ids
      var reader = ids.makeReader()
      guard let order = ids.order else { return try verifyHashes() }
      var before: [UInt8] = []
      for document in 0..<UInt32(documentCount) {
        let id = try reader.id(of: document)
        guard document == 0 || !order.areAscending(id, before) else {
          throw damaged(
            SegmentFormat.ids, "id of document \(document) does not come after the one before")
        }
        before = id
      }
    }
  }

  private func verifyHashes() throws(StorageError) {
    var reader = identifiers.ids.makeReader()
    var isReached = [Bool](repeating: false, count: documentCount)
    var last: (hash: UInt32, document: UInt32)?
    for place in 0..<documentCount {
      let entry = identifiers.ids.lookup(at: place)
      guard entry.document < documentCount, !isReached[Int(entry.document)] else {
        throw damaged(
          SegmentFormat.idDocuments, at: place * 4,
          "look-up of ids leads to document \(entry.document), twice or of none")
      }
      isReached[Int(entry.document)] = true
      guard entry.hash == DocumentIDs.hash(try reader.id(of: entry.document)),
        last.map({ $0 < entry }) ?? true
      else {
        throw damaged(
          SegmentFormat.idHashes, at: place * 4,
          "id of document \(entry.document) cannot be looked up")
      }
      last = entry
    }
  }

  private func verifyArticles(_ findings: inout Findings) {
    var last = StoredArticles.LastBlock()
    var ids = identifiers.ids.makeReader()
    for document in 0..<UInt32(documentCount) {
      findings.check { () throws(StorageError) in
        let article = try articles.article(document, last: &last)
        guard try Array(article.id.utf8) == ids.id(of: document) else {
          throw damaged(SegmentFormat.articles, "id of the stored article \(document) is another")
        }
        let hash = ContentHash(of: ArticleRecord.content(of: article).bytes)
        let kept = identifiers.content(of: document)
        guard kept == hash || kept == .none else {
          throw damaged(
            SegmentFormat.contents, at: Int(document) * 16,
            "content of article \(document) has another hash")
        }
      }
    }
  }

  private func verify(_ field: FieldReader, _ findings: inout Findings) {
    findings.check { () throws(StorageError) in
      var lengths = 0
      var documents = 0
      for document in 0..<UInt32(documentCount) {
        let length = field.lengths[document]
        lengths += Int(length)
        documents += length > 0 ? 1 : 0
      }
      guard lengths == field.info.statistics.totalLength,
        documents == field.info.statistics.documentCount
      else {
        throw damaged(
          SegmentFormat.lengths(field.id), "sum of the lengths",
          expected:
            "\(field.info.statistics.totalLength) in \(field.info.statistics.documentCount) documents",
          found: "\(lengths) in \(documents)")
      }
      try verifyTerms(of: field)
    }
  }

  /// The first thing wrong in dictionary, lists and positions of a field: what follows it cannot be
  /// told apart from its consequences.
  private func verifyTerms(of field: FieldReader) throws(StorageError) {
    let name = SegmentFormat.terms(field.id)
    var lists = ListVerifier(field)
    var previous: [UInt8] = []
    var count = 0
    var postingsEnd = 0
    var positionsEnd = 0
    for block in 0..<field.dictionary.blockCount {
      var reader = try field.dictionary.reader(of: block)
      let place = Int(field.dictionary.offsets[block])
      var isFirst = true
      while let entry = try reader.advance() {
        guard count == 0 || previous.lexicographicallyPrecedes(reader.term) else {
          throw damaged(name, at: place, "terms of block \(block) do not ascend")
        }
        if isFirst {
          isFirst = false
          guard field.dictionary.prefixes[block] == TermDictionary.prefix(of: reader.term) else {
            throw damaged(
              SegmentFormat.termIndex(field.id), at: block * 8,
              "first bytes of block \(block) are others")
          }
        }
        guard entry.postings.lowerBound == postingsEnd,
          !field.id.hasPositions || entry.positionsAreInDictionary
            || entry.positions.lowerBound == positionsEnd
        else { throw damaged(name, at: place, "lists of block \(block) do not follow one another") }
        postingsEnd = entry.postings.upperBound
        if field.id.hasPositions, !entry.positionsAreInDictionary {
          positionsEnd = entry.positions.upperBound
        }
        try lists.verify(entry, at: block)
        previous = reader.term
        count += 1
      }
    }
    guard count == field.info.termCount else {
      throw damaged(
        name, "number of terms", expected: "\(field.info.termCount)", found: "\(count)")
    }
    try lists.verifyPositionWidths()
    guard postingsEnd == field.postings.count - SegmentFormat.readAhead,
      positionsEnd == field.positions?.count ?? 0
    else {
      throw damaged(SegmentFormat.postings(field.id), "bytes that belong to no term")
    }
  }

  /// An error about a section of this segment.
  ///
  /// - Parameter offset: counted from the start of the section.
  func damaged(
    _ section: String, at offset: Int = 0, _ what: String, expected: String? = nil,
    found: String? = nil
  ) -> StorageError {
    let start = file.sections.first { $0.name == section }?.range.lowerBound
    return StorageError(
      .damaged, file: file.path, section: section, offset: start.map { $0 + offset }, what: what,
      expected: expected, found: found)
  }
}

/// Gathers what checks throw.
private struct Findings {
  private(set) var errors: [StorageError] = []

  mutating func check(_ body: () throws(StorageError) -> Void) {
    do { try body() } catch {
      // All articles of one block have the same to tell.
      if errors.last != error { errors.append(error) }
    }
  }
}
