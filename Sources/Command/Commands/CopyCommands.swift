import Suoyin

extension CommandRun {
  func snapshot() throws -> Int32 {
    try copy(from: indexFolder, to: invocation.operands[0], replacing: false)
  }

  func restore() throws -> Int32 {
    try copy(from: invocation.operands[0], to: indexFolder, replacing: true)
  }

  private func copy(from source: String, to target: String, replacing: Bool) throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let copy = try IndexCopy.make(from: source, to: target, replacing: replacing)
    let took = start.duration(to: clock.now) / .milliseconds(1)
    if invocation.has(.json) {
      let view = CopyView(
        from: source, to: target, articles: copy.articleCount, segments: copy.segmentCount,
        bytes: copy.bytes, tookMilliseconds: (took * 1000).rounded() / 1000)
      try console.out.write(try jsonText(view))
      return 0
    }
    try console.print([
      StyledText("\(harmless(target)): ", .label),
      StyledText("\(counted(copy.articleCount, "article")) copied from \(harmless(source))"),
      StyledText(
        "; \(counted(copy.segmentCount, "segment")) of \(byteCount(copy.bytes)) in "
          + "\(fixed(took / 1000, 2)) s", .label),
    ])
    return 0
  }

  func export() throws -> Int32 {
    let snapshot = try SearchIndex.open(at: indexFolder).searcher.snapshot
    let output = invocation.text(.output)
    let file = try ResultFile(output, or: console.out)
    do {
      try snapshot.visitArticles { try file.write(ArticleLineText.line(of: $0)) }
      try file.publish()
    } catch let error as StreamError where error.isClosedPipe {
      // Unlike a list of hits, half of a backup is not what was asked for.
      throw Failure(
        "the reader of the lines has left before the last one",
        remedy: "see to the command behind the pipe, or write to a file with --output")
    }
    return 0
  }
}

/// The object that `suoyin snapshot --json` and `suoyin restore --json` print.
private struct CopyView: Encodable {
  let from: String
  let to: String
  let articles: Int
  let segments: Int
  let bytes: Int
  let tookMilliseconds: Double

  private enum CodingKeys: String, CodingKey {
    case from, to, articles, segments, bytes
    case tookMilliseconds = "took_ms"
  }
}
