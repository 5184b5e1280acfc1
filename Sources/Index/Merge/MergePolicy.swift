/// Decides which segments of an index become one.
///
/// Segments lie in the order of ingestion, and only neighbours are merged, so that ordinals go on
/// ascending and are stored in almost no space. A segment's level is the logarithm of its live size.
/// From the front on, the highest level that is left reaches to its last segment; where so many
/// segments lie in that reach as ``width`` says, they are merged. So no level's reach has more than
/// `width - 1`, their number is logarithmic in the size of the index, and an article is rewritten once
/// a level. (Lucene's `LogMergePolicy`, with whole levels.)
///
/// A segment half of which has been deleted is rewritten: what that costs, the deletes have paid for.
struct MergePolicy: Equatable {
  /// How many segments of a level become one, and how much larger each level is than the one below.
  var width = 8
  /// Segments up to so many bytes are of the lowest level.
  var floor = 1 << 20
  /// A merge takes in fewer documents.
  var documentLimit = SegmentFormat.documentLimit

  /// What the policy looks at.
  struct Candidate {
    var bytes: Int
    var documentCount: Int
    var liveCount: Int

    /// The bytes that a merge would keep, more or less.
    var liveBytes: Int {
      documentCount == 0 ? 0 : Int(Double(bytes) * Double(liveCount) / Double(documentCount))
    }
  }

  /// The neighbours to merge next; nil where nothing is due.
  ///
  /// - Complexity: O(n · levels) for n segments.
  func next(_ segments: [Candidate]) -> Range<Int>? {
    if let half = segments.firstIndex(where: { $0.liveCount < $0.documentCount - $0.liveCount }) {
      return half..<(half + 1)
    }
    let levels = segments.map { level(of: $0.liveBytes) }
    var start = 0
    while start < segments.count {
      let highest = levels[start...].max() ?? 0
      let end = (levels.lastIndex(of: highest) ?? start) + 1
      if end - start >= width, let range = fitting(start..<end, segments) { return range }
      start = end
    }
    return nil
  }

  /// The neighbours to merge next on the way to one segment; nil where there is one without deletes,
  /// or as few as the limit of documents allows.
  func nextOfAll(_ segments: [Candidate]) -> Range<Int>? {
    var start = 0
    while start < segments.count {
      let range = run(from: start, segments)
      if range.count > 1 || segments[start].liveCount < segments[start].documentCount {
        return range
      }
      start = range.upperBound
    }
    return nil
  }

  func level(of bytes: Int) -> Int {
    var level = 0
    var bound = floor
    while bytes > bound {
      level += 1
      bound *= width
    }
    return level
  }

  /// The segments from `start` on that one segment can hold; the first in any case.
  private func run(from start: Int, _ segments: [Candidate]) -> Range<Int> {
    var end = start + 1
    var documents = segments[start].liveCount
    while end < segments.count, documents + segments[end].liveCount < documentLimit {
      documents += segments[end].liveCount
      end += 1
    }
    return start..<end
  }

  /// The first `width` neighbours of the range, or more, that one segment can hold.
  private func fitting(_ range: Range<Int>, _ segments: [Candidate]) -> Range<Int>? {
    var start = range.lowerBound
    while range.upperBound - start >= width {
      let run = run(from: start, Array(segments[..<range.upperBound]))
      if run.count >= width { return run }
      start = run.upperBound
    }
    return nil
  }
}
