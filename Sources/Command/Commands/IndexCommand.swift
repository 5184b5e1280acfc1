import Suoyin

extension CommandRun {
  /// - Returns: 0 where every article is in the index, 1 where some failed, 2 where all did.
  func index() throws -> Int32 {
    try takeArticles(try indexOptions())
  }

  /// As ``index()``, into a new index that then takes the place of the old one.
  func rebuild() throws -> Int32 {
    var options = try indexOptions()
    options.replacesIndex = true
    return try takeArticles(options)
  }

  private func takeArticles(_ options: IndexOptions) throws -> Int32 {
    let encoding = try invocation.encoding()
    var reader = CorpusReader(
      paths: invocation.operands, encoding: encoding, repairsLines: !invocation.has(.noRepair))
    var run = IndexingRun(console: console)
    // One that is not there is made for the first article: a mistyped path must leave no empty index.
    var writer = options.replacesIndex ? nil : try existingIndex(options)
    let interval = invocation.count(.commitEvery) ?? .max
    var committed = 0
    while let item = try reader.next(skipping: { file in
      guard let writer, try writer.isUnchanged(id: file.id, stamp: SourceStamp(file)) else {
        return false
      }
      run.countUnread(bytes: file.size)
      return true
    }) {
      switch item {
      case .article(let article, let place, let warnings):
        for warning in warnings { run.warn(warning) }
        let open = try writer ?? IndexWriter(at: indexFolder, options: options)
        writer = open
        let stamp = reader.file.map { SourceStamp($0) } ?? .none
        run.count(try open.add(article, stamp: stamp), of: article, at: place)
        for misfit in open.misfits { run.warn(misfit, at: place) }
        if run.added + run.replaced - committed >= interval {
          run.show(total: reader.bytesTotal, of: open, stage: "writing the index")
          try open.checkpoint()
          committed = run.added + run.replaced
        }
      case .failure(let failure):
        run.fail(failure)
      case .skipped:
        run.skipped += 1
      }
      run.bytes = reader.bytesRead
      run.show(total: reader.bytesTotal, of: writer)
    }
    run.bytes = reader.bytesRead
    if let writer, invocation.has(.prune) {
      run.show(
        total: reader.bytesTotal, of: writer, stage: "looking for files that are gone")
      run.pruned = try prune(writer)
    }
    run.warnOfMore()
    // Without an article too, synonyms and fields may be new.
    let hasNewSettings = invocation.text(.synonyms) != nil || invocation.text(.schema) != nil
    if let writer, run.taken + run.pruned > 0 || hasNewSettings {
      run.show(total: reader.bytesTotal, of: writer, stage: "writing the index")
      try writer.commit()
    }
    console.clearProgress()
    if invocation.has(.json) {
      try console.out.write(try jsonText(run.view(index: indexFolder)))
    } else {
      try run.printSummary(index: indexFolder)
    }
    if run.taken + run.pruned == 0 {
      if run.failed == 0 {
        throw Failure(
          "no article found in \(invocation.operands.joined(separator: ", "))",
          remedy: "articles are files .txt and .md, and lines of .jsonl and .ndjson")
      }
      return 2
    }
    return run.failed > 0 ? 1 : 0
  }

  /// The writer of an index that is there already; nil where there is none.
  private func existingIndex(_ options: IndexOptions) throws -> IndexWriter? {
    var options = options
    options.createsIndex = false
    do throws(IndexError) {
      return try IndexWriter(at: indexFolder, options: options)
    } catch .noIndex {
      return nil
    }
  }

  /// Deletes the articles of files that are gone from below the paths given.
  ///
  /// - Returns: how many there were.
  private func prune(_ writer: IndexWriter) throws -> Int {
    let folders = invocation.operands.filter { !CorpusReader.isGone($0) }.map { path in
      Array((path.hasSuffix("/") ? path : path + "/").utf8)
    }
    return try writer.delete { path in
      folders.contains { path.utf8.starts(with: $0) } && CorpusReader.isGone(path)
    }
  }

  private func indexOptions() throws -> IndexOptions {
    var options = IndexOptions(analyzer: try chosenAnalyzer(), similarity: try similarity())
    options.analyzerDemand = .setOptions(named: invocation.text(.analyzer) != nil)
    if let file = invocation.text(.schema) {
      options.fields = try FieldSchema(parsing: wordFile(file), file: file)
    }
    if let megabytes = invocation.count(.memory) { options.memoryBudget = megabytes << 20 }
    if let threads = invocation.count(.threads) { options.threads = threads }
    return options
  }

