/// The best articles so far, at most `limit`, and how many were offered in all.
///
/// A binary heap whose root is the worst kept article; its rank is what a further one must exceed.
///
/// - Complexity: O(log limit) an offer that is kept, O(1) one that is not.
struct TopArticles {
  let limit: Int
  /// How many articles were offered.
  private(set) var total = 0
  /// How many of them hold the whole query.
  private(set) var wholes = 0
  private var heap: [ArticlePlace] = []

  init(limit: Int) {
    self.limit = limit
  }

  /// Counts an article, and keeps it where it is among the best.
  mutating func offer(_ place: ArticlePlace) {
    offer(isWhole: place.isWhole, score: place.score) { place }
  }

  /// As ``offer(_:)``, for an article whose place is made only where it may be kept.
  @inline(__always)
  mutating func offer(isWhole: Bool, score: Double, _ makePlace: () -> ArticlePlace) {
    total += 1
    if isWhole { wholes += 1 }
    if heap.count >= limit {
      guard let worst = heap.first, worst.isWhole == isWhole ? score >= worst.score : isWhole
      else { return }
    }
    keep(makePlace())
  }

  private mutating func keep(_ place: ArticlePlace) {
    if heap.count < limit {
      heap.append(place)
      siftUp()
    } else if let worst = heap.first, worst < place {
      heap[0] = place
      siftDown()
    }
  }

  /// The kept articles, best first.
  func ranked() -> [ArticlePlace] {
    heap.sorted(by: >)
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child] < heap[worst] { worst = child }
      }
      if worst == parent { return }
      heap.swapAt(worst, parent)
      parent = worst
    }
  }
}
