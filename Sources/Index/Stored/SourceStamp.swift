import SuoyinStorage

/// What stands for a file as it was when an article was read from it, and for the way it was read.
///
/// Where it is the same, the file need not be read again. It is a hash of 64 bits, so that an article
/// takes eight bytes; two states of one file have the same by one chance in 10^19.
public struct SourceStamp: Hashable, Sendable {
  /// 0 where nothing is known.
  let value: UInt64

  /// Stands for no file: the article is told apart by its content alone.
  public static let none = SourceStamp(value: 0)

  init(value: UInt64) {
    self.value = value
  }

  /// - Parameters:
  ///   - path: of the file.
  ///   - size: of the file, in bytes.
  ///   - modified: the time of the last change, in nanoseconds.
  ///   - reading: all that beside the file makes the article what it is.
  public init(path: String, size: Int, modified: Int64, reading: String) {
    var bytes = ByteWriter()
    bytes.append(string: path)
    bytes.append(fixed: size)
    bytes.append(fixed: modified)
    bytes.append(string: reading)
    value = max(1, Checksum.of(bytes.bytes))
  }
}
