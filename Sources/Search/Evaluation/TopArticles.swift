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

  mutating func offer(_ place: ArticlePlace) {
    total += 1
    if place.isWhole { wholes += 1 }
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
