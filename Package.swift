// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For modules with inner loops: what the checks of exclusive access at run time cost there, up to a
/// fifth, is saved in releases. Tests run with the checks (`scripts/test`).
let quick =
  strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// A folder of Sources/, as a module. Its arrows point only at modules listed above it.
func module(
  _ name: String, in folder: String, uses dependencies: [Target.Dependency],
  _ settings: [SwiftSetting] = strict
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(folder)", swiftSettings: settings)
}

/// - Parameter data: files that tests read where they lie.
func tests(
  in folder: String, of modules: Target.Dependency..., reading data: [String] = []
) -> Target {
  .testTarget(
    name: folder, dependencies: modules + ["SuoyinTestSupport"], path: "Tests/\(folder)",
    exclude: data, swiftSettings: strict)
}

/// The program that `scripts/fuzz` builds: it has no `main` but that of libFuzzer.
let fuzzing: [Target] =
  Context.environment["SUOYIN_FUZZ"] == nil
  ? []
  : [
    .executableTarget(name: "suoyin-fuzz", dependencies: ["SuoyinFuzz"], path: "Tests/Fuzz/Driver")
  ]

let package = Package(
  name: "suoyin",
  products: [
    .library(name: "Suoyin", targets: ["Suoyin"]),
    .executable(name: "suoyin", targets: ["SuoyinCommand"]),
    .executable(name: "suoyin-bench", targets: ["SuoyinBench"]),
  ],
  targets: [
    // Libraries from Debian.
    .target(
      name: "CICU",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
    // What Swift's own view of the C library leaves out.
    .systemLibrary(name: "CTerminal"),
    .systemLibrary(name: "CMemory"),
    // What Swift cannot say to the processor.
    .target(name: "CKernels"),

    // The pipeline, in the order in which an article takes it.
    module("SuoyinStorage", in: "Storage", uses: ["CXXHash", "CMemory"]),
    module("SuoyinText", in: "Text", uses: ["SuoyinStorage", "CICU", "CStemmer", "CKernels"]),
    module("SuoyinCorpus", in: "Corpus", uses: ["SuoyinText"]),
    module(
      "SuoyinIndex", in: "Index", uses: ["SuoyinStorage", "SuoyinText", "CZstd", "CKernels"],
      quick),
    module(
      "SuoyinSearch", in: "Search",
      uses: ["SuoyinIndex", "SuoyinText", "SuoyinStorage", "CKernels"], quick),
    module("SuoyinEvaluation", in: "Evaluation", uses: ["SuoyinIndex", "SuoyinSearch"]),

    // What people touch.
    module(
      "Suoyin", in: "Suoyin",
      uses: ["SuoyinText", "SuoyinCorpus", "SuoyinIndex", "SuoyinSearch", "SuoyinEvaluation"]),
    .executableTarget(
      name: "SuoyinCommand", dependencies: ["Suoyin", "CTerminal"], path: "Sources/Command",
      swiftSettings: strict),
    .executableTarget(
      name: "SuoyinBench",
      dependencies: ["SuoyinText", "SuoyinCorpus", "SuoyinIndex", "SuoyinSearch", "CKernels"],
      path: "Sources/Bench", swiftSettings: strict),

    .target(name: "SuoyinTestSupport", path: "Tests/Support", swiftSettings: strict),
    // What fuzzing and tests of damage share.
    .target(
      name: "SuoyinFuzz",
      dependencies: [
        "SuoyinStorage", "SuoyinText", "SuoyinCorpus", "SuoyinIndex", "SuoyinSearch",
        "SuoyinEvaluation",
      ], path: "Tests/Fuzz/Targets", swiftSettings: strict),
    tests(in: "FuzzTests", of: "SuoyinFuzz"),
    tests(in: "KernelTests", of: "CKernels"),
    tests(in: "StorageTests", of: "SuoyinStorage"),
    tests(in: "TextTests", of: "SuoyinText", "SuoyinStorage", "CICU"),
    tests(in: "CorpusTests", of: "SuoyinCorpus", "SuoyinText"),
    tests(
      in: "IndexTests", of: "SuoyinIndex", "SuoyinStorage", "SuoyinText", "CKernels", "SuoyinFuzz",
      reading: ["Golden"]),
    tests(in: "SearchTests", of: "SuoyinSearch", "SuoyinIndex", "SuoyinStorage", "SuoyinText"),
    tests(
      in: "EvaluationTests", of: "SuoyinEvaluation", "SuoyinSearch", "SuoyinIndex", "SuoyinText",
      reading: ["Fixtures"]),
    tests(in: "SuoyinTests", of: "Suoyin"),
    tests(in: "CommandTests", of: "SuoyinCommand", "Suoyin"),
    tests(in: "BenchTests", of: "SuoyinBench"),
  ] + fuzzing,
  cxxLanguageStandard: .cxx17
)
