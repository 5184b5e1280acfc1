import Suoyin

extension CommandRun {
  /// - Returns: 0 where articles were found, 1 where none was.
  func search() throws -> Int32 {
    let query = invocation.operands.joined(separator: " ")
    let offset = invocation.count(.offset) ?? 0
    let index = try SearchIndex.open(at: indexFolder)
    var request = SearchRequest(
      query: query, limit: invocation.count(.limit) ?? 10, offset: offset,
      explains: invocation.has(.explain), isStrict: invocation.has(.strict))
    request.order = invocation.text(.sort).map { SearchOrder(parsing: $0) } ?? .score
    request.facets = invocation.names(.facet)
    request.fields = invocation.names(.fields)
    let result = try index.searcher.search(request)
    if invocation.has(.json) {
      try console.out.write(try jsonText(SearchView(result)))
    } else {
      for note in result.notes { console.say(.note, note.text) }
      try SearchPage(result: result, offset: offset, isRanked: request.order == .score)
        .print(on: console)
    }
    return result.total > 0 ? 0 : 1
  }
}
