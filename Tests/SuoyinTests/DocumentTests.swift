import Foundation
import SuoyinTestSupport
import Testing

/// What README.md and docs/guide.md show of the library compiles and prints what they say it prints.
@Suite struct DocumentTests {
  private static let documents: [(name: String, path: String)] = [
    ("Readme", "README.md"), ("Guide", "docs/guide.md"),
  ]

  /// The Swift blocks of each document, one behind the other, built and run as a program of a package that
  /// depends on this checkout.
  ///
  /// Its build lies in `.build` and is kept, so that of the library only what changed is compiled
  /// again.
  @Test func theExamplesRun() throws {
    let package = "\(Seeds.checkout)/.build/readme-example"
    let manager = FileManager.default
    for (name, path) in Self.documents {
      let document = try String(contentsOfFile: "\(Seeds.checkout)/\(path)", encoding: .utf8)
      let program = blocks("swift", in: document).joined(separator: "\n")
      try #require(!program.isEmpty, "\(path) has no block of Swift")
      let folder = "\(package)/Sources/\(name)"
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // Written anew each time: the package manager compiles a program again only where a module
      // that it imports itself has changed, and not where one behind that has.
      try program.write(toFile: "\(folder)/main.swift", atomically: true, encoding: .utf8)
    }
    try manifest.write(toFile: "\(package)/Package.swift", atomically: true, encoding: .utf8)
    // The cached plan of the build would not notice that a file of the checkout is gone.
    let build = ["swift", "build", "--disable-build-manifest-caching", "--package-path", package]
    let built = try run(build, in: package)
    try #require(built.status == 0, "\(built.output)")

    for (name, path) in Self.documents {
      let document = try String(contentsOfFile: "\(Seeds.checkout)/\(path)", encoding: .utf8)
      let folder = try TemporaryFolder()
      let ran = try run(["\(package)/.build/debug/\(name)"], in: folder.path)
      #expect(ran.status == 0, "\(path)")
      #expect(ran.output == blocks("text", in: document).joined(), "\(path)")
    }
  }

  private var manifest: String {
    let checkout = URL(fileURLWithPath: Seeds.checkout)
    let targets = Self.documents.map { document in
      """
          .executableTarget(
            name: "\(document.name)",
            dependencies: [
              .product(name: "Suoyin", package: \(literal(checkout.lastPathComponent)))
            ])
      """
    }
    return """
      // swift-tools-version: 6.2
      import PackageDescription

      let package = Package(
        name: "Examples",
        dependencies: [.package(path: \(literal(checkout.path)))],
        targets: [
      \(targets.joined(separator: ",\n"))
        ]
      )
      """
  }

  private func literal(_ text: String) -> String {
    text.debugDescription
  }

  /// The blocks of code in a language.
  private func blocks(_ language: String, in text: String) -> [String] {
    var blocks: [String] = []
    var rest = text[...]
    while let open = rest.range(of: "```\(language)\n"),
      let close = rest.range(of: "```", range: open.upperBound..<rest.endIndex)
    {
      blocks.append(String(rest[open.upperBound..<close.lowerBound]))
      rest = rest[close.upperBound...]
    }
    return blocks
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
