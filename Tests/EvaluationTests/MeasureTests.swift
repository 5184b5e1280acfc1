import Foundation
import SuoyinEvaluation
import SuoyinTestSupport
import Testing

/// Values are those of ir_measures and scipy: `Fixtures/make.py` asks them.
@Suite struct MeasureTests {
  private static let folder = "\(Seeds.checkout)/Tests/EvaluationTests/Fixtures"

  @Test func valuesAreThoseOfIRMeasures() throws {
    let text = try String(contentsOfFile: "\(Self.folder)/ir_measures.jsonl", encoding: .utf8)
    #expect(try check(text) >= 200)
  }

  /// The Python that has ir_measures: `$SUOYIN_PYTHON`, else the first in the path, if it does.
  private static let python: String? = {
    let named = ProcessInfo.processInfo.environment["SUOYIN_PYTHON"] ?? "python3"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [named, "-c", "import ir_measures, cwl, scipy"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? named : nil
  }()

  @Test(
    .enabled(if: python != nil, "no Python with ir_measures, cwl-eval and scipy ($SUOYIN_PYTHON)"))
  func valuesAreThoseOfIRMeasuresInstalledHere() throws {
    let folder = try TemporaryFolder()
    let output = try folder.write("", to: "cases.jsonl")
    let seed = Int.random(in: 2...1_000_000)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      try #require(Self.python), "\(Self.folder)/make.py", "--seed", "\(seed)", "--cases", "60",
    ]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "seed \(seed)")
    let cases = try check(try String(contentsOfFile: output, encoding: .utf8))
    #expect(cases == 60, "seed \(seed)")
  }

  /// - Returns: how many cases there were.
  private func check(_ text: String) throws -> Int {
    let lines = try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let names = try #require(lines.first?["measures"] as? [String])
    let measures = try names.map { try Measure(parsing: $0) }
    #expect(measures.map(\.description) == names)
    var cases = 0
    for (number, line) in lines.enumerated().dropFirst() {
      if let differences = line["differences"] as? [Double] {
        let test = try #require(PairedTTest(differences))
        let (t, p) = (try #require(line["t"] as? Double), try #require(line["p"] as? Double))
        #expect(abs(test.t - t) <= 1e-9 * max(1, abs(t)), "line \(number + 1)")
        #expect(abs(test.p - p) <= 1e-9 * p, "line \(number + 1): \(test.p), not \(p)")
        continue
      }
      cases += 1
      let grades = try #require(line["qrels"] as? [String: [String: Int]])
      let run = try #require(line["run"] as? [String: [[Any]]]).mapValues { ranking in
        try ranking.map {
          Run.Entry(
            id: try #require($0[0] as? String), score: try #require($0[1] as? Double))
        }
      }
      let expected = try #require(line["values"] as? [[Double]])
      let evaluation = Evaluation(
        of: Run(run), by: Qrels(grades, topics: grades.keys.sorted()), measures: measures)
      for (index, name) in names.enumerated() {
        let values = evaluation.values[index] + [evaluation.means[index]]
        #expect(
          zip(values, expected[index]).allSatisfy { abs($0 - $1) < 1e-7 },
          "line \(number + 1), \(name): \(values), not \(expected[index])")
      }
    }
    return cases
  }

  @Test func namesAreReadAndWritten() throws {
    let measures = try Measure.parse("P(rel=2, judged_only=True)@5, MAP@5  RBP(p=0.95,rel=1) nDCG")
    #expect(
      measures.map(\.description)
        == ["P(rel=2,judged_only=True)@5", "AP@5", "RBP(p=0.95,rel=1)", "nDCG"])
    #expect(try Measure(parsing: "P(cutoff=5)").cutoff == 5)
    for wrong in [
      "nDCG@0", "nDCG@x", "P", "P(rel=0)@3", "P(rel=2@3", "XY@3", "Bpref@4", "nDCG(rel=2)@3", "RBP",
      "RBP(rel=1,p=1)", "P@3@4", "AP(rel)", "AP(rel=1,rel=2)", "Judged(rel=1)@3", "ERR@20", "",
    ] {
      #expect(throws: MeasureError.self, "\(wrong)") { try Measure(parsing: wrong) }
    }
  }
}
