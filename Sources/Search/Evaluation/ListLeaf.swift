internal import SuoyinIndex

/// A leaf of one term with a long list, which is read where it may matter and nowhere else: its range
/// bounds say where that is.
final class ListLeaf: SegmentLeaf {
  private let reader: BlockReader
  private lazy var scores = BlockScores()
  private let bounds: TermBounds
  /// Units of one step of a bound, rounded up so that a step is worth one unit at least.
  private let stepWeight: UInt32

  init(
    _ blocks: PostingBlocks, _ bounds: TermBounds, in field: SegmentField,
    _ weighting: LeafWeighting
  ) {
    reader = BlockReader(blocks)
    self.bounds = bounds
    stepWeight = weighting.unitsPerStep(factor: bounds.factors.upper)
    super.init(
      field, weighting, maximum: weighting.units(ofShare: blocks.bound * bounds.factors.upper))
  }

  override func addBounds(to sums: RangeSums, requiring: Bool) {
    bounds.add(to: sums, weight: stepWeight, requiring: requiring)
  }

  override func bound(ofRange range: Int) -> UInt32 {
    bounds.bound(ofRange: range, weight: stepWeight)
  }

  override func appendCandidates(
    ofBatch batch: inout Int, to candidates: Candidates, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) -> Bool {
    let blocks = reader.blocks
    while batch < blocks.blockCount, candidates.hasRoom {
      let number = batch
      batch += 1
      let bound = weighting.units(ofShare: blocks.bound(of: number) * bounds.factors.upper)
      guard bound >= own else { continue }
      let first = number == 0 ? 0 : blocks.lastDocument(of: number - 1) &+ 1
      guard sums.reach(least, first, blocks.lastDocument(of: number)) else { continue }
      reader.read(number)
      reader.readFrequencies()
      scores.fill(from: reader.block, of: field, by: weighting)
      scores.append(
        to: candidates, of: reader.block, atLeast: own, where: sums, reach: least)
    }
    return candidates.count > 0
  }

  override func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    var number = reader.block(reaching: window.lowerBound)
    while number < reader.blocks.blockCount {
      reader.read(number)
      let start = reader.place(of: window.lowerBound)
      let end = reader.place(of: window.upperBound)
      if start < end {
        reader.readFrequencies()
        scores.add(
          start..<min(end, reader.block.count), of: reader.block, from: field, by: weighting,
          first: window.lowerBound)
      }
      // The next block begins behind this one's last document.
      guard reader.blocks.lastDocument(of: number) < window.upperBound else { return }
      number += 1
    }
  }

  override func add(to candidates: Candidates) {
    candidates.add(reader, from: field, by: weighting)
  }

  override func units(of document: UInt32) -> UInt32 {
    let number = reader.block(reaching: document)
    guard number < reader.blocks.blockCount else { return 0 }
    reader.read(number)
    let place = reader.place(of: document)
    guard place < reader.block.count, reader.document(place) == document else { return 0 }
    reader.readFrequencies()
    guard place < reader.block.count else { return 0 }
    return weighting.units(
      frequency: reader.frequency(place), length: field.length(of: document))
  }

  override func insertDocuments(into set: inout DocumentSet) {
    for number in 0..<reader.blocks.blockCount {
      reader.read(number)
      set.insert(documentsOf: reader.block)
    }
  }

  override func threshold(_ count: Int) -> UInt32 {
    let share = reader.blocks.threshold(count) * bounds.factors.lower
    return UInt32(weighting.weight * share)
  }
}
