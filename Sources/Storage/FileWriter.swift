/// Writes a file of ours section by section under a temporary name; see FORMAT.md, "Envelope".
///
/// The order of calls: for each section `begin`, `append`…; then ``finish()``, which puts all
/// bytes on the disk; then ``publish()``, which gives the file its name. A writer that goes before
/// that takes its temporary file with it. Whoever publishes syncs the folder
/// (``Folder/sync(_:)``): once for several files.
public final class FileWriter {
  /// What a manifest keeps of a finished file.
  public struct Summary: Equatable, Sendable {
    /// The size in bytes.
    public var size: Int
    /// The checksum of header, table and footer, and by these of everything.
    public var checksum: UInt64

    public init(size: Int, checksum: UInt64) {
      self.size = size
      self.checksum = checksum
    }
  }

  /// Where the file will be.
  public let path: String
  /// Where it is until then.
  public let temporaryPath: String

  /// Nil once the file is finished: many may wait for one commit, and the process may have few open.
  private var output: OutputFile?
  private let header: ByteWriter
  private var table = ByteWriter()
  private var names: Set<String> = []
  private var open: (name: String, start: Int, checksum: Checksum.Stream)?
  private var state = State.writing
  private enum State { case writing, finished, published }

  /// The ending of temporary names.
  public static let temporarySuffix = ".tmp"

  /// - Parameter temporaryPath: another than `path` with ``temporarySuffix``, in the same folder,
  ///   where several processes may write the file at once.
  public init(
    path: String, kind: Envelope.Kind, version: UInt32, temporaryPath: String? = nil
  ) throws(StorageError) {
    self.path = path
    self.temporaryPath = temporaryPath ?? path + Self.temporarySuffix
    output = try OutputFile(creating: self.temporaryPath)
    header = Envelope.header(kind: kind, version: version)
    try write(header.bytes)
  }

  deinit {
    // Nothing is lost when removing fails: the next writer takes away what has a temporary name.
    if state != .published { try? Folder.remove(temporaryPath) }
  }

  /// The bytes written so far.
  public private(set) var count = 0

  /// Begins a section; ends the one before.
  ///
  /// - Precondition: no section has had that name.
  public func begin(_ name: String) throws(StorageError) {
    precondition(state == .writing && names.insert(name).inserted)
    try endSection()
    open = (name, count, Checksum.Stream())
  }

  /// Appends to the open section.
  public func append(_ bytes: [UInt8]) throws(StorageError) {
    try append(numbers: bytes)
  }

  /// Appends to the open section.
  public func append(_ bytes: RawSpan) throws(StorageError) {
    precondition(state == .writing)
    guard let open else { preconditionFailure("no section is open") }
    open.checksum.update(bytes)
    try write(bytes)
  }

  /// Appends numbers to the open section, each in its full width.
  public func append<Element: FixedWidthInteger & BitwiseCopyable>(
    numbers: [Element]
  ) throws(StorageError) {
    precondition(Element(littleEndian: 1) == 1, "a machine with the lowest byte first")
    // Not by `span`: of a literal's, Swift 6.3 may drop the elements as never read.
    try unsafe numbers.withUnsafeBufferPointer { (numbers) throws(StorageError) in
      try append(unsafe UnsafeRawBufferPointer(numbers).bytes)
    }
  }

  /// Appends numbers as they are made, some at a time in memory.
  public func append(
    numbers: some Sequence<some FixedWidthInteger & BitwiseCopyable>
  ) throws(StorageError) {
    var bytes = ByteWriter()
    for number in numbers {
      bytes.append(fixed: number)
      if bytes.count >= 1 << 16 {
        try append(bytes.bytes)
        bytes.removeAll()
      }
    }
    try append(bytes.bytes)
  }

  /// Appends all that a spool has gathered to the open section.
  public func append(_ spool: Spool) throws(StorageError) {
    try spool.forEachPiece { (bytes) throws(StorageError) in try append(bytes) }
  }

  /// The place of the next byte in the open section.
  public var offset: Int {
    open.map { count - $0.start } ?? 0
  }

  /// Writes table and footer and waits until all is on the disk, still under the temporary name.
  @discardableResult
  public func finish() throws(StorageError) -> Summary {
    precondition(state == .writing)
    try endSection()
    let start = count
    table.append(fixed: UInt64(start))
    table.append(fixed: UInt64(table.count - 8))
    table.append(fixed: UInt64(start + table.count - 16 + Envelope.footerSize))
    let checksum = Checksum.of(header.bytes + table.bytes)
    table.append(fixed: checksum)
    table.append(Envelope.endMagic)
    try write(table.bytes)
    try output?.sync()
    output = nil
    state = .finished
    return Summary(size: count, checksum: checksum)
  }

  /// Gives the finished file its name, in place of a file that has it.
  public func publish() throws(StorageError) {
    precondition(state == .finished)
    try Folder.rename(temporaryPath, to: path)
    state = .published
  }

  /// Takes back the name of a published file whose commit failed.
  public func withdraw() throws(StorageError) {
    if state == .published { try Folder.remove(path) }
  }

  private func endSection() throws(StorageError) {
    guard let (name, start, checksum) = open else { return }
    open = nil
    table.append(string: name)
    table.append(fixed: UInt64(start))
    table.append(fixed: UInt64(count - start))
    table.append(fixed: checksum.value)
    var padding = 0
    while (count + padding) % Envelope.alignment != 0 { padding += 1 }
    try write([UInt8](repeating: 0, count: padding))
  }

  private func write(_ bytes: [UInt8]) throws(StorageError) {
    try write(unsafe bytes.span.bytes)
  }

  private func write(_ bytes: RawSpan) throws(StorageError) {
    try output?.append(bytes)
    count += bytes.byteCount
  }
}
