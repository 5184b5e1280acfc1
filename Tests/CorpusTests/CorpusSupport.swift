import SuoyinText

@testable import SuoyinCorpus

/// Everything that a reader gave, sorted by kind.
struct ReadCorpus {
  var articles: [Article] = []
  var places: [Place] = []
  var warnings: [CorpusWarning] = []
  var failures: [CorpusFailure] = []
  var skipped: [String] = []
  var bytesRead = 0
  var bytesTotal = 0

  init(_ paths: [String], encoding: TextEncoding? = nil, repairsLines: Bool = true) {
    var reader = CorpusReader(paths: paths, encoding: encoding, repairsLines: repairsLines)
    while let item = reader.next() {
      switch item {
      case .article(let article, let place, let warnings):
        articles.append(article)
        places.append(place)
        self.warnings += warnings
      case .failure(let failure): failures.append(failure)
      case .skipped(let place): skipped.append(place.path)
      }
    }
    bytesRead = reader.bytesRead
    bytesTotal = reader.bytesTotal
  }

  var ids: [String] { articles.map(\.id) }
}
