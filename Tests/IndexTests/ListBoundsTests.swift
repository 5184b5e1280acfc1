import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// What is stored of scores bounds them, closely, in segments as written and as merged.
@Suite struct ListBoundsTests {
  private static let similarity = Similarity(k1: 0.9, b: 0.4)

  /// Articles of words that stand in all of them, in every second and so on.
  private static func makeIndex(_ count: Int, in folder: TemporaryFolder) throws {
    var random = SeededGenerator(seed: 5)
    var options = IndexOptions(similarity: similarity)
    options.mergePolicy.width = 100
    let writer = try IndexWriter(at: folder.path, options: options)
    for number in 0..<count {
      var words: [String] = []
      for word in 1...20 where Int.random(in: 0..<(word * word), using: &random) == 0 {
        let times = Int.random(in: 0..<8, using: &random) == 0 ? 1 << word.trailingZeroBitCount : 1
        words += [String](repeating: "w\(word)", count: times)
      }
      words += [String](repeating: "filler", count: Int.random(in: 0...60, using: &random))
      _ = try writer.addPlain(Article(id: "\(number)", text: words.joined(separator: " ")))
      if number == count / 2 { try writer.commit() }
    }
    try writer.commit()
  }

  @Test(arguments: [false, true]) func boundsAreBounds(isMerged: Bool) throws {
    let folder = try TemporaryFolder()
    try Self.makeIndex(9_000, in: folder)
    if isMerged { try IndexWriter(at: folder.path).optimize() }
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.segments.count == (isMerged ? 1 : 2))
    var longLists = 0
    for segment in snapshot.segments {
      for channel in Channel.allCases {
        let field = segment.field(FieldID(.text, channel))
        #expect(field.boundSimilarity == Self.similarity)
        #expect(
          field.boundAverageLength == Double(field.totalLength) / Double(field.documentCount))
        var terms = try field.terms()
        while let entry = try terms.next() {
          let list = field.blocks(entry)
          check(list, of: field, in: segment)
          if list.rangeBounds != nil { longLists += 1 }
        }
      }
      #expect(segment.verify().isEmpty)
    }
    #expect(longLists > 2)
  }

  private func check(_ list: PostingBlocks, of field: SegmentField, in segment: Segment) {
    let saturation = Saturation(field.boundSimilarity, averageLength: field.boundAverageLength)
    let block = PostingBlock()
    var shares: [Float] = []
    var ranges = [Float](
      repeating: 0, count: RangeBounds.count(segmentDocuments: segment.documentCount))
    for number in 0..<list.blockCount {
      #expect(list.decodeDocuments(of: number, into: block))
      #expect(list.decodeFrequencies(of: number, into: block))
      let documents = block.documentArray
      let own = zip(documents, block.frequencyArray).map {
        saturation(frequency: $1, length: field.length(of: $0))
      }
      let greatest = own.max() ?? 0
      #expect(list.bound(of: number) >= greatest)
      #expect(
        list.bound(of: number) - greatest < (list.blockCount == 1 ? 1.01 / 255 : 1.01 / 65_535))
      for (document, share) in zip(documents, own) {
        let range = Int(document) / RangeBounds.size
        ranges[range] = max(ranges[range], share)
      }
      for document in documents {
        let reached = list.block(reaching: document, from: number / 2)
        #expect(reached == number)
      }
      shares += own
    }
    #expect(list.bound >= shares.max() ?? 0)
    shares.sort(by: >)
    for k in [1, 9, 10, 11, 100, 101, 1000] {
      let threshold = list.threshold(k)
      #expect(shares.count >= k && shares[k - 1] >= threshold || threshold == 0)
      if list.blockCount > 1, [10, 100, 1000].contains(k), shares.count >= k {
        #expect(shares[k - 1] - threshold < 1.01 / 4_096)
      }
    }
    #expect(list.threshold(1001) == 0)
    guard let shares = list.rangeBounds?.shares else {
      #expect(list.documentFrequency < RangeBounds.shortestList)
      return
    }
    #expect(shares.count == ranges.count)
    for (byte, greatest) in zip(shares, ranges) {
      #expect((byte == 0) == (greatest == 0))
      #expect(BoundCode.value(byte) >= greatest && BoundCode.value(byte) - greatest < 1.01 / 255)
    }
  }
}
