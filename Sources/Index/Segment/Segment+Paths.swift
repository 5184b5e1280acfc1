import SuoyinStorage
public import SuoyinText

/// Reads articles of a segment one after the other, and spares decompressing the block that the one before
/// was in.
public struct ArticleReader {
  private let segment: Segment
  private var last = StoredArticles.LastBlock()

  public init(of segment: Segment) {
    self.segment = segment
  }

  /// The article as it was given; its block is verified.
  ///
  /// - Precondition: `document` is below the segment's ``Segment/documentCount``.
  public mutating func article(_ document: UInt32) throws(IndexError) -> Article {
    precondition(document < segment.documentCount)
    return try indexing { () throws(StorageError) in
      try segment.articles.article(segment.record(of: document), last: &last)
    }
  }
}

extension Segment {
  /// The path of an article, which is read without its text.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(size of the block).
  public func path(of document: UInt32) throws(IndexError) -> String? {
    precondition(document < documentCount)
    return try indexing { () throws(StorageError) in
      var last = StoredArticles.LastBlock()
      return try articles.path(record(of: document), last: &last)
    }
  }

  /// The title of an article by its record, which is read without its text.
  ///
  /// - Precondition: `record` is below ``documentCount``.
  /// - Complexity: O(size of the block).
  package func title(ofRecord record: UInt32) throws(IndexError) -> String? {
    precondition(record < documentCount)
    return try indexing { () throws(StorageError) in try articles.title(record) }
  }

  /// Calls `body` with the path of each article, deleted ones included, in the order of records, as long
  /// as it returns true.
  ///
  /// - Complexity: that of decompressing all articles.
  public func visitPaths(_ body: (String?) -> Bool) throws(IndexError) {
    try indexing { () throws(StorageError) in
      var last = StoredArticles.LastBlock()
      for record in 0..<UInt32(documentCount) {
        guard body(try articles.path(record, last: &last)) else { return }
      }
    }
  }
}
