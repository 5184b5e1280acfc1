internal import SuoyinIndex
internal import Synchronization

/// The paths of the articles of a snapshot, read where a query first asks for them.
///
/// Sendable, because what it holds is behind a lock.
final class SourcePaths: Sendable {
  /// The paths of one segment: each once, and which each record has.
  private struct Table {
    var paths: [String] = []
    var numbers: [UInt32] = []
  }

  private let tables = Mutex<[Int: Table]>([:])

  /// Reading all paths of a segment costs as much as looking up so large a share of its documents.
  private static let shareLookedUp = 16

  /// Keeps of some documents those whose path has a part, in small or large letters.
  ///
  /// - Complexity: of few documents, reading the articles of these; else that of
  ///   ``documents(holding:in:_:)``.
  func keep(
    holding part: String, in segment: SegmentPlace, _ documents: inout DocumentSet,
    _ watch: SearchWatch? = nil
  ) throws(IndexError) {
    let isKnown = tables.withLock { $0[segment.index] != nil }
    let limit = segment.segment.documentCount / Self.shareLookedUp
    guard !isKnown, documents.count < limit else {
      return documents.formIntersection(try self.documents(holding: part, in: segment, watch))
    }
    let wanted = part.lowercased()
    var kept = DocumentSet(documentCount: segment.segment.documentCount)
    for document in documents.members {
      if watch?.ends() ?? false { return }
      let path = try segment.segment.path(of: document)
      if path?.lowercased().contains(wanted) ?? false { kept.insert(document) }
    }
    documents = kept
  }

  /// The documents whose path has a part, in small or large letters.
  ///
  /// - Parameter watch: ends the reading of paths early, with nothing found.
  /// - Complexity: reading all articles of the segment at the first time; then linear in its documents.
  func documents(
    holding part: String, in segment: SegmentPlace, _ watch: SearchWatch? = nil
  ) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(documentCount: segment.segment.documentCount)
    guard let table = try table(of: segment, watch) else { return set }
    let wanted = part.lowercased()
    let fits = table.paths.map { $0.contains(wanted) }
    for document in 0..<UInt32(segment.segment.documentCount)
    where fits[Int(table.numbers[Int(segment.segment.record(of: document))])] {
      set.insert(document)
    }
    return set
  }

  private func table(
    of segment: SegmentPlace, _ watch: SearchWatch?
  ) throws(IndexError) -> Table? {
    if let known = tables.withLock({ $0[segment.index] }) { return known }
    var table = Table()
    var numbers: [String: UInt32] = [:]
    // Articles of one file follow one another.
    var last: (path: String?, number: UInt32) = (nil, 0)
    try segment.segment.visitPaths { path in
      if path == nil || path != last.path {
        let lower = path?.lowercased() ?? ""
        last = (path, numbers[lower] ?? UInt32(table.paths.count))
        if last.number == table.paths.count {
          numbers[lower] = last.number
          table.paths.append(lower)
        }
      }
      table.numbers.append(last.number)
      return !(watch?.endsInLoop() ?? false)
    }
    if table.numbers.count < segment.segment.documentCount { return nil }
    tables.withLock { $0[segment.index] = table }
    return table
  }
}
