internal import CKernels
internal import SuoyinIndex

/// Counts how often documents hold a phrase.
@safe
final class OccurrenceCounter {
  /// Where the phrase has each term.
  private let steps: [[OffsetSteps]]
  /// Of each term its offset in the phrase; empty where one comes more than once.
  private let offsets: [UInt32]
  private let occurrences: UnsafeMutablePointer<UInt32>
  /// For positions of two terms in a document.
  private var room: UnsafeMutablePointer<UInt32>
  private var capacity = 256
  private let positions = PositionBuffer()

  /// - Parameter steps: of the lists that meet, in their order.
  init(_ steps: [[OffsetSteps]]) {
    self.steps = steps
    let isSimple = steps.allSatisfy { $0.count == 1 && $0[0].count == 1 }
    offsets = isSimple ? steps.map { $0[0].first } : []
    unsafe occurrences = .allocate(capacity: Intersection.rowCapacity)
    unsafe occurrences.initialize(repeating: 0, count: Intersection.rowCapacity)
    unsafe room = .allocate(capacity: capacity)
    unsafe room.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe occurrences.deallocate()
    unsafe room.deallocate()
  }

  /// Whether documents can be told apart by some of the phrase's terms.
  var canNarrow: Bool { offsets.count > 2 }

  /// Keeps those of the chosen documents that hold the terms met so far in their places.
  func narrow(_ found: Intersection) {
    countSimple(found)
    found.keepChosen { unsafe occurrences[$0] > 0 }
  }

  /// Calls `body` with each of the chosen documents that holds the phrase, and how often it does.
  func visit(_ found: Intersection, _ body: (_ document: UInt32, _ frequency: UInt32) -> Void) {
    if offsets.isEmpty {
      found.visitChosen { place in
        let frequency = repeated(at: place, of: found)
        if frequency > 0 { body(found.document(place), frequency) }
      }
      return
    }
    countSimple(found)
    for index in 0..<found.chosenCount {
      let frequency = unsafe occurrences[index]
      guard frequency > 0 else { continue }
      unsafe body(found.document(Int(found.chosen[index])), frequency)
    }
  }

  /// Of a phrase that has each term once, by those of its terms that have been met.
  private func countSimple(_ found: Intersection) {
    precondition(offsets.count >= found.listCount)
    guard let places = unsafe found.positions else { return }
    let count = found.chosenCount
    var done = 0
    while true {
      done += unsafe ck_count_phrase(
        places, Intersection.rowCapacity, offsets, found.listCount, found.chosen + done,
        count - done, room, capacity, occurrences + done)
      guard done < count else { return }
      grow(found.positionCount(unsafe Int(found.chosen[done])))
    }
  }

  private func grow(_ needed: Int) {
    unsafe room.deallocate()
    capacity = max(needed, capacity * 2)
    unsafe room = .allocate(capacity: capacity)
    unsafe room.initialize(repeating: 0, count: capacity)
  }

  /// Of a phrase that repeats terms.
  private func repeated(at place: Int, of found: Intersection) -> UInt32 {
    var positions = read(place, in: 0, of: found)
    let leading = steps[0][0]
    var starts = positions.filter { $0 >= leading.first }.map { $0 - leading.first }
    // One position of the leading term is what the starts were made from.
    for row in steps[0].dropFirst(leading.count == 1 ? 1 : 0) {
      row.keep(&starts, at: positions)
    }
    for index in steps.indices.dropFirst() where !starts.isEmpty {
      positions = read(place, in: index, of: found)
      for row in steps[index] { row.keep(&starts, at: positions) }
    }
    return UInt32(starts.count)
  }

  private func read(_ place: Int, in list: Int, of found: Intersection) -> [UInt32] {
    found.read(place, in: list, into: positions)
    return positions.array
  }
}
