internal import SuoyinIndex

/// A segment and its place in the snapshot.
struct SegmentPlace {
  let segment: Segment
  let index: Int
}

/// The best documents so far, at most `limit`.
///
/// A binary heap whose root is the worst kept document. ``least`` is the score that a further one has
/// to have; whoever ranks may pass over what cannot reach it, and must offer all else.
struct TopDocuments {
  /// A document and what decides its rank: higher scores first, then what was indexed earlier.
  struct Place: Equatable {
    /// In units of the query's ``ScoreScale``.
    let score: UInt32
    let document: UInt32
    let segment: Int
    /// The ingest ordinal.
    let ordinal: UInt64

    /// Whether the place ranks below another.
    @inline(__always)
    func ranksBelow(_ other: Place) -> Bool {
      score != other.score ? score < other.score : ordinal > other.ordinal
    }
  }

  let limit: Int
  /// Documents of a lower score are not among the best.
  private(set) var least: UInt32 = 0
  /// Documents of a higher score, or of this score and an ordinal up to ``lastOrdinal``, are passed over:
  /// they have been shown.
  let greatest: UInt32
  private let lastOrdinal: UInt64
  private var heap: [Place] = []

  /// - Parameter last: the score and the ordinal of a document; only what ranks below it counts.
  init(limit: Int, behind last: (score: UInt32, ordinal: UInt64)? = nil) {
    self.limit = limit
    greatest = last?.score ?? .max
    lastOrdinal = last?.ordinal ?? 0
    if limit == 0 { least = .max }
  }

  /// Whether ``limit`` documents reach a score.
  func isFull(of score: UInt32) -> Bool {
    heap.count == limit && heap.first.map { $0.score >= score } ?? true
  }

  /// Says that at least ``limit`` documents that are going to be offered reach a score.
  mutating func raise(to known: UInt32) {
    least = max(least, known)
  }

  /// Keeps a document where it is among the best.
  @inline(__always)
  mutating func offer(_ score: UInt32, _ document: UInt32, in segment: SegmentPlace) {
    guard score >= least, score <= greatest, segment.segment.isLive(document) else { return }
    let ordinal = segment.segment.ordinal(of: document)
    guard score < greatest || ordinal > lastOrdinal else { return }
    keep(Place(score: score, document: document, segment: segment.index, ordinal: ordinal))
  }

  /// Keeps a place where it is among the best.
  mutating func keep(_ place: Place) {
    if heap.count < limit {
      heap.append(place)
      siftUp()
    } else if limit > 0, heap[0].ranksBelow(place) {
      siftDown(place)
    } else {
      return
    }
    if heap.count == limit { least = max(least, heap[0].score) }
  }

  /// The kept documents, best first.
  func ranked() -> [Place] {
    heap.sorted { $1.ranksBelow($0) }
  }

  private mutating func siftUp() {
    var heap = heap.mutableSpan
    var child = heap.count - 1
    let place = heap[child]
    while child > 0 {
      let parent = (child - 1) / 2
      guard place.ranksBelow(heap[parent]) else { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = place
  }

  /// Puts a place in for the worst one.
  private mutating func siftDown(_ place: Place) {
    var heap = heap.mutableSpan
    let count = heap.count
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < count else { break }
      if child + 1 < count, heap[child + 1].ranksBelow(heap[child]) { child += 1 }
      guard heap[child].ranksBelow(place) else { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = place
  }
}
