import Foundation
import SuoyinIndex
import SuoyinTestSupport
import SuoyinText

/// An index of words by Zipf's law, so that long lists, short ones and ones of a block are there, in one
/// to three segments, with deleted documents in every other one.
enum ZipfIndex {
  /// - Returns: the words, the commonest first.
  static func make(
    seed: UInt64, documents: Int, in folder: TemporaryFolder
  ) throws -> [String] {
    var random = SeededGenerator(seed: seed)
    let vocabulary = (0..<400).map { "w\($0)" }
    func word() -> String {
      let place = Double(vocabulary.count + 1)
      return vocabulary[Int(pow(place, Double.random(in: 0..<1, using: &random))) - 1]
    }
    let segments = Int(seed % 3) + 1
    let hasDeletes = seed % 2 == 1
    var options = IndexOptions(analyzer: .whitespace, similarity: Similarity(k1: 0.9, b: 0.4))
    options.mergesSegments = false
    let writer = try IndexWriter(at: folder.path, options: options)
    for segment in 0..<segments {
      for document in 0..<documents / segments {
        // Runs of long documents, so that ranges differ, and now and then one beyond 16 bits.
        let length =
          document == 77 && segment == 0
          ? 70_000 : Int.random(in: 0...(document / 256 % 3 == 0 ? 30 : 8), using: &random)
        let text = (0..<length).map { _ in word() }.joined(separator: " ")
        _ = try writer.addText(
          of: Article(id: "\(segment).\(document)", text: text), isStored: false)
      }
      try writer.commit()
    }
    if hasDeletes {
      for segment in 0..<segments {
        for document in 0..<documents / segments where document % 7 == 0 {
          _ = try writer.delete(id: "\(segment).\(document)")
        }
      }
      try writer.commit()
    }
    return vocabulary
  }
}
