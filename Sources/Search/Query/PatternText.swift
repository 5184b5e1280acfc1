internal import SuoyinIndex
internal import SuoyinText

/// A text in which `*` stands for any letters, or any digits, of one run.
struct PatternText {
  private enum Piece {
    case literal(String)
    case pattern(TermPattern)
  }

  /// The most texts that one pattern stands for.
  static let limit = 256

  private var pieces: [Piece] = []

  /// - Parameter session: of the index's analyzer.
  init(_ text: String, in session: AnalysisSession) {
    let literals = text.split(omittingEmptySubsequences: false) { $0 == "*" || $0 == "＊" }
    var open: TermPattern?
    func close() {
      if let open, !open.isEmpty { pieces.append(.pattern(open)) }
      open = nil
    }
    for (index, literal) in literals.enumerated() {
      let parts = LiteralParts(
        String(literal), session, afterStar: index > 0, beforeStar: index + 1 < literals.count)
      if let run = parts.first {
        if open?.takesRun(of: run.kind) != true {
          close()
          open = TermPattern(startingWithStar: true)
        }
        open?.append(run)
      }
      if !parts.middle.isEmpty {
        close()
        pieces.append(.literal(parts.middle))
      }
      if let run = parts.last {
        close()
        open = TermPattern(startingWithStar: false)
        open?.append(run)
      }
      if index + 1 < literals.count {
        if open == nil { open = TermPattern(startingWithStar: true) }
        open?.appendStar()
      }
    }
    close()
  }

  /// The texts that the pattern stands for, those of commoner terms first, at most ``limit``.
  ///
  /// - Parameter terms: the terms that fit a pattern, the commonest first.
  /// - Returns: the texts, and how many there would be.
  func texts<E>(
    _ terms: (TermPattern) throws(E) -> [[UInt8]]
  ) throws(E) -> (texts: [String], total: Int) {
    var texts = [""]
    var total = 1
    for piece in pieces {
      switch piece {
      case .literal(let literal): texts = texts.map { $0 + literal }
      case .pattern(let pattern):
        let found = try terms(pattern)
        total = total.multipliedReportingOverflow(by: found.count).partialValue
        let strings = found.prefix(Self.limit).map { String(decoding: $0, as: UTF8.self) }
        texts = Array(
          strings.lazy.flatMap { term in texts.lazy.map { $0 + term } }.prefix(Self.limit))
      }
    }
    return (texts, total)
  }
}

/// One term with stars in it.
struct TermPattern: Hashable, Sendable {
  /// What the term begins with, holds one after the other, and ends with.
  private var parts: [[UInt8]]
  private var kind: Unit.Kind?
  private var endsWithStar: Bool

  init(startingWithStar: Bool) {
    parts = startingWithStar ? [[]] : []
    endsWithStar = startingWithStar
  }

  /// Whether there is nothing but stars.
  var isEmpty: Bool { parts.allSatisfy(\.isEmpty) }

  /// What all terms that fit begin with.
  var prefix: [UInt8] { parts.first ?? [] }

  fileprivate func takesRun(of kind: Unit.Kind) -> Bool {
    endsWithStar && (self.kind == nil || self.kind == kind)
  }

  fileprivate mutating func append(_ run: LiteralParts.Run) {
    parts.append(run.term)
    kind = run.kind
    endsWithStar = false
  }

  fileprivate mutating func appendStar() { endsWithStar = true }

  /// Whether a term fits.
  func matches(_ term: some RandomAccessCollection<UInt8>) -> Bool {
    var rest = term[...]
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.starts(with: part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index + 1 == parts.count, !endsWithStar {
        guard rest.count >= part.count else { return false }
        return rest.suffix(part.count).elementsEqual(part)
      } else {
        guard let end = Self.end(of: part, in: rest) else { return false }
        rest = rest[end...]
      }
    }
    return endsWithStar || rest.isEmpty
  }

  private static func end<C: RandomAccessCollection<UInt8>>(
    of part: [UInt8], in text: C
  ) -> C.Index? {
    var rest = text[...]
    while rest.count >= part.count {
      if rest.starts(with: part) { return rest.index(rest.startIndex, offsetBy: part.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}

/// What stands between two stars: the runs that touch them, and the rest.
private struct LiteralParts {
  struct Run {
    let term: [UInt8]
    let kind: Unit.Kind
  }

  private(set) var first: Run?
  private(set) var middle = ""
  private(set) var last: Run?

  init(_ text: String, _ session: AnalysisSession, afterStar: Bool, beforeStar: Bool) {
    let analysis = session.analyze(text, repairingLines: false)
    let bytes = Array(text.utf8)
    var rest = 0..<bytes.count
    func run(_ unit: Int) -> (Run, source: Range<Int>)? {
      guard analysis.units.indices.contains(unit), analysis.units[unit].kind != .character else {
        return nil
      }
      let source = analysis.folded.source(of: analysis.units[unit].range)
      return (
        Run(
          term: analysis.term(of: Gram(units: unit..<unit + 1)), kind: analysis.units[unit].kind),
        source.lowerBound.utf8..<source.upperBound.utf8
      )
    }
    if afterStar, let (run, source) = run(0), source.lowerBound == 0 {
      first = run
      rest = source.upperBound..<bytes.count
    }
    if beforeStar, let (run, source) = run(analysis.units.count - 1),
      source.upperBound == bytes.count, source.lowerBound >= rest.lowerBound
    {
      last = run
      rest = rest.lowerBound..<source.lowerBound
    }
    middle = String(decoding: bytes[rest], as: UTF8.self)
  }
}

extension IndexSnapshot {
  /// The most terms that are looked at for one pattern, in each segment.
  private static var termsExamined: Int { 200_000 }

  /// The terms of a field that fit a pattern, the commonest first.
  ///
  /// - Parameters:
  ///   - mark: that of a further field of text, which the terms are given without.
  ///   - watch: ends it early.
  /// - Returns: the terms, and whether there were too many to look at all.
  /// - Complexity: linear in the terms that begin as the pattern does; without a beginning, in all
  ///   that are spelled.
  func terms(
    fitting pattern: TermPattern, in field: FieldID, behind mark: FieldMark?, _ watch: SearchWatch
  ) throws(IndexError) -> (terms: [[UInt8]], isCut: Bool) {
    var found: [[UInt8]: Int] = [:]
    var isCut = false
    let prefix = pattern.prefix
    let start = mark?.bytes ?? []
    for segment in segments {
      var terms =
        prefix.isEmpty
        ? try segment.field(field).terms(from: start + [UInt8(ascii: "0")])
        : try segment.field(field).terms(withPrefix: start + prefix)
      var left = Self.termsExamined
      while let entry = try terms.next() {
        guard terms.term.starts(with: start) else { break }
        let term = terms.term.dropFirst(start.count)
        // From U+1000 on come scripts without blanks.
        if prefix.isEmpty, term.first ?? 0 >= 0xE1 { break }
        left -= 1
        if left < 0 || watch.endsInLoop() {
          isCut = true
          break
        }
        if pattern.matches(term) { found[Array(term), default: 0] += entry.documentFrequency }
      }
    }
    let sorted = found.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    return (sorted.map(\.key), isCut)
  }
}
