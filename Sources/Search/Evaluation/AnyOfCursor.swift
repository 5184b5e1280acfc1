internal import SuoyinIndex

/// The documents of a segment that hold any of several phrases, a word and its synonyms, with the
/// number of the occurrences of all.
struct AnyOfCursor: DocumentCursor {
  private(set) var document = PostingCursor.end
  private(set) var frequency: UInt32 = 0
  private var cursors: [PhraseCursor]

  /// Stands on the first document that holds one of them.
  init(
    _ phrase: [PhraseTerm], in field: SegmentField, or others: [[PhraseTerm]],
    in othersField: SegmentField
  ) throws(IndexError) {
    cursors = [try PhraseCursor(phrase, in: field)]
    for other in others { cursors.append(try PhraseCursor(other, in: othersField)) }
    settle()
  }

  mutating func advance() {
    guard document != PostingCursor.end else { return }
    for index in cursors.indices where cursors[index].document == document {
      cursors[index].advance()
    }
    settle()
  }

  mutating func seek(to target: UInt32) {
    guard document < target else { return }
    for index in cursors.indices { cursors[index].seek(to: target) }
    settle()
  }

  private mutating func settle() {
    document = cursors.reduce(PostingCursor.end) { min($0, $1.document) }
    frequency = 0
    guard document != PostingCursor.end else { return }
    for cursor in cursors where cursor.document == document { frequency += cursor.frequency }
  }
}
