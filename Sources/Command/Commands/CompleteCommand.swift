import Suoyin

extension CommandRun {
  /// - Returns: 0 where anything was found, 1 where nothing was.
  func complete() throws -> Int32 {
    let index = try SearchIndex.open(at: indexFolder)
    guard invocation.operands == ["-"] else {
      return try complete(invocation.operands.joined(separator: " "), in: index)
    }
    var status: Int32 = 1
    while let line = readLine() {
      if try complete(line, in: index) == 0 { status = 0 }
      try console.out.flush()
    }
    return status
  }

  private func complete(_ prefix: String, in index: SearchIndex) throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try index.complete(prefix, limit: invocation.count(.limit) ?? 10)
    let took = clock.now - start
    if invocation.has(.json) {
      try console.out.write(
        try jsonText(
          CompletionsView(
            prefix: prefix, tookMs: took / .milliseconds(1),
            completions: found.map(CompletionView.init))))
    } else {
      for completion in found {
        let count =
          completion.kind == .title
          ? "title" : counted(completion.articles, "article")
        try console.print([
          StyledText(harmless(completion.text)), StyledText("  " + count, .label),
        ])
      }
    }
    return found.isEmpty ? 1 : 0
  }
}

/// The object that `suoyin complete --json` prints.
private struct CompletionsView: Encodable {
  let prefix: String
  let tookMs: Double
  let completions: [CompletionView]

  private enum CodingKeys: String, CodingKey {
    case prefix, completions
    case tookMs = "took_ms"
  }
}

private struct CompletionView: Encodable {
  let text: String
  let kind: String
  let articles: Int

  init(_ completion: QueryCompletion) {
    text = completion.text
    kind = completion.kind.rawValue
    articles = completion.articles
  }
}
