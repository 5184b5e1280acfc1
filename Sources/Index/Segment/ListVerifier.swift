import SuoyinStorage

/// Reads the lists of a field as a whole and holds what is stored with them against them.
struct ListVerifier {
  private let field: FieldReader
  private var bounds: ListBounds
  private let block = PostingBlock()
  private var positions: [UInt32] = []
  /// Each document's largest position so far.
  private var largest: [UInt32]

  init(_ field: FieldReader) {
    self.field = field
    let documents = 0..<UInt32(field.segmentDocumentCount)
    bounds = ListBounds(
      ListScale(
        field.similarity, lengths: documents.map { field.lengths[$0] }, positionWidths: []))
    largest = documents.map { _ in 0 }
  }

  /// Reads the list of a term.
  ///
  /// - Parameter block: the dictionary's block that has it, for the message.
  /// - Throws: what is wrong with documents, frequencies, positions, bounds or thresholds.
  mutating func verify(_ entry: TermEntry, at block: Int) throws(StorageError) {
    let list = PostingBlocks(entry, of: field)
    bounds.removeAll()
    let found = read(list)
    guard found.documents == entry.documentFrequency, found.occurrences == entry.totalFrequency
    else {
      throw damaged(
        entry, "list of a term in dictionary block \(block)",
        expected: "\(entry.totalFrequency) occurrences in \(entry.documentFrequency) documents",
        found: "\(found.occurrences) in \(found.documents)")
    }
    guard boundsFit(list) else {
      throw damaged(entry, "score bounds of a term in dictionary block \(block)")
    }
  }

  /// Holds the widths of positions against all lists, which have been read.
  func verifyPositionWidths() throws(StorageError) {
    guard field.id.hasPositions else { return }
    let widths = field.positionWidths
    for document in largest.indices {
      let width = PositionWidth.width(upTo: largest[document])
      let found = widths[document]
      guard width == found else {
        throw (field.positions ?? field.postings).damaged(
          at: 0, "width of the positions in document \(document)", expected: "\(width)",
          found: "\(found)")
      }
    }
  }

  /// - Returns: how much could be read before anything was damaged.
  private mutating func read(_ list: PostingBlocks) -> (documents: Int, occurrences: Int) {
    let reader = PositionReader(list)
    var documents = 0
    var occurrences = 0
    for number in 0..<list.blockCount {
      guard list.decodeDocuments(of: number, into: block),
        list.decodeFrequencies(of: number, into: block)
      else { break }
      let frequencies = block.frequencyArray
      for (index, frequency) in frequencies.enumerated() {
        if field.id.hasPositions {
          guard reader.positions(of: index, in: block, number: number, into: &positions) else {
            return (documents, occurrences)
          }
          let document = unsafe Int(block.documents[index])
          largest[document] = max(largest[document], positions.last ?? 0)
        }
        documents += 1
        occurrences += Int(frequency)
      }
      bounds.add(
        documents: block.documentArray.span, frequencies: frequencies.span,
        isOnly: list.blockCount == 1)
    }
    return (documents, occurrences)
  }

  /// Whether all that is stored of scores is what the list gives.
  private mutating func boundsFit(_ list: PostingBlocks) -> Bool {
    guard list.blockCount > 1 else {
      return list.documentFrequency == 1
        || list.bound == BoundCode.value(BoundCode.byte(above: bounds.maximum))
    }
    let blocksFit = bounds.blocks.indices.allSatisfy {
      list.bound(of: $0) == BoundCode.value(BoundCode.word(above: bounds.blocks[$0]))
    }
    let thresholds = ListHeaders.thresholds.map { list.threshold($0) }
    return blocksFit && list.bound == BoundCode.value(BoundCode.word(above: bounds.maximum))
      && thresholds == bounds.thresholds().map(ThresholdCode.value)
  }

  private func damaged(
    _ entry: TermEntry, _ what: String, expected: String? = nil, found: String? = nil
  ) -> StorageError {
    field.postings.damaged(
      at: entry.postings.lowerBound, what, expected: expected, found: found)
  }
}
