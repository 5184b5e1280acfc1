internal import SuoyinIndex

/// Ranks or counts the documents of a segment's field that hold all of several terms.
///
/// The rarest list leads, a block at a time, and its documents are looked for in the others; where that
/// saves blocks of these, only such documents as hold a phrase's two rarest terms in their places. To
/// rank, bounds are added up for each 64 documents first, as in a ``Disjunction``: a range without one
/// of the terms, or without a document that could count, is passed over.
///
/// Sources: intersection from the smallest list on after E. Demaine, A. López-Ortiz, J. I. Munro,
/// “Adaptive set intersections, unions, and differences”, SODA 2000; comparison with several elements
/// at once after D. Lemire, L. Boytsov, N. Kurz, “SIMD compression and the intersection of sorted
/// integers”, Software: Practice and Experience 46 (2016).
struct Conjunction {
  /// The rarest list first.
  private let readers: [BlockReader]
  private let intersection: Intersection
  /// Counts the phrase that documents have to hold; nil where two terms of one cannot tell them apart.
  private let narrowing: OccurrenceCounter?
  /// Over how many blocks of the third list the documents of one of the leading list's blocks spread.
  private let spread: Int

  /// - Parameters:
  ///   - lists: each term's, the rarest first; a term that comes twice may be there twice.
  ///   - locating: whether positions are wanted.
  ///   - counter: of the phrase that documents have to hold; nil where they have to hold none.
  init(_ lists: [PostingBlocks], locating: Bool = false, phrase counter: OccurrenceCounter? = nil) {
    readers = lists.map { BlockReader($0) }
    intersection = Intersection(lists, locating: locating)
    narrowing = counter.flatMap { $0.canNarrow ? $0 : nil }
    spread =
      lists.count > 2 ? lists[2].documentFrequency / max(1, lists[0].documentFrequency) : 0
  }

  /// Calls `body` for each block of documents that hold all terms, in ascending order.
  ///
  /// - Parameters:
  ///   - counting: whether frequencies are wanted.
  ///   - watch: ends it early.
  func forEach(counting: Bool, _ watch: SearchWatch?, _ body: (Intersection) -> Void) {
    guard let leading = readers.first else { return }
    for number in 0..<leading.blocks.blockCount {
      if watch?.endsInLoop() ?? false { return }
      leading.read(number)
      meet(marks: nil, counting: counting)
      if intersection.count > 0 { body(intersection) }
    }
  }

  /// Calls `body` for each block of documents that hold all terms and get enough from the rarest, in
  /// ascending order. Frequencies are read.
  ///
  /// - Parameters:
  ///   - weighting: what the rarest gives.
  ///   - model: by which bounds are made.
  ///   - least: what is enough; it is asked for again for each block.
  func visit(
    by weighting: LeafWeighting, _ model: BM25, in field: SegmentField,
    atLeast least: @autoclosure () -> UInt32,
    _ body: (Intersection) -> Void
  ) {
    guard let leading = readers.first else { return }
    let upper = BoundFactors(field, for: model).upper
    for number in 0..<leading.blocks.blockCount {
      let least = least()
      let bound = weighting.units(ofShare: leading.blocks.bound(of: number) * upper)
      guard bound >= least else { continue }
      leading.read(number)
      if least > 0 {
        intersection.begin(leading, atLeast: least, by: weighting, in: field)
      } else {
        intersection.begin(0..<leading.block.count, of: leading, marked: nil)
      }
      meetOthers(counting: true) { $0.choose(atLeast: max(least, 1), by: weighting, in: field) }
      if intersection.count > 0 { body(intersection) }
    }
  }

  /// How many documents of a segment hold all terms, deleted ones left out.
  func count(in segment: Segment) -> Int {
    var count = 0
    forEach(counting: false, nil) { found in
      if segment.hasDeletes {
        for place in 0..<found.count where segment.isLive(found.document(place)) { count += 1 }
      } else {
        count += found.count
      }
    }
    return count
  }

  /// Offers all documents that may be among the best.
  ///
  /// - Parameters:
  ///   - weightings: of the lists, in their order.
  ///   - model: by which bounds are made.
  func rank(
    by weightings: [LeafWeighting], _ model: BM25, in field: SegmentField,
    of segment: SegmentPlace, into top: inout TopDocuments
  ) {
    guard let leading = readers.first else { return }
    func offer(into top: inout TopDocuments) {
      guard intersection.count > 0 else { return }
      intersection.scores(by: weightings, in: field, atLeast: max(top.least, 1)) {
        document, units in
        top.offer(units, document, in: segment)
      }
    }
    if leading.blocks.documentFrequency < Self.boundedFrequency {
      let upper = BoundFactors(field, for: model).upper
      let rest = zip(readers, weightings).dropFirst().reduce(0 as UInt32) {
        $0 + $1.1.units(ofShare: $1.0.blocks.bound * upper)
      }
      return visit(
        by: weightings[0], model, in: field, atLeast: top.least - min(rest, top.least)
      ) { _ in offer(into: &top) }
    }
    let sums = RangeSums(documentCount: segment.segment.documentCount)
    for (index, reader) in readers.enumerated() {
      let leaf = SegmentLeaf.of(reader.blocks, in: field, weightings[index], model)
      leaf.addBounds(to: sums, requiring: index > 0)
    }
    var least = max(top.least, 1)
    var marks = RangeMarks(sums, atLeast: least)
    var first: UInt32 = 0
    for number in 0..<leading.blocks.blockCount {
      let last = leading.blocks.lastDocument(of: number)
      defer { first = last &+ 1 }
      if least < top.least {
        least = top.least
        marks = RangeMarks(sums, atLeast: least)
      }
      guard first <= last, marks.isMarked(anyOf: first...last) else { continue }
      leading.read(number)
      meet(marks: marks, counting: true)
      offer(into: &top)
    }
  }

  /// Adding bounds up for the whole segment costs as much as meeting so many documents.
  private static let boundedFrequency = 32_768

  /// Reading the positions of two terms in so many documents costs less than a block of a third list
  /// that they would lead to.
  private static let documentsPerBlock = 2

  /// Looks for the documents of the leading list's block in the other lists.
  private func meet(marks: RangeMarks?, counting: Bool) {
    let leading = readers[0]
    intersection.begin(0..<leading.block.count, of: leading, marked: marks)
    meetOthers(counting: counting)
  }

  /// - Parameter choose: chooses the documents that may count, by the two rarest terms of a phrase.
  private func meetOthers(
    counting: Bool, choose: (Intersection) -> Void = { $0.chooseAll() }
  ) {
    for index in readers.indices.dropFirst() {
      if intersection.count == 0 { return }
      intersection.meet(readers[index], counting: counting)
      if index == 1, counting, let narrowing, intersection.count > 0,
        intersection.count <= Self.documentsPerBlock * spread
      {
        intersection.takeLeading(readers[0])
        choose(intersection)
        narrowing.narrow(intersection)
      }
    }
    if counting, intersection.count > 0 { intersection.takeLeading(readers[0]) }
  }
}