  /// The parameters of BM25 asked for; nil where none is.
  private func similarity() throws -> Similarity? {
    let k1 = invocation.number(.k1)
    let b = invocation.number(.b)
    guard k1 != nil || b != nil else { return nil }
    // One of them given: the other is that of the index, where there is one. An index that cannot
    // be opened is the writer's to report, which comes next.
    let info = k1 == nil || b == nil ? (try? SearchIndex.open(at: indexFolder))?.info : nil
    let standard = Similarity()
    return Similarity(k1: k1 ?? info?.k1 ?? standard.k1, b: b ?? info?.b ?? standard.b)
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
  /// Bytes of the files done with; ``unread`` of them did not have to be read.
  var bytes = 0
  private var unread = 0
  var pruned = 0
  private(set) var added = 0
  private(set) var replaced = 0
  private(set) var unchanged = 0
  private(set) var failed = 0
  /// How many values did not fit each field.
  private var misfits: [String: Int] = [:]
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

  /// Counts a file that did not have to be read.
  mutating func countUnread(bytes: Int) {
    unchanged += 1
    unread += bytes
  }

  func warn(_ warning: CorpusWarning) {
    console.say(.warning, warning.description)
  }

  /// The most values of one field that are named.
  private static let misfitsNamed = 10

  mutating func warn(_ misfit: FieldMisfit, at place: Place) {
    misfits[misfit.field ?? "", default: 0] += 1
    guard misfits[misfit.field ?? "", default: 0] <= Self.misfitsNamed else { return }
    console.say(.warning, "\(place): \(misfit)")
  }

  /// Says how many values more did not fit than were named.
  func warnOfMore() {
    for (field, count) in misfits.sorted(by: { $0.key < $1.key }) where count > Self.misfitsNamed {
      let name = field.isEmpty ? "further fields" : "“\(field)”"
      console.say(
        .warning, "\(counted(count - Self.misfitsNamed, "value")) more of \(name) did not fit")
    }
  }

  mutating func fail(_ failure: CorpusFailure) {
    failed += 1
    console.say(.failure, failure.description)
  }

  /// - Parameter total: bytes that there are to read.
  func show(total: Int, of writer: IndexWriter?, stage: String? = nil) {
    console.show(
      ProgressState(
        count: taken + failed, done: bytes, total: total, memory: writer?.memory, stage: stage))
  }

  private var seconds: Double { start.duration(to: clock.now) / .seconds(1) }

  func view(index: String) -> IndexingView {
    IndexingView(
      index: index, added: added, replaced: replaced, unchanged: unchanged, pruned: pruned,
      failed: failed, skipped: skipped, bytesRead: bytes - unread,
      tookMilliseconds: (seconds * 1e6).rounded() / 1e3)
  }

  func printSummary(index: String) throws {
    let seconds = seconds
    let perSecond = seconds > 0 ? 1 / seconds : 0
    let read = bytes - unread
    let rate = Double(read) / 1e6 * perSecond
    let articles = Int((Double(taken + failed) * perSecond).rounded())
    let counts = [
      (added, "added"), (replaced, "replaced"), (unchanged, "unchanged"), (pruned, "pruned"),
      (failed, "failed"),
    ]
    .map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    try console.print([
      StyledText("\(harmless(index)): ", .label), StyledText(counts),
      StyledText(skipped > 0 ? ", \(counted(skipped, "file")) of other kinds skipped" : ""),
    ])
    try console.print([
      StyledText(
        "\(byteCount(read)) in \(fixed(seconds, 2)) s, \(grouped(articles)) articles/s, "
          + "\(fixed(rate, 1)) MB/s", .label)
    ])
  }
}

/// The object that `suoyin index --json` prints.
private struct IndexingView: Encodable {
  let index: String
  let added: Int
  let replaced: Int
  let unchanged: Int
  let pruned: Int
  let failed: Int
  let skipped: Int
  let bytesRead: Int
  let tookMilliseconds: Double

  private enum CodingKeys: String, CodingKey {
    case index, added, replaced, unchanged, pruned, failed, skipped
    case bytesRead = "bytes_read"
    case tookMilliseconds = "took_ms"
  }
}
