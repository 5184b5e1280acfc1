import SuoyinStorage

/// The words of a segment that can complete what is typed, with how many documents have each: FORMAT.md,
/// "Suggestions".
package struct SuggestedWords: Sendable {
  private let keys: MappedArray<UInt64>
  private let frequencies: MappedArray<UInt32>
  private let ends: MappedArray<UInt32>
  private let bytes: Section

  /// A segment of so many documents suggests no word that one document alone has.
  static let manyDocuments = 10_000
  /// The most bytes of a word.
  static let longest = 64

  init(_ file: SectionedFile) throws(StorageError) {
    let section = try file.section(SegmentFormat.wordKeys)
    let count = section.count / 8
    keys = try section.array(of: UInt64.self, count: count)
    frequencies = try file.section(SegmentFormat.wordFrequencies)
      .array(of: UInt32.self, count: count)
    ends = try file.section(SegmentFormat.wordEnds).array(of: UInt32.self, count: count)
    bytes = try file.section(SegmentFormat.wordBytes)
  }

  package var count: Int { keys.count }

  /// The places of the words whose keys are in a range.
  ///
  /// - Complexity: O(log n).
  package func places(from key: UInt64, to end: UInt64) -> Range<Int> {
    let first = keys.partitionPoint { $0 < key }
    return first..<max(first, keys.partitionPoint { $0 < end })
  }

  /// - Precondition: `place` is below ``count``.
  package func frequency(at place: Int) -> UInt32 { frequencies[place] }

  /// The word as the index has it, folded; a damaged place is empty.
  ///
  /// - Precondition: `place` is below ``count``.
  package func word(at place: Int) -> String {
    let start = place == 0 ? 0 : Int(ends[place - 1])
    let end = Int(ends[place])
    guard start <= end, end <= bytes.count, end - start <= Self.longest else { return "" }
    return unsafe String(decoding: bytes.bytes[start..<end], as: UTF8.self)
  }

  func verify() throws(StorageError) {
    for place in 0..<count {
      let start = place == 0 ? 0 : ends[place - 1]
      guard start < ends[place], Int(ends[place]) <= bytes.count,
        place == 0 || keys[place - 1] <= keys[place]
      else { throw bytes.damaged(at: Int(start), "place or order of the suggested word \(place)") }
    }
  }
}

/// Gathers the words of a new segment as its dictionary is written.
final class SuggestedWordsWriter {
  private var words: [(word: Range<Int>, frequency: UInt32)] = []
  private var bytes: [UInt8] = []
  private let least: Int

  init(documentCount: Int) {
    least = documentCount >= SuggestedWords.manyDocuments ? 2 : 1
  }

  func add(_ term: ArraySlice<UInt8>, documentFrequency: Int) {
    guard documentFrequency >= least, term.count > 1, term.count <= SuggestedWords.longest else {
      return
    }
    words.append((bytes.count..<bytes.count + term.count, UInt32(documentFrequency)))
    bytes += term
  }

  func write(to file: FileWriter) throws(StorageError) {
    var entries: [(key: UInt64, word: Int)] = []
    for (index, word) in words.enumerated() {
      let text = String(decoding: bytes[word.word], as: UTF8.self)
      for key in SuggestionKey.keys(of: text.unicodeScalars.lazy.map(\.value)) {
        // What has one unit is typed as soon as completed.
        guard key & SuggestionKey.shifted((1 << 6) - 1, at: 1) != 0 else { continue }
        entries.append((key, index))
      }
    }
    entries.sort { ($0.key, $0.word) < ($1.key, $1.word) }
    var written: [UInt8] = []
    var ends: [UInt32] = []
    for entry in entries {
      written += bytes[words[entry.word].word]
      ends.append(UInt32(written.count))
    }
    try file.begin(SegmentFormat.wordKeys)
    try file.append(numbers: entries.map(\.key))
    try file.begin(SegmentFormat.wordFrequencies)
    try file.append(numbers: entries.map { words[$0.word].frequency })
    try file.begin(SegmentFormat.wordEnds)
    try file.append(numbers: ends)
    try file.begin(SegmentFormat.wordBytes)
    try file.append(written)
  }
}
