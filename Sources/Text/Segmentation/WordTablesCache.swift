import SuoyinStorage

/// The tables of the segmenter in a file, because making them takes longer than most searches.
///
/// The file has the frame of all our files (`Envelope`), of kind `WORD`. Its name and its section
/// `name` say which ICU it was made of, so that another ICU makes another file; that section has the
/// size of each table as well, and what tables say of one another is held when they are opened, since
/// the segmenter takes them at their word. It is written under a name of its own, synced and renamed:
/// of several processes that make it at once the last one wins, with the same bytes. Who has given it
/// its name takes away what others left that did not come so far; one that is still writing then
/// finds the file made. Whatever is wrong with it, it is made anew; where the folder cannot be
/// written, the tables stay in memory. Nothing of it is an error.
enum WordTablesCache {
  static let kind = Envelope.Kind("WORD")
  /// Grows with every change of the file's layout or of what is in it.
  static let version: UInt32 = 3

  /// The tables of this machine's ICU, from the file or made; nil where ICU's data are not to be had.
  ///
  /// - Parameter folder: where the file is or will be; nil for none.
  /// - Complexity: 0.5 ms, or 0.3 s where they must be made.
  static func tables(in folder: String?) -> WordTables? {
    guard let name = DictionaryWords.name() else { return nil }
    let path = folder.map { self.path(of: name, in: $0) }
    if let path, let tables = opened(path, name: name) { return tables }
    guard let made = WordTablesInMemory() else { return nil }
    if let path, let folder {
      write(made, name: name, to: path, in: folder)
      if let tables = opened(path, name: name) { return tables }
    }
    return made.tables
  }

  static func path(of name: String, in folder: String) -> String {
    "\(folder)/words-\(name)-\(version).suoyin"
  }

  /// The tables of the file, or nil where it is missing, damaged, or of something else.
  private static func opened(_ path: String, name: String) -> WordTables? {
    do throws(StorageError) {
      let file = try SectionedFile(path: path, kind: kind, versions: version...version)
      for section in file.sections { try section.verify() }
      var reader = try file.section("name").reader()
      guard try reader.readString() == name else { return nil }
      func numbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ name: String
      ) throws(StorageError) -> MappedArray<Element> {
        let section = try file.section(name)
        let count = try reader.readCount(upTo: section.count)
        guard count * MemoryLayout<Element>.size == section.count else {
          throw section.damaged(at: 0, "size of the table", expected: "\(count) numbers")
        }
        return try section.array(of: Element.self, count: count)
      }
      let tables = WordTables(
        units: try numbers("units"), pages: try numbers("pages"),
        supplementary: try numbers("supplementary"), next: try numbers("next"),
        accepting: try numbers("accepting"), slots: try numbers("slots"))
      return tables.fitTogether ? tables : nil
    } catch {
      return nil
    }
  }

  /// Writes the file, where that can be done.
  private static func write(
    _ made: WordTablesInMemory, name: String, to path: String, in folder: String
  ) {
    do throws(StorageError) {
      try SuoyinStorage.Folder.create(folder)
      let own = "\(path).\(UInt64.random(in: .min ... .max))\(FileWriter.temporarySuffix)"
      let writer = try FileWriter(path: path, kind: kind, version: version, temporaryPath: own)
      var named = ByteWriter()
      named.append(string: name)
      for count in [
        made.units.count, made.pages.count, made.supplementary.count, made.next.count,
        made.accepting.count, made.dictionary.slots.count,
      ] { named.append(varint: count) }
      try writer.begin("name")
      try writer.append(named.bytes)
      try writer.begin("units")
      try writer.append(numbers: made.units)
      try writer.begin("pages")
      try writer.append(numbers: made.pages)
      try writer.begin("supplementary")
      try writer.append(numbers: made.supplementary)
      try writer.begin("next")
      try writer.append(numbers: made.next)
      try writer.begin("accepting")
      try writer.append(numbers: made.accepting)
      try writer.begin("slots")
      try writer.append(numbers: made.dictionary.slots)
      try writer.finish()
      try writer.publish()
      for name in try SuoyinStorage.Folder.names(in: folder)
      where name.hasPrefix("words-") && name.hasSuffix(FileWriter.temporarySuffix) {
        try SuoyinStorage.Folder.remove("\(folder)/\(name)")
      }
    } catch {
      // The tables are in memory, and the next process tries again.
    }
  }
}
