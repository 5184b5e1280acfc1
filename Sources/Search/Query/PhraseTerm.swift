internal import SuoyinText

/// A term of the grams channel and its place in a phrase.
struct PhraseTerm: Hashable, Sendable {
  let term: [UInt8]
  /// Units from the phrase's first.
  let offset: UInt32
  /// What may stand in its place as well, see ``LookalikeLookup``.
  var lookalikes: [[UInt8]] = []

  /// The beginning tells nearly all terms of a query apart, and is hashed as one number.
  func hash(into hasher: inout Hasher) {
    hasher.combine(TermKey.beginning(of: term))
    hasher.combine(offset)
  }

  /// The fewest terms of the grams channel that hold a run of units: pairs of characters side by
  /// side, single units where no pair reaches, and the ends of sentences between them. Pairs are
  /// rarer than characters, so a phrase of them reads far fewer postings; and they hold each unit,
  /// so nothing is assumed.
  ///
  /// - Complexity: linear in the number of units.
  static func cover(of range: Range<Int>, in analysis: Analysis, from first: UInt32) -> [PhraseTerm]
  {
    let units = analysis.units
    var cover: [PhraseTerm] = []
    func append(_ units: Range<Int>) {
      let gram = Gram(units: units)
      cover.append(
        PhraseTerm(term: analysis.term(of: gram), offset: analysis.position(of: gram) - first))
    }
    var at = range.lowerBound
    while at < range.upperBound {
      if at > range.lowerBound, units[at].position > units[at - 1].position + 1 {
        append(at..<at)
      }
      if at + 1 < range.upperBound, isPair(at, at + 1, in: units) {
        append(at..<at + 2)
        at += 2
      } else if at > range.lowerBound, isPair(at - 1, at, in: units) {
        append(at - 1..<at + 1)
        at += 1
      } else {
        append(at..<at + 1)
        at += 1
      }
    }
    return cover
  }

  /// Whether the index has a term for these two units together.
  static func isPair(_ a: Int, _ b: Int, in units: [Unit]) -> Bool {
    units.indices.contains(a) && units.indices.contains(b) && units[a].kind == .character
      && units[b].kind == .character && units[b].position == units[a].position + 1
  }
}

extension [PhraseTerm] {
  /// Whether something else may stand in the place of any of the terms.
  var hasLookalikes: Bool { contains { !$0.lookalikes.isEmpty } }
}
