/// What the fold does beyond NFKC_Casefold: one scalar becomes another.
///
/// Traditional Han become simplified ones as ICU's transliterator has them, then variants (Japanese
/// new forms, old and popular shapes, radicals, a few kana) become what the first step makes of
/// their standard shape, so that the whole is a fixed point of itself.
struct FoldTables: Sendable {
  private let targets: [UInt32: UInt32]
  /// A hash over the tables, in hexadecimal, by which an index knows what made its terms.
  let fingerprint: String

  static let shared = FoldTables(steps: [
    PairTable(TraditionalHan.pairs), PairTable(HanVariants.japanese),
    PairTable(HanVariants.other), PairTable(HanVariants.radicals),
    PairTable(KanaVariants.counters), PairTable(KanaVariants.historic),
  ])

  init(steps: [PairTable]) {
    var targets: [UInt32: UInt32] = [:]
    targets.reserveCapacity(steps.reduce(0) { $0 + $1.pairs.count })
    var hash = TermHash()
    for step in steps {
      let following = Dictionary(step.pairs, uniquingKeysWith: { first, _ in first })
      for (source, target) in targets { targets[source] = following[target] ?? target }
      for (source, target) in step.pairs {
        // A table may lead on from its own target (薴, 苧, 苎).
        if targets[source] == nil { targets[source] = following[target] ?? target }
        hash.add(source)
        hash.add(target)
      }
      hash.add(UInt32.max)
    }
    self.targets = targets
    fingerprint = hash.hexadecimal
  }

  /// What `scalar`, case folded and normalized, becomes.
  @inline(__always)
  func target(of scalar: UInt32) -> UInt32 {
    // No table has anything below the CJK radicals.
    scalar < 0x2E80 ? scalar : targets[scalar] ?? scalar
  }
}

/// A step of the fold as it is written down: source and target side by side, blanks and line ends
/// between the pairs.
struct PairTable {
  let pairs: [(UInt32, UInt32)]

  init(_ text: String) {
    var pairs: [(UInt32, UInt32)] = []
    var source: UInt32?
    for scalar in text.unicodeScalars where scalar != " " && scalar != "\n" {
      if let first = source {
        pairs.append((first, scalar.value))
        source = nil
      } else {
        source = scalar.value
      }
    }
    precondition(source == nil, "a folding table ends within a pair")
    self.pairs = pairs
  }
}
