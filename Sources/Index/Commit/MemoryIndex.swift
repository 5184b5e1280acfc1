import SuoyinStorage

/// An index that lies in memory alone: for tests, for what lives as long as a program, for a few
/// thousand articles that came just now.
///
/// It is written and read as one on a disk is, by the same code and with the same results. What it
/// holds goes with the object; an ``IndexSnapshot`` of it stays whole. Any number of threads may read it
/// while one writes.
public final class MemoryIndex: Sendable {
  private let folder = MemoryFolder()

  public init() {}

  /// What calls that ask for the folder of an index take for this one, as long as it lives and in this
  /// process: ``IndexCopy/make(from:to:replacing:)`` puts it on a disk, or the other way round.
  public var path: String { folder.path }

  /// Takes the right to write into the index; it begins empty.
  ///
  /// - Throws: as ``IndexWriter/init(at:options:)``.
  public func makeWriter(options: IndexOptions = IndexOptions()) throws(IndexError) -> IndexWriter {
    try IndexWriter(at: path, options: options)
  }
}
