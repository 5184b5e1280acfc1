/// Reads the query language: docs/query-language.md has its grammar.
///
/// Everything that is typed is a query. What does not parse is taken as text, or left out where it is
/// a mark, with a note of where it stands.
///
/// - Complexity: linear in the length of the text, but for brackets and quotation marks that are
///   never closed, each kind of which is looked for once.
public struct QueryParser {
  let scalars: [Unicode.Scalar]
  /// What the scalars mean: half-width forms.
  let signs: [Unicode.Scalar]
  var at = 0
  var query: Query
  /// Parentheses that are open in the text, which close before those of groups do.
  private var openInText = 0
  private(set) var depth = 0
  private var textCount = 0
  /// Closing marks that do not come any more.
  private var missing: Set<Unicode.Scalar> = []

  public static func parse(_ text: String) -> Query {
    var parser = QueryParser(text)
    parser.query.root = parser.list() ?? .list([])
    return parser.query
  }

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    signs = scalars.map(QuerySyntax.sign)
    query = Query(text)
  }

  // MARK: Looking

  var isAtEnd: Bool { at >= signs.count }

  func sign(_ place: Int) -> Unicode.Scalar? {
    signs.indices.contains(place) ? signs[place] : nil
  }

  func isBlank(_ place: Int) -> Bool {
    sign(place)?.properties.isWhitespace ?? false
  }

  /// The first place from one on that is no blank.
  func skippingBlanks(_ place: Int) -> Int {
    var place = place
    while isBlank(place) { place += 1 }
    return place
  }

  /// Whether a closing parenthesis at a place closes a group.
  func closesGroup(_ place: Int) -> Bool {
    sign(place) == ")" && depth > 0 && openInText == 0
  }

  func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  mutating func take(_ kind: Query.Token.Kind, to end: Int) {
    if at < end { query.tokens.append(Query.Token(kind: kind, range: at..<end)) }
    at = end
  }

  mutating func note(_ text: String, at source: Range<Int>) {
    query.notes.add(.misunderstood(text, at: source))
  }

  /// Where a mark comes next; what never comes is looked for once.
  mutating func next(_ mark: Unicode.Scalar, from place: Int) -> Int? {
    if missing.contains(mark) { return nil }
    let found = signs[min(place, signs.count)...].firstIndex(of: mark)
    if found == nil { missing.insert(mark) }
    return found
  }

  // MARK: Lists and operators

  /// Parts side by side, up to the end of the group or of the query; nil where there are none.
  private mutating func list() -> Query.Node? {
    var parts: [Query.Part] = []
    while true {
      at = skippingBlanks(at)
      if isAtEnd || closesGroup(at) { break }
      if sign(at) == ")", openInText > 0 {
        openInText -= 1
        take(.text, to: at + 1)
      } else if sign(at) == ")" {
        note("The closing parenthesis at character \(at + 1) closes nothing.", at: at..<at + 1)
        at += 1
      } else if let part = expression() {
        parts.append(part)
      }
    }
    if parts.count == 1, parts[0].sign == .none { return parts[0].node }
    return parts.isEmpty ? nil : .list(parts)
  }

  /// Operands joined by operators: `NEAR` before `AND` before `OR`.
  private mutating func expression() -> Query.Part? {
    var any: [Query.Node] = []
    var all: [Query.Part] = []
    if let first = operand() { all.append(first) }
    while let joint = takeOperator() {
      let source = query.tokens.last?.range ?? at..<at
      guard let next = operand() else { continue }
      switch joint {
      case .or:
        if let node = Self.joined(all) { any.append(node) }
        all = [next]
      case .and:
        all.append(next)
      case .near(let distance):
        if let last = all.last, let near = near(last, next, distance) {
          all[all.count - 1] = near
        } else {
          note(
            "NEAR at character \(source.lowerBound + 1) stands between words and phrases of one "
              + "field, \(QuerySyntax.mostNear) at most; it was read as AND.", at: source)
          all.append(next)
        }
      }
    }
    if any.isEmpty, all.count == 1 { return all[0] }
    if let node = Self.joined(all) { any.append(node) }
    guard let first = any.first else { return nil }
    return Query.Part(sign: .none, node: any.count == 1 ? first : .any(any))
  }

  /// What `AND` makes of its operands.
  private static func joined(_ parts: [Query.Part]) -> Query.Node? {
    let nodes = parts.map { $0.sign == .excluded ? .not($0.node) : $0.node }
    return nodes.count > 1 ? .all(nodes) : nodes.first
  }

  private func near(_ a: Query.Part, _ b: Query.Part, _ distance: Int) -> Query.Part? {
    guard a.sign == .none, b.sign == .none else { return nil }
    func parts(_ node: Query.Node) -> (texts: [Query.Text], distance: Int)? {
      switch node {
      case .text(let text) where !text.isPattern: ([text], 0)
      case .near(let texts, let distance): (texts, distance)
      default: nil
      }
    }
    guard let first = parts(a.node), case .text(let second) = b.node, !second.isPattern else {
      return nil
    }
    let texts = first.texts + [second]
    guard texts.count <= QuerySyntax.mostNear, Set(texts.map(\.field)).count == 1 else {
      return nil
    }
    return Query.Part(
      sign: .none, node: .near(texts, distance: max(first.distance, distance)))
  }

  /// One operand with its sign or `NOT`; nil where it holds nothing.
  private mutating func operand() -> Query.Part? {
    at = skippingBlanks(at)
    var excluded = false
    if let (count, end) = negations(at) {
      guard beginsOperand(end) else {
        return misplaced(at..<lastEnd(before: end), "NOT")
      }
      for _ in 0..<count {
        take(.operation, to: at + 3)
        at = skippingBlanks(at)
      }
      excluded = count % 2 == 1
    } else if let (_, end) = binaryOperator(at) {
      return misplaced(at..<end, text(at..<end))
    }
    var sign = Query.Part.Sign.none
    if let found = self.sign(of: at) {
      take(.operation, to: at + 1)
      sign = found
    }
    if sign == .excluded { excluded.toggle() }
    guard let node = primary() else { return nil }
    return Query.Part(sign: excluded ? .excluded : sign == .required ? sign : .none, node: node)
  }

  /// An operator that has nothing to join, taken as text.
  private mutating func misplaced(_ range: Range<Int>, _ name: String) -> Query.Part? {
    note(
      "\(name) at character \(range.lowerBound + 1) has nothing to join; it was searched as text.",
      at: range)
    take(.text, to: range.upperBound)
    return counted(Query.Text(text: text(range), source: range))
      .map { Query.Part(sign: .none, node: .text($0)) }
  }

  /// A plus or minus before something; one alone, or a dash of several, is text.
  private func sign(of place: Int) -> Query.Part.Sign? {
    guard let sign = sign(place), sign == "-" || sign == "+", let next = self.sign(place + 1),
      !isBlank(place + 1), next != "-", next != "+", !closesGroup(place + 1)
    else { return nil }
    return sign == "+" ? .required : .excluded
  }

  /// What stands for something in parentheses or quotation marks, or a word.
  private mutating func primary() -> Query.Node? {
    guard let sign = sign(at) else { return nil }
    if sign == "(" { return group() }
    return QuerySyntax.closing(of: sign) == nil ? word() : quotation()
  }

  /// A group; where groups are too deep, its parenthesis is left out.
  mutating func group() -> Query.Node? {
    let start = at
    guard depth < QuerySyntax.deepest else {
      note(
        "Parentheses are \(QuerySyntax.deepest) deep at most; those from character \(at + 1) on "
          + "were left out.", at: at..<at + 1)
      while sign(at) == "(" { at += 1 }
      return nil
    }
    take(.parenthesis, to: at + 1)
    let outside = openInText
    openInText = 0
    depth += 1
    let node = list()
    let isClosed = closesGroup(at)
    depth -= 1
    openInText = outside
    if isClosed {
      take(.parenthesis, to: at + 1)
    } else {
      note(
        "The parenthesis at character \(start + 1) is not closed; the group reaches to the end.",
        at: start..<start + 1)
    }
    guard let node else {
      note("There is nothing between the parentheses.", at: start..<at)
      return nil
    }
    let weight = weight()
    return weight == 1 ? node : node.multiplied(by: weight)
  }

  // MARK: Operators

  enum Joint {
    case and, or
    case near(Int)
  }

  /// Goes behind an operator that has an operand after it.
  private mutating func takeOperator() -> Joint? {
    let place = skippingBlanks(at)
    guard let (joint, end) = binaryOperator(place), beginsOperand(skippingBlanks(end)) else {
      return nil
    }
    at = place
    take(.operation, to: end)
    return joint
  }

  private func beginsOperand(_ place: Int) -> Bool {
    guard let sign = sign(place) else { return false }
    return sign != ")" && binaryOperator(place) == nil
  }

  private func binaryOperator(_ place: Int) -> (Joint, end: Int)? {
    if sign(place) == "|" {
      return (.or, place + (sign(place + 1) == "|" ? 2 : 1))
    }
    if let end = keyword("AND", place) ?? keyword("&&", place) { return (.and, end) }
    if let end = keyword("OR", place) { return (.or, end) }
    if let end = keyword("NEAR", place) { return (.near(QuerySyntax.usualDistance), end) }
    guard let start = prefix("NEAR/", place) else { return nil }
    let end = digits(start)
    guard start < end, isDelimiter(end), let distance = Int(signsText(start..<end)),
      distance <= QuerySyntax.greatestDistance
    else { return nil }
    return (.near(distance), end)
  }

  /// How many `NOT` follow one another, and where what they negate begins.
  private func negations(_ place: Int) -> (count: Int, end: Int)? {
    var count = 0
    var place = place
    while let end = keyword("NOT", place) {
      count += 1
      place = skippingBlanks(end)
    }
    return count > 0 ? (count, place) : nil
  }

  private func lastEnd(before place: Int) -> Int {
    var place = place
    while place > at, isBlank(place - 1) { place -= 1 }
    return place
  }

  private func keyword(_ word: StaticString, _ place: Int) -> Int? {
    prefix(word, place).flatMap { isDelimiter($0) ? $0 : nil }
  }

  private func prefix(_ word: StaticString, _ place: Int) -> Int? {
    var place = place
    for scalar in "\(word)".unicodeScalars {
      guard sign(place) == scalar else { return nil }
      place += 1
    }
    return place
  }

  /// Whether a word that ends before a place is one by itself.
  private func isDelimiter(_ place: Int) -> Bool {
    guard let sign = sign(place), !isBlank(place) else { return true }
    return sign == "(" || sign == ")" || sign == "|" || QuerySyntax.closing(of: sign) != nil
  }

  func digits(_ place: Int) -> Int {
    var place = place
    while let sign = sign(place), QuerySyntax.isDigit(sign) { place += 1 }
    return place
  }

  /// The meaning of some scalars, in half-width forms.
  func signsText(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: signs[range])
    return String(text)
  }

  // MARK: Texts

  /// Counts a text, and says so once where there are too many.
  mutating func counted(_ text: Query.Text) -> Query.Text? {
    textCount += 1
    if textCount == QuerySyntax.mostTexts + 1 {
      query.notes.append(
        .misunderstood(
          "A query has \(QuerySyntax.mostTexts) words and phrases at most; those from character "
            + "\(text.source.lowerBound + 1) on were not looked for.",
          at: text.source.lowerBound..<signs.count))
    }
    return textCount <= QuerySyntax.mostTexts ? text : nil
  }

  /// Goes behind a plain word: up to a blank, `|`, or a parenthesis that closes a group.
  mutating func wordEnd() -> Int {
    var end = at
    while let sign = sign(end), !isBlank(end), sign != "|", !closesGroup(end) {
      if sign == "(" { openInText += 1 }
      if sign == ")" { openInText = max(0, openInText - 1) }
      end += 1
    }
    return end
  }
}

extension Query.Node {
  /// The same with all weights multiplied.
  func multiplied(by factor: Double) -> Query.Node {
    mapTexts {
      var text = $0
      text.weight = min(text.weight * factor, QuerySyntax.greatestWeight)
      return text
    }
  }

  /// The same with other texts.
  func mapTexts(_ body: (Query.Text) -> Query.Text) -> Query.Node {
    switch self {
    case .text(let text): .text(body(text))
    case .near(let texts, let distance): .near(texts.map(body), distance: distance)
    case .list(let parts):
      .list(parts.map { Query.Part(sign: $0.sign, node: $0.node.mapTexts(body)) })
    case .all(let nodes): .all(nodes.map { $0.mapTexts(body) })
    case .any(let nodes): .any(nodes.map { $0.mapTexts(body) })
    case .not(let node): .not(node.mapTexts(body))
    case .filter, .everything: self
    }
  }
}
