import Suoyin

extension CommandRun {
  /// - Returns: 0 where every id was there, else 1.
  func delete() throws -> Int32 {
    var options = IndexOptions()
    options.createsIndex = false
    let writer = try IndexWriter(at: indexFolder, options: options)
    var missing: [String] = []
    var deleted = 0
    // By their bytes, as the index tells ids apart; an id given twice is deleted once.
    var seen: Set<[UInt8]> = []
    for id in invocation.operands where seen.insert(Array(id.utf8)).inserted {
      if try writer.delete(id: id) { deleted += 1 } else { missing.append(id) }
    }
    try writer.commit()
    for id in missing {
      console.say(
        .failure, "\(indexFolder): no article has the id “\(id)”; suoyin search shows the ids")
    }
    if invocation.has(.json) {
      let view = DeletionView(index: indexFolder, deleted: deleted, missing: missing)
      try console.out.write(try jsonText(view))
      return missing.isEmpty ? 0 : 1
    }
    try console.print([
      StyledText("\(harmless(indexFolder)): ", .label),
      StyledText("\(grouped(deleted)) deleted, \(grouped(missing.count)) not there"),
    ])
    return missing.isEmpty ? 0 : 1
  }
}

/// The object that `suoyin delete --json` prints.
private struct DeletionView: Encodable {
  let index: String
  let deleted: Int
  let missing: [String]
}
