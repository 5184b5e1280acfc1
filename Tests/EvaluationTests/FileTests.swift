import SuoyinEvaluation
import SuoyinTestSupport
import Testing

@Suite struct FileTests {
  private func topics(_ text: String) throws -> [Topic] {
    try Topics(parsing: Array(text.utf8), file: "t").topics
  }

  @Test(arguments: [
    "\u{FEFF}1\t重庆 汽车\r\n\n2\tC919\n",
    "{\"_id\": 1, \"text\": \"重庆 汽车\"}\n{\"qid\": \"2\", \"title\": \"C919\", \"x\": [1]}",
    """
    <top>
    <num> Number: 1
    <title> Topic: 重庆
    汽车
    <desc> Description: a < b
    </top>

    <top><num>2</num><title>C919</title></top>
    """,
  ])
  func formsOfTopicsAreToldApart(text: String) throws {
    #expect(
      try topics(text) == [Topic(id: "1", query: "重庆 汽车"), Topic(id: "2", query: "C919")])
  }

  @Test(arguments: [
    ("1\ta\n2 b", 2, "no tab"), ("1\ta\tb", 1, "3 columns"), ("1\t ", 1, "no query"),
    ("1\ta\n\n1\tb", 3, "line 1 already"), ("a b\tc", 1, "holds a blank"),
    ("{\"id\": \"1\"}", 1, "no object"),
    ("{\"id\": \"1\", \"query\": \"a\", \"text\": \"b\"}", 1, ""),
    ("<top><num>1<title>a", 1, "without </top>"), ("<top>\n<top>", 2, "before the </top>"),
    ("<title>a</title>", 1, "outside"), ("<top></top>", 1, "without an id"),
  ])
  func badTopicsAreNamed(text: String, line: Int, problem: String) throws {
    do {
      Issue.record("read as \(try topics(text))")
    } catch let error as EvaluationFileError {
      #expect(error.line == line && error.problem.contains(problem), "\(error)")
    }
  }

  @Test func bytesThatAreNoTextAreNamed() {
    #expect(throws: EvaluationFileError.self) {
      try Topics(parsing: [0x31, 0x09, 0xFF], file: "t")
    }
    #expect(throws: EvaluationFileError.self) { try Topics(parsing: [], file: "t") }
  }

  @Test(arguments: [
    "1 0 a 2\n2 0 b -1\n1 0 c 0\n", "query-id\tcorpus-id\tscore\n1\ta\t2\n2\tb\t-1\n1\tc\t0",
    "1 a 2\n2 b -1\n1 c 0",
  ])
  func formsOfQrelsAreToldApart(text: String) throws {
    let qrels = try Qrels(parsing: Array(text.utf8), file: "q")
    #expect(qrels == Qrels(["1": ["a": 2, "c": 0], "2": ["b": -1]], topics: ["1", "2"]))
  }

  @Test(arguments: ["", "1 a", "1 0 a 1\n1 a 1", "1 0 a x", "1 0 a 1\n1 0 a 1", "1 0 a 1.5"])
  func badQrelsAreErrors(text: String) {
    #expect(throws: EvaluationFileError.self) { try Qrels(parsing: Array(text.utf8), file: "q") }
  }

  @Test func runsAreRead() throws {
    let text = "1 Q0 a 1 2.5 t\n2 Q0 a 1 -1e-3 t\n1\tQ0\tb\t2\t2.5\tt\n"
    let run = try Run(parsing: Array(text.utf8), file: "r")
    #expect(run.rankings["1"]?.map(\.id) == ["a", "b"])
    #expect(run.rankings["2"] == [Run.Entry(id: "a", score: -1e-3)])
    for wrong in ["", "1 Q0 a 1 2", "1 Q0 a 1 nan t", "1 Q0 a 1 1 t\n1 Q0 a 2 0 t"] {
      #expect(throws: EvaluationFileError.self) { try Run(parsing: Array(wrong.utf8), file: "r") }
    }
  }

  /// What programs of TREC make of a run is the order in which it was written.
  @Test func writtenScoresFallAsFloats() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let ranking = (0..<40).map { number in
        Run.Entry(
          id: "d\(number % 7)\(number)",
          score: [0, 3, 3.000_000_01, -2, 1e30, 17.25].randomElement(using: &random) ?? 0)
      }
      let text = try Run.lines(of: ranking, topic: "1", tag: "t")
      let read = try Run(parsing: Array(text.utf8), file: "r").rankings["1"] ?? []
      #expect(read.map(\.id) == ranking.map(\.id))
      #expect(
        zip(read, read.dropFirst()).allSatisfy { Float($0.score) > Float($1.score) }, "\(text)")
      #expect(zip(read, ranking).allSatisfy { $0.score <= Double(Float($1.score)) })
    }
    #expect(
      try Run.lines(of: [Run.Entry(id: "a", score: 2)], topic: "1", tag: "t")
        == "1 Q0 a 1 2.0 t\n")
    for id in ["", "a b", "a\tb"] {
      #expect(throws: UnwritableID.self) {
        try Run.lines(of: [Run.Entry(id: id, score: 1)], topic: "1", tag: "t")
      }
    }
  }

  @Test func idsThatDifferInBytesAreTwo() throws {
    let (one, two) = ("\u{E9}", "e\u{301}")
    #expect(one == two && Identifier(one) != Identifier(two))
    let qrels = try Qrels(
      parsing: Array("\(one) 0 \(one) 1\n\(one) 0 \(two) 0\n\(two) 0 \(two) 1\n".utf8), file: "q")
    #expect(qrels.topics.count == 2)
    let run = try Run(
      parsing: Array(
        "\(one) Q0 \(two) 1 2 x\n\(one) Q0 \(one) 2 1 x\n\(two) Q0 \(two) 1 1 x\n".utf8), file: "r")
    #expect(Evaluation(of: run, by: qrels, measures: [Measure(.rr)]).values == [[0.5, 1]])
  }
}
