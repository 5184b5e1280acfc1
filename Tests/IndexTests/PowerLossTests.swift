import Foundation
import SuoyinTestSupport
import SuoyinText
import Synchronization
import Testing

@testable import SuoyinIndex
@testable import SuoyinStorage

/// Whenever the power goes, the index is one of those that were committed, whole, and the next writer
/// goes on from it.
///
/// `SUOYIN_CRASH_STATES` in the environment asks for more states than the quick run looks at.
@Suite struct PowerLossTests {
  private static let states =
    ProcessInfo.processInfo.environment["SUOYIN_CRASH_STATES"].flatMap { Int($0) } ?? 400

  /// What a run did to the disk.
  private final class Recording: Sendable {
    private let calls = Mutex<[DiskCall]>([])
    var count: Int { calls.withLock { $0.count } }
    var all: [DiskCall] { calls.withLock { $0 } }
    func take(_ call: DiskCall) { calls.withLock { $0.append(call) } }
  }

  /// Indexes, deletes, merges, optimizes, rebuilds, reorders, restores, repairs; `returned` is told when what
  /// was asked for is promised to be on the disk.
  private static func work(in folder: String, _ returned: () -> Void) throws {
    func open(_ change: (inout IndexOptions) -> Void = { _ in }) throws -> IndexWriter {
      var options = IndexOptions()
      options.threads = 1
      options.mergesSegments = false
      change(&options)
      return try IndexWriter(at: folder, options: options)
    }
    var writer: IndexWriter? = try open()
    for number in 0..<3 {
      for article in 0...number {
        _ = try writer?.addPlain(Article(id: "a\(article)", text: "w\(number) v\(article)"))
      }
      try writer?.commit()
      returned()
    }
    _ = try writer?.delete(id: "a1")
    try writer?.commit()
    returned()
    try writer?.optimize()
    returned()
    writer = nil
    writer = try open {
      $0.replacesIndex = true
      $0.memoryBudget = 1
    }
    for number in 0..<3 {
      _ = try writer?.addPlain(Article(id: "b\(number)", text: "w\(number)"))
    }
    try writer?.commit()
    returned()
    writer = nil
    try open().optimize(reordering: true)
    returned()
    _ = try IndexCopy.make(from: folder, to: folder, replacing: true)
    returned()
    writer = try open { $0.analyzer = try? Analyzer(.cjk, options: Self.options) }
    _ = try writer?.delete(id: "b1")
    try writer?.commit()
    returned()
  }

  private static var options: AnalyzerOptions {
    var options = AnalyzerOptions()
    options.synonyms = Synonyms(stored: [.init(typed: ["a", "b"], others: [])])
    return options
  }

  /// What may be in force after so many calls.
  private struct Promise {
    /// The bytes of each manifest and before how many calls it could not be there.
    private(set) var manifests: [(bytes: [UInt8], from: Int)] = []
    private(set) var returns: [(calls: Int, manifest: Int)] = []

    mutating func commit(_ bytes: [UInt8], after calls: Int) { manifests.append((bytes, calls)) }
    mutating func `return`(after calls: Int) { returns.append((calls, manifests.count - 1)) }

    func allows(_ manifest: [UInt8]?, after calls: Int) -> Bool {
      let least = returns.last { $0.calls <= calls }?.manifest
      guard let manifest else { return least == nil }
      return manifests.indices.contains { index in
        index >= least ?? 0 && manifests[index].from <= calls && manifests[index].bytes == manifest
      }
    }
  }

  private static func record() throws -> ([DiskCall], Promise, root: TemporaryFolder) {
    let root = try TemporaryFolder()
    let recording = Recording()
    var returns: [Int] = []
    try DiskCall.observing(
      root.path, by: { recording.take($0) },
      while: { try work(in: root.path("index")) { returns.append(recording.count) } })
    let calls = recording.all
    var promise = Promise()
    var disk = PowerLoss(root: root.path)
    for (index, call) in calls.enumerated() {
      while returns.first == index {
        promise.return(after: index)
        returns.removeFirst()
      }
      disk.apply(call)
      if case .rename(_, let new) = call, new.hasSuffix("/manifest") {
        promise.commit(disk.bytes("index/manifest") ?? [], after: index + 1)
      }
    }
    for _ in returns { promise.return(after: calls.count) }
    return (calls, promise, root)
  }

  @Test func anyLossLeavesACommittedIndex() throws {
    let (calls, promise, root) = try Self.record()
    #expect(calls.count > 100)
    var random = SeededGenerator(seed: 1)
    var disk = PowerLoss(root: root.path)
    let perMoment = Self.states / calls.count
    for (index, call) in calls.enumerated() {
      disk.apply(call)
      var kinds: [PowerLoss.Remains] = (0..<perMoment).map { number in
        PowerLoss.Remains.allCases[min(number, PowerLoss.Remains.allCases.count - 1)]
      }
      if kinds.isEmpty
        || Int.random(in: 0..<calls.count, using: &random) < Self.states % calls.count
      {
        kinds.append(.anything)
      }
      for kind in kinds {
        let folder = try TemporaryFolder()
        try disk.write(kind, into: folder.path, using: &random)
        try hold(folder, to: promise, after: index + 1, "call \(index) \(call), \(kind)")
      }
    }
  }

