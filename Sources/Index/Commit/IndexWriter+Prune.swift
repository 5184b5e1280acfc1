import SuoyinStorage

extension IndexWriter {
  /// Deletes the committed articles whose path the condition holds for; those without a path stay.
  ///
  /// - Parameter condition: is asked once for neighbours that have the same path.
  /// - Returns: how many were deleted.
  /// - Complexity: O(stored bytes): the paths lie with the articles.
  public func delete(wherePath condition: (String) -> Bool) throws(IndexError) -> Int {
    try writing { () throws(StorageError) in
      var deleted = 0
      for index in committed.indices {
        let segment = committed[index].segment
        var block = StoredArticles.LastBlock()
        var last: (path: String, holds: Bool)?
        for record in 0..<UInt32(segment.documentCount)
        where committed[index].isLive(record: record) {
          guard let path = try segment.articles.path(record, last: &block) else { continue }
          // By their bytes: equal strings can be the names of different files.
          if last.map({ !$0.path.utf8.elementsEqual(path.utf8) }) ?? true {
            last = (path, condition(path))
          }
          guard last?.holds == true else { continue }
          committed[index].remove(record: record)
          deleted += 1
        }
      }
      return deleted
    }
  }
}
