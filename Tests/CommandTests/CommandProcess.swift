import Foundation
import SuoyinTestSupport

/// The command as others run it: the built program in a process of its own.
struct CommandProcess {
  struct Answer {
    let status: Int32
    let output: String
    let errors: String

    /// Standard output as JSON.
    func json() throws -> [String: Any] {
      try Self.object(output)
    }

    /// The object on standard error: `message` and `remedy`.
    func errorObject() throws -> [String: Any] {
      let object = try Self.object(errors)
      return object["error"] as? [String: Any] ?? [:]
    }

    private static func object(_ text: String) throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
      guard let object = object as? [String: Any] else { throw NotAnObject(text: text) }
      return object
    }
  }

  struct NotAnObject: Error {
    let text: String
  }

  /// Beside the tests' own program, which the system knows better than any guess at paths.
  static let program: String = {
    if let named = ProcessInfo.processInfo.environment["SUOYIN_COMMAND"] { return named }
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("suoyin").path
  }()

  /// Where it runs.
  var folder: String
  /// Beside `PATH`; nothing of the environment of the tests gets through.
  var environment: [String: String] = [:]

  /// Runs `suoyin` to its end.
  @discardableResult
  func run(_ arguments: String..., input: String = "") throws -> Answer {
    try run(program: Self.program, arguments, input: Data(input.utf8))
  }

  /// Runs `suoyin` with bytes on standard input.
  func run(_ arguments: [String], input: Data) throws -> Answer {
    try run(program: Self.program, arguments, input: input)
  }

  /// Runs a line of the shell, in which `"$SUOYIN"` is the command.
  func shell(_ line: String) throws -> Answer {
    try run(program: "/bin/bash", ["-c", line], input: Data())
  }

  private func run(program: String, _ arguments: [String], input: Data) throws -> Answer {
    // Files and not pipes, which would have to be read while the process writes.
    let files = try TemporaryFolder()
    let read = try files.write(input, to: "input")
    let output = try files.write("", to: "output")
    let errors = try files.write("", to: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = environment.merging(["PATH": path, "SUOYIN": Self.program]) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: read))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

/// The five articles, indexed once for all tests that only read.
enum SeedIndex {
  struct NotIndexed: Error {
    let errors: String
  }

  private static let folder = Result {
    let folder = try TemporaryFolder()
    let answer = try CommandProcess(folder: folder.path).run("index", Seeds.folder)
    guard answer.status == 0 else { throw NotIndexed(errors: answer.errors) }
    return folder
  }

  /// The command in a folder whose `index` holds the five articles.
  static func command() throws -> CommandProcess {
    CommandProcess(folder: try folder.get().path)
  }
}
