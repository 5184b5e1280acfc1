import Suoyin

extension CommandRun {
  /// - Returns: 0 where articles were found, 1 where none was.
  func search() throws -> Int32 {
    let index = try SearchIndex.open(at: indexFolder)
    guard invocation.operands == ["-"] else {
      return try search(invocation.operands.joined(separator: " "), in: index)
    }
    var status: Int32 = 1
    while let line = readLine() {
      if try search(line, in: index) == 0 { status = 0 }
      try console.out.flush()
    }
    return status
  }

  private func search(_ query: String, in index: SearchIndex) throws -> Int32 {
    var request = try requestedHits(query)
    request.explains = invocation.has(.explain)
    request.isStrict = invocation.has(.strict)
    request.after = try cursor()
    request.suggestsQuery = true
    request.findsLookalikes = invocation.has(.lookalikes)
    request.collapsesDuplicates = invocation.has(.collapse)
    request.order = invocation.text(.sort).map { SearchOrder(parsing: $0) } ?? .score
    request.facets = invocation.names(.facet)
    request.fields = try further(of: index)
    return try show(index.searcher.search(request), in: index, isRanked: request.order == .score)
  }

  /// Finds articles like one.
  ///
  /// - Returns: 0 where some were found, 1 where none was.
  func similar() throws -> Int32 {
    let index = try SearchIndex.open(at: indexFolder)
    let id = invocation.operands[0]
    var request = try requestedHits(id)
    request.fields = try further(of: index)
    guard let result = try index.searcher.similar(to: id, request) else {
      return try sayMissing(id)
    }
    return try show(result, in: index)
  }

  /// A request for as many hits, and what of them, as the options say.
  private func requestedHits(_ query: String) throws -> SearchRequest {
    var request = SearchRequest(
      query: query, limit: invocation.count(.limit) ?? 10, offset: invocation.count(.offset) ?? 0)
    let names = invocation.names(.fields)
    request.timeLimit = invocation.count(.timeout).map { .milliseconds($0) }
    request.makesSnippets = names.isEmpty || names.contains("snippets")
    return request
  }

  private func cursor() throws -> SearchCursor? {
    guard let text = invocation.text(.after), text != "first" else { return nil }
    guard let cursor = SearchCursor(text) else {
      throw Failure(
        "--after has “\(text)”, which is no cursor", remedy: "copy it whole from an answer")
    }
    return cursor
  }

  /// Those of the fields asked for that are fields of the index's articles.
  private func further(of index: SearchIndex) throws -> [String] {
    let names = invocation.names(.fields).filter { !HitView.fields.contains($0) }
    let known = index.searcher.snapshot.fields
    for name in names where known[name] == nil {
      let all = HitView.fields + known.fields.map(\.name)
      throw Failure(
        "--fields has no “\(name)”",
        remedy: nearestName(to: name, among: all).map { "did you mean \($0)?" }
          ?? "there are \(all.joined(separator: ", "))")
    }
    return names
  }

  private func show(
    _ result: SearchResult, in index: SearchIndex, isRanked: Bool = true
  ) throws -> Int32 {
    let names = invocation.names(.fields)
    let fields = names.isEmpty ? nil : names
    if invocation.has(.json) {
      try console.out.write(try jsonText(SearchView(result, fields: fields)))
    } else {
      for note in result.notes { console.say(.note, note.text) }
      if let suggestion = result.suggestion {
        let count = counted(suggestion.articles, "article")
        console.say(.note, "Did you mean \(harmless(suggestion.query))? It is held by \(count).")
      }
      if let fields {
        for facet in result.facets { try console.print(facet.line) }
        for hit in result.hits { try console.out.write(HitView(hit, fields).line + "\n") }
      } else {
        try SearchPage(
          result: result, offset: invocation.count(.offset) ?? 0,
          isBehindCursor: invocation.text(.after) != nil,
          isCollapsed: invocation.has(.collapse), isRanked: isRanked
        ).print(on: console)
      }
    }
    return result.total > 0 ? 0 : 1
  }

  /// Says that the index has no such article.
  func sayMissing(_ id: String) throws -> Int32 {
    console.say(
      Failure(
        "no article “\(id)” in \(indexFolder)", remedy: "suoyin search shows the ids of articles"),
      asJSON: invocation.has(.json))
    return 1
  }
}
