internal import SuoyinIndex

/// A leaf whose documents are all found already: a short list, a phrase, a word with its synonyms.
final class FoundLeaf: SegmentLeaf {
  private let documents: [UInt32]
  private let units: [UInt32]
  /// Where it stands: no document before it is behind the last window's first.
  private var at = 0

  /// The documents of a list, which is read as a whole.
  init(_ blocks: PostingBlocks, in field: SegmentField, _ weighting: LeafWeighting) {
    var documents: [UInt32] = []
    var units: [UInt32] = []
    documents.reserveCapacity(blocks.documentFrequency)
    units.reserveCapacity(blocks.documentFrequency)
    let reader = BlockReader(blocks)
    for number in 0..<blocks.blockCount {
      reader.read(number)
      reader.readFrequencies()
      reader.block.append(to: &documents, &units, from: field, by: weighting)
    }
    self.documents = documents
    self.units = units
    super.init(field, weighting, maximum: units.max() ?? 0)
  }

  /// Documents that were found.
  init(_ found: FoundDocuments, in field: SegmentField, _ weighting: LeafWeighting) {
    documents = found.documents
    units = zip(found.documents, found.frequencies).map {
      weighting.units(frequency: $1, length: field.length(of: $0))
    }
    super.init(field, weighting, maximum: units.max() ?? 0)
  }

  override var isRead: Bool { true }

  override func addBounds(to sums: RangeSums, requiring: Bool) {
    if requiring {
      let own = RangeSums(documentCount: sums.count * RangeSums.width)
      own.add(documents, units)
      sums.add(own, requiring: true)
    } else {
      sums.add(documents, units)
    }
  }

  override func appendCandidates(
    ofBatch batch: inout Int, to candidates: Candidates, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) -> Bool {
    while batch < documents.count, candidates.hasRoom {
      let part = batch..<min(batch + PostingBlock.capacity, documents.count)
      batch = part.upperBound
      unsafe documents.withUnsafeBufferPointer { documents in
        unsafe units.withUnsafeBufferPointer { units in
          guard let documents = documents.baseAddress, let units = units.baseAddress else { return }
          unsafe candidates.append(
            documents + part.lowerBound, units + part.lowerBound, part.count, atLeast: own,
            where: sums, reach: least)
        }
      }
    }
    return candidates.count > 0
  }

  override func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    settle(before: window.lowerBound)
    var place = at
    while place < documents.count, documents[place] < window.upperBound {
      scores.add(units[place], at: Int(documents[place] - window.lowerBound))
      place += 1
    }
  }

  override func add(to candidates: Candidates) {
    candidates.add { units(of: $0) }
  }

  override func units(of document: UInt32) -> UInt32 {
    settle(before: document)
    return at < documents.count && documents[at] == document ? units[at] : 0
  }

  override func insertDocuments(into set: inout DocumentSet) {
    set.insert(documents)
  }

  /// Goes to the first document from `target` on, in leaps that double.
  private func settle(before target: UInt32) {
    if at > 0, documents[at - 1] >= target { at = 0 }
    var step = 1
    while at + step <= documents.count, documents[at + step - 1] < target {
      at += step
      step *= 2
    }
    var high = min(at + step, documents.count)
    while at < high {
      let middle = (at + high) / 2
      if documents[middle] < target { at = middle + 1 } else { high = middle }
    }
  }
}
