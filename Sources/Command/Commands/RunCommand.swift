import Suoyin

extension CommandRun {
  func run() throws -> Int32 {
    let file = try invocation.needed(.topics)
    let topics = try Topics(parsing: try contents(of: file), file: file).topics
    let index = try SearchIndex.open(at: indexFolder)
    var runner = TopicRunner(index.searcher, similarity: similarity(of: index))
    if let depth = invocation.count(.depth) { runner.depth = depth }
    if let threads = invocation.count(.threads) { runner.threads = threads }
    let tag = invocation.text(.tag) ?? "suoyin"
    guard !tag.contains(where: \.isWhitespace) else {
      throw Failure("the tag “\(tag)” holds a blank", remedy: "give --tag a word")
    }

    let output = try ResultFile(invocation.text(.output), or: console.out)
    let timings = try invocation.text(.timings).map { try ResultFile($0, or: console.out) }
    var done = 0
    var took: [Duration] = []
    try runner.forEachAnswer(to: topics) { answer in
      try output.write(try Run.lines(of: answer.ranking, topic: answer.topic.id, tag: tag))
      if answer.ranking.isEmpty {
        console.say(.warning, "topic \(answer.topic.id): nothing found for \(answer.topic.query)")
      }
      let microseconds = fixed(answer.took / .microseconds(1), 1).filter { $0 != "," }
      try timings?.write("\(answer.topic.id)\t\(microseconds)\t\(answer.total)\n")
      took.append(answer.took)
      done += 1
      console.show(
        ProgressState(
          noun: "topic", count: done, done: done, total: topics.count, areBytes: false))
    }
    console.clearProgress()
    try output.publish()
    try timings?.publish()
    if timings != nil { sayTimes(took) }
    return 0
  }

  /// Says mean, median and the slowest, for a person.
  private func sayTimes(_ took: [Duration]) {
    let sorted = took.sorted()
    guard let slowest = sorted.last else { return }
    func milliseconds(_ time: Duration) -> String { fixed(time / .milliseconds(1), 2) }
    let mean = sorted.reduce(.zero, +) / sorted.count
    console.say(
      .plain,
      "\(counted(sorted.count, "topic")), each in \(milliseconds(mean)) ms on average, "
        + "\(milliseconds(sorted[sorted.count / 2])) in the middle, "
        + "\(milliseconds(sorted[sorted.count * 99 / 100])) at 99 %, "
        + "\(milliseconds(slowest)) at most")
  }

  /// The parameters of BM25 asked for, the other one being the index's; nil where none is.
  private func similarity(of index: SearchIndex) -> Similarity? {
    let k1 = invocation.number(.k1)
    let b = invocation.number(.b)
    guard k1 != nil || b != nil else { return nil }
    let info = index.info
    return Similarity(k1: k1 ?? info.k1, b: b ?? info.b)
  }

  func contents(of file: String) throws(Failure) -> [UInt8] {
    do throws(StreamError) {
      return try FileDescriptor.readFile(file)
    } catch {
      throw Failure("\(file): cannot be read: \(error.reason)", remedy: "check the path")
    }
  }
}

extension Invocation {
  /// The value of an option that has to be given.
  func needed(_ name: OptionName) throws(Failure) -> String {
    if let text = text(name) { return text }
    let placeholder = command.option(name)?.placeholder ?? "VALUE"
    throw Failure(
      "suoyin \(command.name.rawValue) needs \(name.typed)",
      remedy: "write suoyin \(command.name.rawValue) \(name.typed) \(placeholder) …")
  }
}
