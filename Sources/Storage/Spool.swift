/// Bytes that become a section later, while another section of the same file is being written.
///
/// They stay in memory up to ``threshold`` and go into a file without a name beyond it, so a spool
/// takes bounded memory and a process that dies leaves nothing.
public final class Spool {
  /// Bytes that are kept in memory.
  static let threshold = 1 << 20

  private let path: String
  private var memory: [UInt8] = []
  private var file: OutputFile?

  /// The number of bytes so far.
  public private(set) var count = 0

  /// - Parameter path: a temporary name in the folder whose file system is to hold the bytes; it
  ///   exists only for the moment in which the file is made.
  public init(path: String) {
    self.path = path
  }

  public func append(_ bytes: [UInt8]) throws(StorageError) {
    count += bytes.count
    guard let file else {
      memory += bytes
      if memory.count > Self.threshold { try spill() }
      return
    }
    try file.append(unsafe bytes.span.bytes)
  }

  /// Gives all bytes in order, in pieces.
  func forEachPiece(
    _ body: (RawSpan) throws(StorageError) -> Void
  ) throws(StorageError) {
    if let file {
      try file.readBack(body)
    } else {
      let memory = memory
      try body(unsafe memory.span.bytes)
    }
  }

  private func spill() throws(StorageError) {
    let file = try OutputFile(creating: path)
    try Folder.remove(path)
    let gathered = memory
    try file.append(unsafe gathered.span.bytes)
    memory = []
    self.file = file
  }
}
