import Suoyin

extension CommandRun {
  /// - Returns: 0 where every article is in the index, 1 where some failed, 2 where all did.
  func index() throws -> Int32 {
    let encoding = try invocation.encoding()
    var reader = CorpusReader(
      paths: invocation.operands, encoding: encoding, repairsLines: !invocation.has(.noRepair))
    var run = IndexingRun(console: console)
    // Made for the first article and not before: a mistyped path must not leave an empty index.
    var writer: IndexWriter?
    while let item = reader.next() {
      switch item {
      case .article(let article, let place, let warnings):
        for warning in warnings { run.warn(warning) }
        let open = try writer ?? IndexWriter(at: indexFolder, options: try indexOptions())
        writer = open
        run.count(try open.add(article), of: article, at: place)
      case .failure(let failure):
        run.fail(failure)
      case .skipped:
        run.skipped += 1
      }
      run.bytes = reader.bytesRead
      run.show(total: reader.bytesTotal)
    }
    if let writer, run.taken > 0 {
      run.show(total: reader.bytesTotal, stage: "writing the index")
      try writer.commit()
    }
    console.clearProgress()
    try run.printSummary(index: indexFolder)
    if run.taken == 0 {
      if run.failed == 0 {
        throw Failure(
          "no article found in \(invocation.operands.joined(separator: ", "))",
          remedy: "articles are files .txt and .md, and lines of .jsonl and .ndjson")
      }
      return 2
    }
    return run.failed > 0 ? 1 : 0
  }

  private func indexOptions() throws -> IndexOptions {
    let k1 = invocation.number(.k1)
    let b = invocation.number(.b)
    guard k1 != nil || b != nil else { return IndexOptions() }
    // One of them given: the other is that of the index, where there is one. An index that cannot
    // be opened is the writer's to report, which comes next.
    let info = k1 == nil || b == nil ? (try? SearchIndex.open(at: indexFolder))?.info : nil
    let standard = Similarity()
    return IndexOptions(
      similarity: Similarity(
        k1: k1 ?? info?.k1 ?? standard.k1, b: b ?? info?.b ?? standard.b))
  }
}

extension Invocation {
  /// The encoding that `--encoding` names; nil without the option.
  func encoding() throws(Failure) -> TextEncoding? {
    guard let name = text(.encoding) else { return nil }
    do throws(UnknownEncoding) {
      return try TextEncoding(named: name)
    } catch {
      throw Failure(
        "there is no encoding “\(name)”",
        remedy: "examples are UTF-8, UTF-16, GB18030, Big5, Shift_JIS, EUC-JP and EUC-KR")
    }
  }
}

/// What became of the articles of one run.
private struct IndexingRun {
  let console: Console
  var skipped = 0
  var bytes = 0
  private(set) var added = 0
  private(set) var replaced = 0
  private(set) var unchanged = 0
  private(set) var failed = 0
  private let clock = ContinuousClock()
  private let start = ContinuousClock.now

  init(console: Console) {
    self.console = console
  }

  /// Articles that the index holds now.
  var taken: Int { added + replaced + unchanged }

  mutating func count(_ outcome: AddOutcome, of article: Article, at place: Place) {
    switch outcome {
    case .added: added += 1
    case .replaced: replaced += 1
    case .unchanged: unchanged += 1
    case .repeated(let first):
      failed += 1
      let isOfThisFile = first == place.path && place.line != nil
      let other =
        isOfThisFile ? "a line before it in this file" : first.map { "one in \($0)" } ?? "another"
      console.say(
        .failure,
        """
        \(place.description): its id “\(article.id)” is that of \(other), too; give each article an \
        id of its own
        """)
    }
  }

  func warn(_ warning: CorpusWarning) {
    console.say(.warning, warning.description)
  }

  mutating func fail(_ failure: CorpusFailure) {
    failed += 1
    console.say(.failure, failure.description)
  }

  func show(total: Int, stage: String? = nil) {
    console.show(
      ProgressState(articles: taken + failed, done: bytes, total: total, stage: stage))
  }

  func printSummary(index: String) throws {
    let seconds = start.duration(to: clock.now) / .seconds(1)
    let rate = seconds > 0 ? Double(bytes) / 1e6 / seconds : 0
    let counts = [
      (added, "added"), (replaced, "replaced"), (unchanged, "unchanged"), (failed, "failed"),
    ]
    .map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    try console.print([
      StyledText("\(harmless(index)): ", .label), StyledText(counts),
      StyledText(skipped > 0 ? ", \(counted(skipped, "file")) of other kinds skipped" : ""),
    ])
    try console.print([
      StyledText("\(byteCount(bytes)) in \(fixed(seconds, 2)) s, \(fixed(rate, 1)) MB/s", .label)
    ])
  }
}
