/// What the fold does beyond NFKC_Casefold, scalar by scalar.
///
/// Traditional Han become simplified ones as ICU's transliterator has them, then variants (Japanese
/// new forms, old and popular shapes, radicals, a few kana) become what the first step makes of
/// their standard shape, so that the whole is a fixed point of itself. Latin and Greek letters lose
/// their diacritics, circled numbers their circles. Accents that are left after composition go:
/// where a script composes a letter of its own (й), the letter stays.
struct FoldTables: Sendable {
  /// For each scalar what it becomes, or ``isExpansion`` with a place among ``expansions``.
  private let targets: ScalarTable
  private let expansions: [[UInt32]]
  private static let isExpansion: UInt32 = 1 << 30
  /// A hash over the tables and rules, in hexadecimal, by which an index knows what made its terms.
  let fingerprint: String

  static let shared = FoldTables(
    steps: [
      PairTable(TraditionalHan.pairs), PairTable(HanVariants.japanese),
      PairTable(HanVariants.other), PairTable(HanVariants.radicals),
      PairTable(RareHan.common), PairTable(RareHan.extensions),
      PairTable(KanaVariants.counters), PairTable(KanaVariants.historic),
      PairTable(LatinLetters.pairs), PairTable(CompatibilityForms.circled),
    ])

  /// A step changes what the steps before it have made, so the last is put in first: what a source
  /// becomes is then looked up once, and not changed by every step behind.
  init(steps: [PairTable]) {
    let most = steps.reduce(0) { $0 + $1.pairs.count + $1.expansions.count }
    var targets = ScalarTable(most: most)
    var expansions: [[UInt32]] = []
    // What the steps behind make of a scalar.
    var later = ScalarTable(most: most)
    for step in steps.reversed() {
      for (source, result) in step.expansions.reversed() {
        targets.set(source, Self.isExpansion | UInt32(expansions.count))
        expansions.append(result)
      }
      var following = ScalarTable(most: step.pairs.count)
      // Of a source that comes twice the first target counts.
      for (source, target) in step.pairs.reversed() { following.set(source, target) }
      for (source, target) in step.pairs.reversed() {
        // A table may lead on from its own target (薴, 苧, 苎).
        let target = following[target] ?? target
        targets.set(source, later[target] ?? target)
      }
      let results = step.pairs.map { later[$0.1] ?? $0.1 }
      for (pair, result) in zip(step.pairs, results).reversed() { later.set(pair.0, result) }
    }
    self.targets = targets
    self.expansions = expansions
    fingerprint = Self.fingerprint(of: steps)
  }

  private static func fingerprint(of steps: [PairTable]) -> String {
    var hash = TermHash()
    hash.add(KanaSpelling.version)
    for step in steps {
      for (source, target) in step.pairs {
        hash.add(source)
        hash.add(target)
      }
      for (source, result) in step.expansions {
        hash.add(source)
        for target in result { hash.add(target) }
      }
      hash.add(UInt32.max)
    }
    return hash.hexadecimal
  }

  /// What `scalar`, case folded and normalized, becomes, where that is one scalar.
  func target(of scalar: UInt32) -> UInt32 {
    targets[scalar].flatMap { $0 & Self.isExpansion == 0 ? $0 : nil } ?? scalar
  }

  /// What a unit that is a scalar becomes, where that is one such unit.
  func unit(of unit: UInt16) -> UInt16? {
    if Self.isAccent(UInt32(unit)) || UTF16.isSurrogate(unit) { return nil }
    guard let target = targets[UInt32(unit)] else { return unit }
    return UInt16(exactly: target)
  }

  /// Appends what normalized text becomes, scalar by scalar.
  func append(_ units: some Sequence<UInt16>, to result: inout [UInt16]) {
    var lead: UInt16 = 0
    for unit in units {
      if UTF16.isLeadSurrogate(unit) {
        lead = unit
      } else if UTF16.isTrailSurrogate(unit), lead != 0 {
        append(scalar(lead: lead, trail: unit), to: &result)
        lead = 0
      } else {
        append(UInt32(unit), to: &result)
      }
    }
  }

  private func append(_ scalar: UInt32, to result: inout [UInt16]) {
    if Self.isAccent(scalar) { return }
    let target = targets[scalar] ?? scalar
    if target & Self.isExpansion == 0 {
      appendUTF16(target, to: &result)
    } else {
      for target in expansions[Int(target ^ Self.isExpansion)] { appendUTF16(target, to: &result) }
    }
  }

  /// The blocks of combining diacritical marks. Voicing marks of kana, vowels of other scripts and
  /// what encloses a symbol are no accents.
  private static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0xFE20...0xFE2F: true
    default: false
    }
  }
}

/// A step of the fold as it is written down: each source with its target behind it, blanks and line
/// ends between.
struct PairTable {
  /// Where the target is one scalar.
  private(set) var pairs: [(UInt32, UInt32)] = []
  /// Where it is several.
  private(set) var expansions: [(UInt32, [UInt32])] = []

  init(_ text: String) {
    var row: [UInt32] = []
    func close() {
      guard let source = row.first else { return }
      precondition(row.count > 1, "a folding table has a source without a target")
      if row.count == 2 {
        pairs.append((source, row[1]))
      } else {
        expansions.append((source, Array(row.dropFirst())))
      }
      row.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      if scalar == " " || scalar == "\n" { close() } else { row.append(scalar.value) }
    }
    close()
  }
}
