import Synchronization

/// Bytes that become a section later, while another section of the same file is being written.
///
/// They stay in memory up to a limit and go into a file without a name beyond it, so a spool takes
/// bounded memory and a process that dies leaves nothing.
public final class Spool {
  /// One file at a time has the name for a moment.
  private static let naming = Mutex(())

  private let path: String
  private let limit: Int
  private var memory: [UInt8] = []
  private var file: OutputFile?

  /// The number of bytes so far.
  public private(set) var count = 0

  /// - Parameters:
  ///   - path: a temporary name in the folder whose file system is to hold the bytes; it exists
  ///     only for the moment in which the file is made; spools of several threads may share it.
  ///   - limit: bytes that are kept in memory.
  public init(path: String, limit: Int = 1 << 20) {
    self.path = path
    self.limit = limit
  }

  public func append(_ bytes: [UInt8]) throws(StorageError) {
    try append(unsafe bytes.span.bytes)
  }

  public func append(_ bytes: RawSpan) throws(StorageError) {
    count += bytes.byteCount
    if let file { return try file.append(bytes) }
    unsafe bytes.withUnsafeBytes { unsafe memory.append(contentsOf: $0) }
    if memory.count > limit { try spill() }
  }

  /// Appends all that another spool has gathered.
  public func append(_ other: Spool) throws(StorageError) {
    try other.forEachPiece { (piece) throws(StorageError) in
      count += piece.byteCount
      if file == nil, memory.count + piece.byteCount > limit { try spill() }
      if let file {
        try file.append(piece)
      } else {
        unsafe piece.withUnsafeBytes { unsafe memory.append(contentsOf: $0) }
      }
    }
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
    let file = try Self.naming.withLock { (_) throws(StorageError) in
      let file = try OutputFile(creating: path)
      try Folder.remove(path)
      return file
    }
    let gathered = memory
    try file.append(unsafe gathered.span.bytes)
    memory = []
    self.file = file
  }
}
