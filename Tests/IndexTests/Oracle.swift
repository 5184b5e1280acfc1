import SuoyinStorage
import SuoyinText

@testable import SuoyinIndex

/// An analyzer of these tests: words are what blanks part, and the grams are the same words with
/// their ordinals as positions; `|` advances the position by one.
func tokenize(_ text: String, _ words: inout TokenBatch, _ grams: inout TokenBatch) {
  words.removeAll()
  grams.removeAll()
  var position: UInt32 = 0
  for word in text.utf8.split(separator: UInt8(ascii: " ")) {
    if word.elementsEqual("|".utf8) {
      position += 1
      continue
    }
    words.append(word)
    grams.append(word, position: position)
    position += 1
  }
  words.fieldLength = UInt32(words.count)
  grams.fieldLength = UInt32(grams.count)
}

extension IndexWriter {
  /// Adds an article by the analyzer of these tests.
  func addPlain(_ article: Article) throws(IndexError) -> AddOutcome {
    var tokens = DocumentTokens()
    tokenize(article.title ?? "", &tokens.titleWords, &tokens.titleGrams)
    tokenize(article.text, &tokens.textWords, &tokens.textGrams)
    return try add(article, terms: .given(tokens), size: article.text.utf8.count)
  }
}

/// One posting, as the oracle has it.
struct Posting: Equatable {
  var document: UInt32
  var frequency: UInt32
  var positions: [UInt32]
}

extension [Posting] {
  /// Adds an occurrence in a document that is the last or comes after it.
  mutating func add(_ document: UInt32, position: UInt32?) {
    if last?.document != document {
      append(Posting(document: document, frequency: 0, positions: []))
    }
    self[count - 1].frequency += 1
    if let position { self[count - 1].positions.append(position) }
  }
}

/// A segment as plain dictionaries: what a reader must find.
struct OracleSegment {
  var articles: [Article] = []
  var ordinals: [UInt64] = []
  var isLive: [Bool] = []

  func batches(of field: FieldID) -> [TokenBatch] {
    articles.map { article in
      var words = TokenBatch()
      var grams = TokenBatch()
      if field.part == .further { return words }
      tokenize(field.part == .title ? article.title ?? "" : article.text, &words, &grams)
      return field.channel == .words ? words : grams
    }
  }

  func postings(of field: FieldID) -> [[UInt8]: [Posting]] {
    var lists: [[UInt8]: [Posting]] = [:]
    for (document, batch) in batches(of: field).enumerated() {
      for (term, position) in batch.terms {
        lists[Array(term), default: []].add(
          UInt32(document), position: field.hasPositions ? position : nil)
      }
    }
    return lists
  }
}

/// An index as its users see it, kept by the plainest means.
struct Oracle {
  var segments: [OracleSegment] = []
  private var open = OracleSegment()
  private var nextOrdinal: UInt64 = 0
  private var touched: [String: Article] = [:]

  func place(of id: String) -> (segment: Int, document: Int)? {
    for (index, segment) in (segments + [open]).enumerated() {
      for (document, article) in segment.articles.enumerated()
      where article.id == id && segment.isLive[document] {
        return (index, document)
      }
    }
    return nil
  }

  mutating func add(_ article: Article) -> AddOutcome {
    let place = place(of: article.id)
    if place != nil, let first = touched[article.id] { return .repeated(firstPath: first.path) }
    touched[article.id] = article
    if let place, segments[place.segment].articles[place.document] == article { return .unchanged }
    appendNew(article)
    guard let place else { return .added }
    segments[place.segment].isLive[place.document] = false
    return .replaced
  }

  /// Takes an article whose id is not there.
  mutating func appendNew(_ article: Article) {
    open.articles.append(article)
    open.ordinals.append(nextOrdinal)
    open.isLive.append(true)
    nextOrdinal += 1
  }

  mutating func delete(id: String) -> Bool {
    guard let place = place(of: id) else { return false }
    touched[id] = nil
    if place.segment == segments.count {
      open.isLive[place.document] = false
    } else {
      segments[place.segment].isLive[place.document] = false
    }
    return true
  }

  /// Ends the segment that is being made, as a writer does at its memory budget.
  mutating func endSegment() {
    segments.append(open)
    open = OracleSegment()
  }

  mutating func commit() {
    endSegment()
    touched = [:]
    segments.removeAll { !$0.isLive.contains(true) }
  }
}
