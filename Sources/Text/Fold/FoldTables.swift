/// What the fold does beyond NFKC_Casefold, scalar by scalar.
///
/// Traditional Han become simplified ones as ICU's transliterator has them, then variants (Japanese
/// new forms, old and popular shapes, radicals, a few kana) become what the first step makes of
/// their standard shape, so that the whole is a fixed point of itself. Latin and Greek letters lose
/// their diacritics, circled numbers their circles. Accents that are left after composition go:
/// where a script composes a letter of its own (й), the letter stays.
struct FoldTables: Sendable {
  private let targets: [UInt32: UInt32]
  private let expansions: [UInt32: [UInt32]]
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

  init(steps: [PairTable]) {
    var targets: [UInt32: UInt32] = [:]
    var expansions: [UInt32: [UInt32]] = [:]
    targets.reserveCapacity(steps.reduce(0) { $0 + $1.pairs.count })
    var hash = TermHash()
    hash.add(KanaSpelling.version)
    for step in steps {
      let following = Dictionary(step.pairs, uniquingKeysWith: { first, _ in first })
      for (source, target) in targets { targets[source] = following[target] ?? target }
      for (source, target) in step.pairs {
        // A table may lead on from its own target (薴, 苧, 苎).
        if targets[source] == nil { targets[source] = following[target] ?? target }
        hash.add(source)
        hash.add(target)
      }
      for (source, result) in step.expansions {
        expansions[source] = result
        hash.add(source)
        for target in result { hash.add(target) }
      }
      hash.add(UInt32.max)
    }
    self.targets = targets
    self.expansions = expansions
    fingerprint = hash.hexadecimal
  }

  /// What `scalar`, case folded and normalized, becomes, where that is one scalar.
  func target(of scalar: UInt32) -> UInt32 {
    targets[scalar] ?? scalar
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
    if let target = targets[scalar] {
      appendUTF16(target, to: &result)
    } else if let expansion = expansions[scalar] {
      for target in expansion { appendUTF16(target, to: &result) }
    } else {
      appendUTF16(scalar, to: &result)
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
