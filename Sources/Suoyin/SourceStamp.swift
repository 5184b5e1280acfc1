public import SuoyinCorpus
public import SuoyinIndex

extension SourceStamp {
  /// The stamp of a file, as it was when a reader of the corpus came upon it.
  public init(_ file: CorpusFile) {
    self.init(path: file.path, size: file.size, modified: file.modified, reading: file.reading)
  }
}
