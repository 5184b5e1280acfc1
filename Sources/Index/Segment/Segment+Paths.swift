import SuoyinStorage

extension Segment {
  /// The path of an article, which is read without its text.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(size of the block).
  public func path(of document: UInt32) throws(IndexError) -> String? {
    precondition(document < documentCount)
    return try indexing { () throws(StorageError) in
      var last = StoredArticles.LastBlock()
      return try articles.path(document, last: &last)
    }
  }

  /// The title of an article, which is read without its text.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(size of the block).
  package func title(of document: UInt32) throws(IndexError) -> String? {
    precondition(document < documentCount)
    return try indexing { () throws(StorageError) in try articles.title(document) }
  }

  /// Calls `body` with the path of each article, deleted ones included, in the order of documents, as
  /// long as it returns true.
  ///
  /// - Complexity: that of decompressing all articles.
  public func visitPaths(_ body: (String?) -> Bool) throws(IndexError) {
    try indexing { () throws(StorageError) in
      var last = StoredArticles.LastBlock()
      for document in 0..<UInt32(documentCount) {
        guard body(try articles.path(document, last: &last)) else { return }
      }
    }
  }
}
