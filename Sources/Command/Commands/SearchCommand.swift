import Suoyin

extension CommandRun {
  /// - Returns: 0 where articles were found, 1 where none was.
  func search() throws -> Int32 {
    let query = invocation.operands.joined(separator: " ")
    let offset = invocation.count(.offset) ?? 0
    let index = try SearchIndex.open(at: indexFolder)
    let result = try index.searcher.search(
      SearchRequest(
        query: query, limit: invocation.count(.limit) ?? 10, offset: offset,
        explains: invocation.has(.explain), isStrict: invocation.has(.strict)))
    if invocation.has(.json) {
      try console.out.write(try jsonText(SearchView(result)))
    } else {
      for note in result.notes { console.say(.note, note.text) }
      try SearchPage(result: result, offset: offset).print(on: console)
    }
    return result.total > 0 ? 0 : 1
  }
}
