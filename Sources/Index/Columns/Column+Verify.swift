import SuoyinStorage
import SuoyinText

extension Column {
  /// Throws the first thing wrong in values, combinations and codes.
  ///
  /// - Complexity: O(documents + values).
  func verify(in segment: Segment, column: Int) throws(StorageError) {
    let fold = KeywordFold()
    var last: ColumnOrder?
    for ordinal in 0..<valueCount {
      let next = ColumnOrder(try values.value(ordinal), fold)
      if let last, !(last < next) {
        throw values.damaged(ordinal, "values do not ascend:")
      }
      last = next
    }
    for combination in 0..<info.combinationCount {
      let members = members(of: combination)
      let ascends = zip(members, members.dropFirst()).allSatisfy { $0 < $1 }
      guard members.count > 1, ascends, (members.last ?? 0) < valueCount else {
        throw segment.damaged(
          SegmentFormat.columnCombinations(column), at: combination * 4,
          "combination \(combination) does not ascend below \(valueCount)")
      }
    }
    for document in 0..<UInt32(segment.documentCount) {
      let code = written(code: document)
      guard code < codeCount else {
        throw segment.damaged(
          SegmentFormat.columnCodes(column), at: Int(document) * info.codeSize,
          "code of document \(document)", expected: "below \(codeCount)", found: "\(code)")
      }
    }
  }
}
