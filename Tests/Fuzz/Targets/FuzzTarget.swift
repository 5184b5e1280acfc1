import Foundation

/// What takes bytes from outside: each target runs one of these on any bytes and holds what it promises.
///
/// A broken promise ends the process, as a read outside of memory does under the address sanitizer, so
/// that libFuzzer keeps the bytes. `scripts/fuzz` runs the targets; what it ever found lies in
/// `Tests/Fuzz/Findings` and is run by the tests.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A query line: parser, plan, search, snippets, explanation.
  case query
  /// What is being typed.
  case complete
  /// A segment with changed bytes, its checksums fitting: opening, searching, checking.
  case segment
  /// Any bytes as the files of an index.
  case file
  /// A text in any charset: decoding, repair of lines, headline, analysis.
  case text
  /// Lines of JSON, and what is written of the articles read again.
  case jsonLines = "json-lines"
  /// Topics of a collection.
  case topics
  /// Judgements and runs.
  case qrels
  /// Files of words: dictionary, synonyms, stop words.
  case words

  public func run(_ bytes: [UInt8]) {
    switch self {
    case .query: fuzzQuery(bytes)
    case .complete: fuzzComplete(bytes)
    case .segment: fuzzSegment(bytes)
    case .file: fuzzFile(bytes)
    case .text: fuzzText(bytes)
    case .jsonLines: fuzzJSONLines(bytes)
    case .topics: fuzzTopics(bytes)
    case .qrels: fuzzQrels(bytes)
    case .words: fuzzWords(bytes)
    }
  }

  /// The target that the environment names.
  static let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["SUOYIN_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      FileHandle.standardError.write(Data("SUOYIN_FUZZ_TARGET must be one of \(names)\n".utf8))
      exit(2)
    }
    return target
  }()
}

/// What libFuzzer calls, by way of `Tests/Fuzz/Driver`.
@_cdecl("suoyin_fuzz")
public func suoyinFuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// A folder of this process in memory, where there is such a file system.
let fuzzFolder: String = {
  let root =
    FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
  let path = "\(root)/suoyin-fuzz-\(getpid())"
  // Whatever keeps it from being made shows when the first file is written.
  try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  atexit {
    try? FileManager.default.removeItem(atPath: fuzzFolder)
  }
  return path
}()
