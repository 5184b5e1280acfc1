import Foundation
import SuoyinTestSupport
import Testing

/// What README.md shows of the library compiles and prints what it says it prints.
@Suite struct ReadmeTests {
  /// The Swift block, built and run as the program of a package that depends on this checkout.
  ///
  /// Its build lies in `.build` and is kept, so that of the library only what changed is compiled
  /// again.
  @Test func theExampleRuns() throws {
    let readme = try String(contentsOfFile: "\(Seeds.checkout)/README.md", encoding: .utf8)
    let program = try #require(block("swift", in: readme), "README.md has no block of Swift")
    let promised = try #require(block("text", after: program, in: readme))

    let package = "\(Seeds.checkout)/.build/readme-example"
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: "\(package)/Sources/Example", withIntermediateDirectories: true)
    // Written anew each time: the package manager compiles a program again only where a module
    // that it imports itself has changed, and not where one behind that has.
    try program.write(
      toFile: "\(package)/Sources/Example/main.swift", atomically: true, encoding: .utf8)
    try manifest.write(toFile: "\(package)/Package.swift", atomically: true, encoding: .utf8)
    // The cached plan of the build would not notice that a file of the checkout is gone.
    let build = ["swift", "build", "--disable-build-manifest-caching", "--package-path", package]
    let built = try run(build, in: package)
    try #require(built.status == 0, "\(built.output)")

    let folder = try TemporaryFolder()
    let ran = try run(["\(package)/.build/debug/Example"], in: folder.path)
    #expect(ran.status == 0)
    #expect(ran.output == promised)
  }

  private var manifest: String {
    let checkout = URL(fileURLWithPath: Seeds.checkout)
    return """
      // swift-tools-version: 6.2
      import PackageDescription

      let package = Package(
        name: "Example",
        dependencies: [.package(path: \(literal(checkout.path)))],
        targets: [
          .executableTarget(
            name: "Example",
            dependencies: [
              .product(name: "Suoyin", package: \(literal(checkout.lastPathComponent)))
            ])
        ]
      )
      """
  }

  private func literal(_ text: String) -> String {
    text.debugDescription
  }

  /// The first block of code in a language, after another text where one is given.
  private func block(_ language: String, after earlier: String = "", in text: String) -> String? {
    let start = earlier.isEmpty ? text.startIndex : text.range(of: earlier)?.upperBound
    guard let start, let open = text.range(of: "```\(language)\n", range: start..<text.endIndex),
      let close = text.range(of: "```", range: open.upperBound..<text.endIndex)
    else { return nil }
    return String(text[open.upperBound..<close.lowerBound])
  }

  private func run(_ command: [String], in folder: String) throws -> (status: Int32, output: String)
  {
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
