import Suoyin

extension CommandRun {
  func optimize() throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    var options = IndexOptions()
    options.createsIndex = false
    let writer = try IndexWriter(at: indexFolder, options: options)
    let before = try SearchIndex.open(at: indexFolder).info
    try writer.optimize()
    let after = try SearchIndex.open(at: indexFolder).info
    let seconds = start.duration(to: clock.now) / .seconds(1)
    let sizes = [before, after].map { $0.bytes.values.reduce(0, +) }
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
