import Foundation
import SuoyinIndex
import SuoyinSearch
import SuoyinStorage
import SuoyinText

/// The index that queries are asked of, and whose segment is changed.
private let index: (searcher: Searcher, segment: SectionedFile) = {
  do {
    let folder = "\(fuzzFolder)/index"
    var options = IndexOptions()
    options.threads = 1
    let writer = try IndexWriter(at: folder, options: options)
    for number in 0..<300 {
      let words = ["依托本地电摩生态", "產業大腦", "C919 首飞。", "サーバー", "한국어", "w\(number % 7)"]
      let text = (0...(number % 5)).map { words[($0 + number) % words.count] }.joined(
        separator: "，")
      _ = try writer.add(
        Article(
          id: "a\(number)", title: number % 3 == 0 ? nil : "標題 \(number)",
          text: text + "\n\n" + text,
          path: "p/\(number)", extra: "{\"n\":\(number)}"))
    }
    try writer.commit()
    return (
      Searcher(try IndexSnapshot.open(at: folder)),
      try SectionedFile(path: "\(folder)/segment-1.suoyin", kind: .init("SEGM"), versions: 1...99)
    )
  } catch {
    preconditionFailure("\(error)")
  }
}()

func fuzzQuery(_ bytes: [UInt8]) {
  let query = String(decoding: bytes, as: UTF8.self)
  do throws(SearchError) {
    let result = try index.searcher.search(
      SearchRequest(query: query, limit: 5, explains: true))
    precondition(result.hits.count <= 5 && result.total >= result.hits.count)
  } catch {
    precondition(query.utf8.count > Searcher.longestQuery, "\(error)")
  }
}

/// Bytes are taken as changes, five for each: section, place, value.
func fuzzSegment(_ bytes: [UInt8]) {
  var changes: [Int: [(place: Int, value: UInt8)]] = [:]
  let sections = index.segment.sections
  for start in stride(from: 0, through: bytes.count - 5, by: 5).prefix(64) {
    let place = Int(bytes[start + 1]) << 16 | Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
    changes[Int(bytes[start]) % sections.count, default: []].append((place, bytes[start + 4]))
  }
  let path = "\(fuzzFolder)/forged"
  do {
    try SegmentForgery.forge(index.segment, at: path) { name, section in
      let number = sections.firstIndex { $0.name == name } ?? 0
      for (place, value) in changes[number] ?? [] where !section.isEmpty {
        section[place % section.count] = value
      }
    }
  } catch {
    preconditionFailure("\(error)")
  }
  readIndex(ofSegmentAt: path)
}

/// The bytes as they are, as a segment.
func fuzzFile(_ bytes: [UInt8]) {
  let path = "\(fuzzFolder)/file"
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
    preconditionFailure("cannot write \(path)")
  }
  readIndex(ofSegmentAt: path)
}

/// Opens a segment as an index, searches it, exports it and checks it; every error names the file.
private func readIndex(ofSegmentAt path: String) {
  func expect(_ error: any Error) {
    precondition("\(error)".contains(path), "\(error) names no file")
  }
  let snapshot: IndexSnapshot
  do { snapshot = try IndexSnapshot.open(segmentAt: path, analyzer: .cjk) } catch {
    return expect(error)
  }
  let searcher = Searcher(snapshot)
  for query in ["電摩 w3", "\"本地电摩\" -C919", "サーバー 產業 한국어 w1 w2", "-w1"] {
    do {
      _ = try searcher.search(SearchRequest(query: query, limit: 20, explains: true))
    } catch {
      expect(error)
    }
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
