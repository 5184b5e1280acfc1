import SuoyinTestSupport
import Testing

@testable import SuoyinIndex

/// The policy keeps few segments and rewrites little, whatever comes.
@Suite struct MergePolicyTests {
  /// Plays a history of commits; the sizes of the segments at its end, and all bytes merged.
  static func play(
    _ commits: Int, policy: MergePolicy, size: () -> Int
  ) -> (segments: [MergePolicy.Candidate], written: Int) {
    var segments: [MergePolicy.Candidate] = []
    var written = 0
    for _ in 0..<commits {
      let bytes = size()
      segments.append(.init(bytes: bytes, documentCount: bytes, liveCount: bytes))
      while let range = policy.next(segments) {
        let sum = segments[range].reduce(0) { $0 + $1.liveCount }
        written += sum
        segments.replaceSubrange(
          range, with: [.init(bytes: sum, documentCount: sum, liveCount: sum)])
      }
    }
    return (segments, written)
  }

  @Test(arguments: [2, 3, 8]) func segmentsStayFew(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    var policy = MergePolicy()
    policy.width = width
    policy.floor = 10
    // A byte counts as a document here, and no limit of documents is to be met.
    policy.documentLimit = .max
    for spread in [1, 10, 10_000] {
      for commits in [1, 100, 2000] {
        let (segments, written) = Self.play(commits, policy: policy) {
          Int.random(in: 1...spread, using: &random) * Int.random(in: 1...spread, using: &random)
        }
        let sum = segments.reduce(0) { $0 + $1.bytes }
        let levels = policy.level(of: sum) + 1
        #expect(segments.count <= (width - 1) * levels)
        // Twice a level at most, and once more for those that a merge leaves on their level.
        #expect(written <= sum * (2 * levels + 1), "\(width) \(spread) \(commits)")
      }
    }
  }

  @Test func halfDeletedSegmentsAreRewritten() {
    let policy = MergePolicy()
    let whole = MergePolicy.Candidate(bytes: 100, documentCount: 4, liveCount: 4)
    let half = MergePolicy.Candidate(bytes: 100, documentCount: 4, liveCount: 2)
    let less = MergePolicy.Candidate(bytes: 100, documentCount: 4, liveCount: 1)
    #expect(policy.next([whole, half]) == nil)
    #expect(policy.next([whole, half, less, whole]) == 2..<3)
    #expect(policy.nextOfAll([whole]) == nil)
    #expect(policy.nextOfAll([half]) == 0..<1)
    #expect(policy.nextOfAll([whole, half, less, whole]) == 0..<4)
    #expect(policy.nextOfAll([]) == nil)
  }

  @Test func noSegmentPassesTheLimitOfDocuments() {
    var policy = MergePolicy()
    policy.width = 2
    policy.documentLimit = 10
    let four = MergePolicy.Candidate(bytes: 4, documentCount: 4, liveCount: 4)
    let nine = MergePolicy.Candidate(bytes: 9, documentCount: 9, liveCount: 9)
    #expect(policy.next([nine, nine]) == nil)
    #expect(policy.next([nine, four, four, four]) == 1..<3)
    #expect(policy.nextOfAll([nine, four, four, four]) == 1..<3)
    #expect(policy.nextOfAll([nine, nine]) == nil)
  }
}
