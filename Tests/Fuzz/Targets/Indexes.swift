import Foundation
import SuoyinIndex
import SuoyinSearch
import SuoyinStorage
import SuoyinText

/// The index that queries are asked of, and whose segment is changed, as written and reordered: as small as
/// it can be with lists of two blocks, articles of more than one sentence, columns of each kind and a further
/// field of text.
private let index: (searcher: Searcher, segment: SectionedFile, reordered: SectionedFile) = {
  do {
    let folder = "\(fuzzFolder)/index"
    var options = IndexOptions()
    options.threads = 1
    options.fields = try FieldSchema(parsing: "s: text", file: "schema")
    let writer = try IndexWriter(at: folder, options: options)
    let words = ["依托本地电摩生态", "產業大腦", "C919 首飞。", "サーバー", "한국어", "w"]
    for number in 0..<260 {
      let isLong = number % 13 == 0
      let text =
        isLong
        ? "\(words.joined(separator: "，"))\n\n本地电摩 w\(number % 7)" : words[number % words.count]
      _ = try writer.add(
        Article(
          id: "a\(number)", title: isLong ? "標題 \(number)" : nil, text: text,
          path: isLong ? "p/\(number)" : nil, date: isLong ? "2024-0\(number % 9 + 1)" : nil,
          extra: isLong
            ? "{\"n\":\(number),\"k\":[\"k\(number % 3)\",\"K\"],\"s\":[\"本地w\(number % 2)\",\"电摩。\"]}"
            : nil))
    }
    try writer.commit()
    func segment() throws -> SectionedFile {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      let name = names.first { $0.hasPrefix("segment-") } ?? "no segment"
      return try SectionedFile(path: "\(folder)/\(name)", kind: .init("SEGM"), versions: 1...99)
    }
    let (searcher, written) = (Searcher(try IndexSnapshot.open(at: folder)), try segment())
    try writer.optimize(reordering: true)
    return (searcher, written, try segment())
  } catch {
    preconditionFailure("\(error)")
  }
}()

/// The first byte says how is asked, the rest is the query; one of an odd length asks for look-alikes too.
func fuzzQuery(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  var request = SearchRequest(
    query: String(decoding: bytes.dropFirst(), as: UTF8.self), limit: 3, explains: first & 1 != 0,
    isStrict: first & 2 != 0)
  request.isPlain = first & 4 != 0
  request.findsLookalikes = bytes.count & 1 != 0
  if first & 8 != 0 { request.order = .field("n", isDescending: first & 16 != 0) }
  if first & 32 != 0 { request.facets = ["k", "year"] }
  request.offset = first & 64 != 0 ? 1 : 0
  do throws(SearchError) {
    let result = try index.searcher.search(request)
    precondition(result.hits.count <= 3 && result.total >= result.hits.count)
    if first & 128 != 0 { _ = try index.searcher.explain(article: "a13", request) }
  } catch {
    precondition(request.isStrict || request.query.utf8.count > Searcher.longestQuery, "\(error)")
  }
}

/// The first byte says how many are wanted, the rest is what was typed.
func fuzzComplete(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let typed = String(decoding: bytes.dropFirst(), as: UTF8.self)
  do throws(SearchError) {
    let found = try index.searcher.complete(typed, limit: Int(first))
    precondition(found.count <= first && Set(found.map(\.text)).count == found.count)
    let kept = typed.lastIndex(where: \.isWhitespace).map { typed[...$0] } ?? ""
    for completion in found {
      precondition(completion.articles > 0 && completion.text.utf8.starts(with: kept.utf8))
    }
  } catch {
    precondition(typed.utf8.count > Searcher.longestQuery, "\(error)")
  }
}

/// Bytes are taken as changes, five for each: section, place, value. Where the first has its highest bit,
/// the reordered segment is changed.
func fuzzSegment(_ bytes: [UInt8]) {
  var changes: [Int: [(place: Int, value: UInt8)]] = [:]
  let segment = bytes.first.map { $0 >= 128 } == true ? index.reordered : index.segment
  let sections = segment.sections
  for start in stride(from: 0, through: bytes.count - 5, by: 5).prefix(64) {
    let place = Int(bytes[start + 1]) << 16 | Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
    changes[Int(bytes[start]) % sections.count, default: []].append((place, bytes[start + 4]))
  }
  let path = "\(fuzzFolder)/forged"
  do {
    try SegmentForgery.forge(segment, at: path) { name, section in
      let number = sections.firstIndex { $0.name == name } ?? 0
      for (place, value) in changes[number] ?? [] where !section.isEmpty {
        section[place % section.count] = value
      }
    }
  } catch {
    preconditionFailure("\(error)")
  }
  readIndex(ofSegmentAt: path, asking: bytes.count)
}

/// The bytes as they are, as a segment.
func fuzzFile(_ bytes: [UInt8]) {
  let path = "\(fuzzFolder)/file"
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
    preconditionFailure("cannot write \(path)")
  }
  readIndex(ofSegmentAt: path, asking: bytes.count)
}

private let queries = [
  "電摩 w3", "\"本地电摩\" -C919", "サーバー 產業 한국어", "-w1", "n:>20 k:k1", "電* OR (電 NEAR 摩)",
]

/// Opens a segment as an index, asks it a query, exports it and checks it; every error names the file.
///
/// - Parameter number: chooses the query.
private func readIndex(ofSegmentAt path: String, asking number: Int) {
  func expect(_ error: any Error) {
    precondition("\(error)".contains(path), "\(error) names no file")
  }
  let snapshot: IndexSnapshot
  do { snapshot = try IndexSnapshot.open(segmentAt: path, analyzer: .cjk) } catch {
    return expect(error)
  }
  let searcher = Searcher(snapshot)
  do {
    let query = queries[number % queries.count]
    _ = try searcher.search(SearchRequest(query: query, limit: 3, explains: true))
  } catch {
    expect(error)
  }
  for typed in ["w", "dianmo", "bdd", "產"] {
    do { _ = try searcher.complete(typed) } catch { expect(error) }
  }
  do { try snapshot.visitArticles { _ in } } catch { expect(error) }
  _ = snapshot.document(id: "a7")
  for segment in snapshot.segments {
    for field in FieldID.all { readLists(of: segment.field(field), below: segment.documentCount) }
    for finding in segment.verify() { expect(finding) }
  }
}

/// Walks through all lists of a field; a cursor goes forward, whatever the bytes.
private func readLists(of field: SegmentField, below count: Int) {
  guard var terms = try? field.terms() else { return }
  var positions: [UInt32] = []
  while let entry = try? terms.next() {
    var cursor = field.postings(entry)
    var last: UInt32?
    while cursor.document != PostingCursor.end {
      precondition(cursor.document < count && last.map { $0 < cursor.document } ?? true)
      last = cursor.document
      _ = cursor.frequency
      cursor.positions(into: &positions)
      cursor.advance()
    }
  }
}
