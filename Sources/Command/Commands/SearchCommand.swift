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
    return try show(index.searcher.search(request))
  }

  /// Finds articles like one.
  ///
  /// - Returns: 0 where some were found, 1 where none was.
  func similar() throws -> Int32 {
    let index = try SearchIndex.open(at: indexFolder)
    let id = invocation.operands[0]
    guard let result = try index.searcher.similar(to: id, try requestedHits(id)) else {
      return try sayMissing(id)
    }
    return try show(result)
  }

  /// A request for as many hits, and what of them, as the options say.
  private func requestedHits(_ query: String) throws -> SearchRequest {
    var request = SearchRequest(
      query: query, limit: invocation.count(.limit) ?? 10, offset: invocation.count(.offset) ?? 0)
    request.makesSnippets = try fields()?.contains("snippets") ?? true
    return request
  }

  /// The fields of hits that are asked for; nil where none are named.
  private func fields() throws -> [String]? {
    guard let names = invocation.text(.fields) else { return nil }
    let fields = names.split(separator: ",").map(String.init)
    for field in fields where !HitView.fields.contains(field) {
      throw Failure(
        "--fields has no “\(field)”",
        remedy: nearestName(to: field, among: HitView.fields).map { "did you mean \($0)?" }
          ?? "there are \(HitView.fields.joined(separator: ", "))")
    }
    return fields
  }

  private func show(_ result: SearchResult) throws -> Int32 {
    let fields = try fields()
    if invocation.has(.json) {
      try console.out.write(try jsonText(SearchView(result, fields: fields)))
    } else {
      for note in result.notes { console.say(.note, note.text) }
      if let fields {
        for hit in result.hits { try console.out.write(HitView(hit, fields).line + "\n") }
      } else {
        try SearchPage(result: result, offset: invocation.count(.offset) ?? 0).print(on: console)
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
