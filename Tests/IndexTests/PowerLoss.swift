import Foundation
import SuoyinTestSupport

@testable import SuoyinStorage

/// A disk as calls change it, and what a loss of power may leave of it.
///
/// The rules are those that every file system keeps, and no more than these: a file's bytes are on the
/// disk once the file was synced, names once their folder was; a rename is done or not. Of everything
/// since, any selection may be there, in any order: names without bytes, bytes torn or as zeros, a
/// later rename without an earlier one.
///
/// Source of the method: T. S. Pillai et al., “All File Systems Are Not Created Equal: On the
/// Complexity of Crafting Crash-Consistent Applications”, OSDI 2014 (ALICE).
struct PowerLoss {
  private struct File {
    var synced: [UInt8] = []
    var writes: [[UInt8]] = []
    var all: [UInt8] { synced + writes.joined() }
  }

  private enum NameChange {
    case put(String, file: Int?)
    case move(String, String, file: Int?)
    case remove(String)
  }

  /// Paths count from here.
  private let root: String
  private var files: [Int: File] = [:]
  /// What each name means to whoever looks now; nil stands for a folder.
  private var names: [String: Int?] = [:]
  private var syncedNames: [String: Int?] = [:]
  /// By their folder, what was done since it was synced.
  private var changes: [String: [NameChange]] = [:]

  init(root: String) { self.root = root }

  mutating func apply(_ call: DiskCall, from root: String? = nil) {
    func short(_ path: String) -> String {
      String(path.dropFirst((root ?? self.root).utf8.count + 1))
    }
    switch call {
    case .makeFolder(let path):
      // Asked for whether it is there or not.
      guard names[short(path)] == nil, !short(path).isEmpty else { return }
      change(.put(short(path), file: nil), in: Self.folder(of: short(path)))
    case .create(let path, let file):
      files[file] = File()
      change(.put(short(path), file: file), in: Self.folder(of: short(path)))
    case .write(let bytes, let file): files[file]?.writes.append(bytes)
    case .sync(let file):
      let all = files[file]?.all ?? []
      files[file] = File(synced: all)
    case .link(let path, let new):
      guard case let file?? = names[short(path)] else { return }
      change(.put(short(new), file: file), in: Self.folder(of: short(new)))
    case .rename(let path, let new):
      guard case let file?? = names[short(path)] else { return }
      change(.move(short(path), short(new), file: file), in: Self.folder(of: short(new)))
    case .remove(let path):
      guard names[short(path)] != nil else { return }
      change(.remove(short(path)), in: Self.folder(of: short(path)))
    case .syncFolder(let path):
      for change in changes.removeValue(forKey: short(path)) ?? [] {
        Self.apply(change, to: &syncedNames)
      }
    }
  }

  private mutating func change(_ change: NameChange, in folder: String) {
    Self.apply(change, to: &names)
    changes[folder, default: []].append(change)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func apply(_ change: NameChange, to names: inout [String: Int?]) {
    switch change {
    case .put(let name, let file): names[name] = .some(file)
    case .move(let name, let new, let file):
      names[name] = nil
      names[new] = .some(file)
    case .remove(let name): names[name] = nil
    }
  }

  /// The bytes that a name has for whoever looks now.
  func bytes(_ name: String) -> [UInt8]? {
    guard case let file?? = names[name] else { return nil }
    return files[file]?.all
  }

  /// How much of what was not synced is there after the loss.
  enum Remains: CaseIterable {
    case nothing, everything, namesOnly, bytesOnly, anything
  }

  /// Writes what the loss leaves into an empty folder.
  func write(
    _ remains: Remains, into folder: String, using random: inout SeededGenerator
  ) throws {
    var left = syncedNames
    for changes in changes.values {
      for change in changes {
        let stays =
          switch remains {
          case .nothing, .bytesOnly: false
          case .everything, .namesOnly: true
          case .anything: Bool.random(using: &random)
          }
        if stays { Self.apply(change, to: &left) }
      }
    }
    for (name, file) in left.sorted(by: { $0.key < $1.key }) {
      let path = "\(folder)/\(name)"
      let above = Self.folder(of: name)
      // What is in a folder whose name is lost is lost with it.
      guard above.isEmpty || left[above] != nil else { continue }
      guard let file else {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: false)
        continue
      }
      let bytes = contents(of: files[file] ?? File(), remains, using: &random)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
  }

  private func contents(
    of file: File, _ remains: Remains, using random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = file.synced
    for write in file.writes {
      switch remains {
      case .nothing, .namesOnly: break
      case .everything, .bytesOnly: bytes += write
      case .anything:
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return bytes
        case 1: bytes += [UInt8](repeating: 0, count: write.count)
        case 2: bytes += write.prefix(Int.random(in: 0...write.count, using: &random))
        default: bytes += write
        }
      }
    }
    return bytes
  }
}
