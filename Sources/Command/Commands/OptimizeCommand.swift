import Suoyin

extension CommandRun {
  func optimize() throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    var options = IndexOptions()
    options.createsIndex = false
    if let threads = invocation.count(.threads) { options.threads = threads }
    if let megabytes = invocation.count(.memory) { options.memoryBudget = megabytes << 20 }
    let writer = try IndexWriter(at: indexFolder, options: options)
    let before = try SearchIndex.open(at: indexFolder).info
    try writer.optimize(reordering: invocation.has(.reorder)) { share in
      let done = Int(Double(before.articles) * share)
      console.show(
        ProgressState(count: done, done: done, total: before.articles, areBytes: false))
    }
    console.clearProgress()
    let after = try SearchIndex.open(at: indexFolder).info
    let seconds = start.duration(to: clock.now) / .seconds(1)
    let sizes = [before, after].map { $0.bytes.values.reduce(0, +) }
    if invocation.has(.json) {
      let view = OptimizationView(
        index: indexFolder, segmentsBefore: before.segments, segmentsAfter: after.segments,
        bytesBefore: sizes[0], bytesAfter: sizes[1],
        tookMilliseconds: (seconds * 1e6).rounded() / 1e3)
      try console.out.write(try jsonText(view))
      return 0
    }
    try console.print([
      StyledText("\(harmless(indexFolder)): ", .label),
      StyledText(
        "\(counted(before.segments, "segment")) of \(byteCount(sizes[0])) became "
          + "\(grouped(after.segments)) of \(byteCount(sizes[1]))"),
      StyledText(" in \(fixed(seconds, 2)) s", .label),
    ])
    return 0
  }
}

/// The object that `suoyin optimize --json` prints.
private struct OptimizationView: Encodable {
  let index: String
  let segmentsBefore: Int
  let segmentsAfter: Int
  let bytesBefore: Int
  let bytesAfter: Int
  let tookMilliseconds: Double

  private enum CodingKeys: String, CodingKey {
    case index
    case segmentsBefore = "segments_before"
    case segmentsAfter = "segments_after"
    case bytesBefore = "bytes_before"
    case bytesAfter = "bytes_after"
    case tookMilliseconds = "took_ms"
  }
}