  /// A process is killed, another one goes on, and then the power goes: what the first had renamed but
  /// not synced may be undone again, and its files must be there still.
  @Test func aLossAfterAKilledWriterLeavesACommittedIndex() throws {
    let (calls, promise, root) = try Self.record()
    var random = SeededGenerator(seed: 2)
    let moments = calls.indices.filter { index in
      if case .rename = calls[index] { return true }
      return index % max(1, calls.count * 40 / Self.states) == 0
    }
    for moment in moments {
      var disk = PowerLoss(root: root.path)
      for call in calls[...moment] { disk.apply(call) }
      let folder = try TemporaryFolder()
      try disk.write(.everything, into: folder.path, using: &random)
      let recording = Recording()
      try DiskCall.observing(
        folder.path, by: { recording.take($0) },
        while: {
          let writer = try IndexWriter(at: folder.path("index"))
          // Goes without a commit: what was there before is to be there after any loss.
          _ = try writer.addPlain(Article(id: "c", text: "c"))
        })
      // Files of the second run must not have the numbers of the first.
      for (index, call) in recording.all.enumerated() {
        disk.apply(call.renumbered(by: 1_000_000), from: folder.path)
        guard index % 3 == 0 || index == recording.count - 1 else { continue }
        for kind in [PowerLoss.Remains.nothing, .anything] {
          let left = try TemporaryFolder()
          try disk.write(kind, into: left.path, using: &random)
          try hold(
            left, to: promise, after: moment + 1, "killed at \(moment), call \(index) \(call)")
        }
      }
    }
  }

  private func hold(
    _ folder: TemporaryFolder, to promise: Promise, after calls: Int, _ what: String
  ) throws {
    let index = folder.path("index")
    let manifest = try? folder.bytes("index/manifest")
    #expect(promise.allows(manifest, after: calls), "another manifest: \(what)")
    if manifest != nil {
      let check = try IndexCheck.run(at: index)
      #expect(check.isSound, "\(what): \(check.findings.map(\.message))")
    }
    let before = try manifest.map { _ in try IndexSnapshot.open(at: index).articleCount } ?? 0
    do {
      let writer = try IndexWriter(at: index)
      _ = try writer.addPlain(Article(id: "next", text: "next"))
      try writer.commit()
    } catch {
      Issue.record("\(what): \(error)")
      return
    }
    #expect(try IndexSnapshot.open(at: index).articleCount == before + 1, "\(what)")
    let named = try Manifest.read(in: IndexFolder(index)).0.fileNames(in: IndexFolder(index))
    let others = try FileManager.default.contentsOfDirectory(atPath: index)
      .filter { !named.contains("\(index)/\($0)") && !["manifest", "lock"].contains($0) }
    #expect(others.isEmpty, "\(what) left \(others)")
  }

  /// Whichever call fails, the index is as before, or the error says that the commit stands; nothing
  /// temporary is left; and the next run goes on.
  @Test(arguments: [ENOSPC, EIO]) func anyFailureLeavesACommittedIndex(code: Int32) throws {
    let (calls, promise, _) = try Self.record()
    for number in calls.indices where number % 2 == (code == EIO ? 0 : 1) {
      let root = try TemporaryFolder()
      let count = Mutex(0)
      let failedAt = Mutex<Int?>(nil)
      var failure: (any Error)?
      do {
        try DiskCall.observing(
          root.path,
          by: { (call) throws(StorageError) in
            let index = count.withLock { count in
              defer { count += 1 }
              return count
            }
            // A full disk stays full; files can be removed from it.
            guard index == number || code == ENOSPC && index > number else { return }
            switch call {
            case .remove: return
            case .syncFolder where code == ENOSPC: return
            case .rename where code == ENOSPC: return
            default: break
            }
            failedAt.withLock { $0 = $0 ?? index }
            throw StorageError(code: code, file: "x", action: "cannot write")
          },
          while: { try Self.work(in: root.path("index")) {} })
      } catch {
        failure = error
      }
      guard let error = failure as? IndexError, let number = failedAt.withLock({ $0 }) else {
        #expect(failedAt.withLock { $0 } == nil, "call \(number): no error")
        continue
      }
      let isMade =
        switch error {
        case .commitUnsynced, .mergeFailed: true
        default: false
        }
      let names = (try? root.names().contains("index") ? folderNames(root) : []) ?? []
      #expect(!names.contains { $0.contains(".tmp") }, "call \(number): \(names)")
      let manifest = try? root.bytes("index/manifest")
      #expect(
        promise.allows(manifest, after: isMade ? number + 1 : number), "call \(number): \(error)")
      try hold(
        root, to: promise, after: number + 1, "failed at \(number) \(calls[number]): \(error)")
    }
  }

  private func folderNames(_ root: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.path("index"))
  }

  /// A commit whose last sync fails is in force, and its error says so.
  @Test func aCommitThatIsNotSyncedStands() throws {
    let folder = try TemporaryFolder()
    let syncs = Mutex(0)
    let error = #expect(throws: IndexError.self) {
      try DiskCall.observing(
        folder.path,
        by: { (call) throws(StorageError) in
          guard call == .syncFolder(folder.path) else { return }
          let number = syncs.withLock { syncs in
            syncs += 1
            return syncs
          }
          if number == 3 { throw StorageError(code: EIO, file: folder.path, action: "cannot sync") }
        },
        while: {
          let writer = try IndexWriter(at: folder.path)
          _ = try writer.addPlain(Article(id: "a", text: "w"))
          try writer.commit()
        })
    }
    #expect(error?.message.contains("the commit is made") == true, "\(String(describing: error))")
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 1)
  }
}

extension DiskCall {
  /// The same call about a file of another number.
  fileprivate func renumbered(by distance: Int) -> DiskCall {
    switch self {
    case .create(let path, let file): .create(path, file: file + distance)
    case .write(let bytes, let file): .write(bytes, file: file + distance)
    case .sync(let file): .sync(file: file + distance)
    default: self
    }
  }
}
