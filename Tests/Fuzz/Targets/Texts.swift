import Foundation
import SuoyinCorpus
import SuoyinEvaluation
import SuoyinText

private let encodings: [TextEncoding?] =
  [nil]
  + ["UTF-8", "UTF-16LE", "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "ISO-2022-JP"].map {
    try? TextEncoding(named: $0)
  }

/// The first byte chooses the charset.
func fuzzText(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let body = Array(bytes.dropFirst())
  let decoded = Decoder.decode(body, declared: encodings[Int(first) % encodings.count])
  for fault in decoded.faults { precondition(fault.offset <= body.count) }
  let text = decoded.text
  if let headline = Headline.find(in: text) { precondition(!headline.isEmpty) }
  var last = 0
  let length = text.utf8.count
  for edit in LineRepair.edits(of: text) {
    let range = edit.range.lowerBound.utf8..<edit.range.upperBound.utf8
    precondition(range.lowerBound >= last && range.upperBound <= length, "edits in order")
    last = range.upperBound
  }
  let analysis = Analyzer.cjk.makeSession().analyze(text, repairingLines: first & 0x80 == 0)
  var position: UInt32?
  for unit in analysis.units {
    precondition(unit.range.lowerBound <= unit.range.upperBound)
    precondition(position.map { $0 < unit.position } ?? true, "units in order")
    position = unit.position
  }
  for gram in analysis.grams { _ = analysis.term(of: gram) }
  for word in analysis.words { _ = analysis.term(of: word) }
}

/// Reads the lines, writes what came of them, and reads that: the same articles.
func fuzzJSONLines(_ bytes: [UInt8]) {
  let articles = readLines(bytes)
  let again = readLines(Array(articles.map { ArticleLineText.line(of: $0) }.joined().utf8))
  precondition(articles == again, "exported articles are the same")
}

private func readLines(_ bytes: [UInt8]) -> [Article] {
  let path = "\(fuzzFolder)/lines.jsonl"
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
    preconditionFailure("cannot write \(path)")
  }
  var reader = CorpusReader(paths: [path])
  var articles: [Article] = []
  while let item = reader.next() {
    if case .article(let article, _, _) = item { articles.append(article) }
  }
  return articles
}

func fuzzTopics(_ bytes: [UInt8]) {
  do throws(EvaluationFileError) {
    for topic in try Topics(parsing: bytes, file: "topics").topics {
      precondition(!topic.id.isEmpty && !topic.id.contains(" "))
    }
  } catch {
    precondition(error.message.contains("topics"))
  }
}

func fuzzQrels(_ bytes: [UInt8]) {
  do throws(EvaluationFileError) {
    _ = try Qrels(parsing: bytes, file: "qrels")
  } catch {
    precondition(error.message.contains("qrels"))
  }
  do throws(EvaluationFileError) {
    _ = try Run(parsing: bytes, file: "run")
  } catch {
    precondition(error.message.contains("run"))
  }
}

func fuzzWords(_ bytes: [UInt8]) {
  do {
    let text = try WordFileText.decode(bytes, file: "words")
    // What one reader refuses, another may take.
    let dictionary = try? UserDictionary(parsing: text, file: "words")
    let synonyms = try? Synonyms(parsing: text, file: "words")
    let stopWords = try? StopWords(parsing: text, file: "words")
    var options = AnalyzerOptions()
    options.userDictionary = dictionary
    options.synonyms = synonyms
    options.stopWords = stopWords
    let analyzer = try Analyzer(.cjk, options: options)
    _ = analyzer.makeSession().analyze(String(text.prefix(200)), repairingLines: true)
  } catch {
    precondition(!"\(error)".isEmpty)
  }
}
