import SuoyinStorage

/// Goes through the terms of one field of one segment in ascending order of their bytes.
///
/// It keeps the segment mapped. Each block's checksum is verified when it is reached.
public struct TermIterator {
  private let dictionary: TermDictionary
  private let prefix: [UInt8]
  private var nextBlock: Int
  private var reader: TermBlockReader?
  private var pending: TermEntry?
  private var isDone = false

  /// - Parameters:
  ///   - start: the first term that is not before it comes first.
  ///   - prefix: terms without it end the iteration.
  init(
    _ dictionary: TermDictionary, from start: [UInt8], prefix: [UInt8]
  ) throws(StorageError) {
    self.dictionary = dictionary
    self.prefix = prefix
    let first = dictionary.blockCount == 0 ? 0 : max(0, try dictionary.block(holding: start))
    nextBlock = first
    var isFirst = true
    while let entry = try advance() {
      defer { isFirst = false }
      if !term.lexicographicallyPrecedes(start) {
        // The array above is not verified. Where it leads to an earlier block, only time is lost.
        guard first == 0 || !isFirst || term == start else {
          throw dictionary.wrongBlock(first)
        }
        pending = entry
        return
      }
    }
    isDone = true
  }

  /// The bytes of the term whose entry ``next()`` returned last.
  public var term: [UInt8] { reader?.term ?? [] }

  /// The next term's entry, its bytes in ``term``; nil after the last.
  public mutating func next() throws(IndexError) -> TermEntry? {
    do throws(StorageError) { return try advanceToNext() } catch { throw .storage(error) }
  }

  /// As ``next()``, for those who throw errors of files.
  mutating func advanceToNext() throws(StorageError) -> TermEntry? {
    guard !isDone else { return nil }
    let entry: TermEntry?
    if let first = pending {
      pending = nil
      entry = first
    } else {
      do throws(StorageError) { entry = try advance() } catch {
        isDone = true
        throw error
      }
    }
    if let entry, term.starts(with: prefix) { return entry }
    isDone = true
    return nil
  }

  private mutating func advance() throws(StorageError) -> TermEntry? {
    while true {
      if let entry = try reader?.advance() { return entry }
      guard nextBlock < dictionary.blockCount else { return nil }
      reader = try dictionary.reader(of: nextBlock)
      nextBlock += 1
    }
  }
}
