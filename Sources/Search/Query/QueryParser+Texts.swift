extension QueryParser {
  // MARK: Phrases

  /// A phrase in quotation marks with what belongs to it; nil where none begins here, or it is empty.
  ///
  /// - Parameter start: where a field before it begins.
  mutating func quotation(in field: String? = nil, from start: Int? = nil) -> Query.Node? {
    guard let opening = sign(at), let closing = QuerySyntax.closing(of: opening) else { return nil }
    let start = start ?? at
    let inner = at + 1
    let end = next(closing, from: inner)
    if end == nil {
      note(
        "The quotation mark at character \(at + 1) is not closed; the phrase reaches to the end.",
        at: at..<inner)
    }
    let content = inner..<(end ?? signs.count)
    take(.text, to: end.map { $0 + 1 } ?? signs.count)
    let distance = distance()
    let weight = weight()
    let parts = words(of: content)
    guard !parts.isEmpty else {
      note("There is nothing between the quotation marks.", at: start..<at)
      return nil
    }
    func phrase(_ range: Range<Int>, _ source: Range<Int>) -> Query.Text {
      Query.Text(
        text: text(range), isQuoted: true, field: field, weight: weight, source: source)
    }
    guard let distance, distance > 0 else {
      return counted(phrase(content, start..<at)).map { .text($0) }
    }
    let texts = parts.count == 1 ? [phrase(content, start..<at)] : parts.map { phrase($0, $0) }
    guard counted(texts[0]) != nil else { return nil }
    guard texts.count <= QuerySyntax.mostNear else {
      note(
        "At most \(QuerySyntax.mostNear) words can be looked for near one another; these were "
          + "looked for anywhere.", at: start..<at)
      return .all(texts.map { .text($0) })
    }
    return .near(texts, distance: distance)
  }

  /// The runs without blanks.
  private func words(of range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var place = skippingBlanks(range.lowerBound)
    while place < range.upperBound {
      let start = place
      while place < range.upperBound, !isBlank(place) { place += 1 }
      words.append(start..<place)
      place = skippingBlanks(place)
    }
    return words
  }

  // MARK: Suffixes

  /// `^2` behind a phrase or group; 1 where there is none.
  mutating func weight() -> Double {
    guard sign(at) == "^" else { return 1 }
    var end = at + 1
    while let sign = sign(end), QuerySyntax.isDigit(sign) || sign == "." { end += 1 }
    guard let weight = weight(at + 1..<end) else {
      noteNumber(at..<end, "from 0 to \(Int(QuerySyntax.greatestWeight))")
      return 1
    }
    take(.suffix, to: end)
    return weight
  }

  private func weight(_ range: Range<Int>) -> Double? {
    guard !range.isEmpty,
      signs[range].allSatisfy({ QuerySyntax.isDigit($0) || $0 == "." }),
      let weight = Double(signsText(range)), weight <= QuerySyntax.greatestWeight
    else { return nil }
    return weight
  }

  /// `~5` behind a phrase; nil where there is none.
  private mutating func distance() -> Int? {
    guard sign(at) == "~" else { return nil }
    let end = digits(at + 1)
    guard let distance = Int(signsText(at + 1..<end)), distance <= QuerySyntax.greatestDistance
    else {
      noteNumber(at..<end, "from 0 to \(QuerySyntax.greatestDistance)")
      return nil
    }
    take(.suffix, to: end)
    return distance
  }

  private mutating func noteNumber(_ range: Range<Int>, _ bounds: String) {
    note(
      "“\(text(range))” at character \(range.lowerBound + 1) has no number \(bounds); it was left "
        + "out.", at: range)
    at = range.upperBound
  }

  // MARK: Words

  /// A word, or a field with its value.
  mutating func word() -> Query.Node? {
    if let colon = colon() { return field(endingAt: colon) }
    return word(in: nil, from: at)
  }

  /// A plain word, or a pattern.
  private mutating func word(in field: String?, from start: Int) -> Query.Node? {
    var end = wordEnd()
    guard at < end else { return nil }
    let whole = at..<end
    var weight = 1.0
    if let caret = signs[whole].lastIndex(of: "^") {
      if caret > at, let found = self.weight(caret + 1..<end) {
        weight = found
        end = caret
      } else {
        note(
          "“^” at character \(caret + 1) does not stand between something and a number from 0 to "
            + "\(Int(QuerySyntax.greatestWeight)); it was searched as text.",
          at: caret..<whole.upperBound)
      }
    }
    let content = at..<end
    take(.text, to: end)
    take(.suffix, to: whole.upperBound)
    let stars = signs[content].count { $0 == "*" }
    if stars == content.count {
      guard let field else { return .everything }
      return .filter(
        Query.Filter(
          field: field, condition: .range(from: nil, to: nil), source: start..<whole.upperBound))
    }
    var word = Query.Text(
      text: text(content), field: field, weight: weight, source: start..<whole.upperBound)
    if stars > 0 { word = withStars(word, content) }
    return counted(word).map { .text($0) }
  }

  /// Finds out what the stars of a word stand for.
  private mutating func withStars(_ word: Query.Text, _ content: Range<Int>) -> Query.Text {
    func isStar(_ place: Int) -> Bool { content.contains(place) && signs[place] == "*" }
    func isSpelled(_ place: Int) -> Bool {
      content.contains(place) && QuerySyntax.isSpelled(scalars[place])
    }
    // 5*3 multiplies.
    let hasLetter = content.contains { isSpelled($0) && !QuerySyntax.isDigit(signs[$0]) }
    let hasPattern = content.contains { place in
      guard isStar(place) else { return false }
      let (before, after) = (isSpelled(place - 1), isSpelled(place + 1))
      return before && after ? hasLetter : before || after
    }
    if hasPattern, content.count <= QuerySyntax.longestPattern {
      var pattern = word
      pattern.isPattern = true
      return pattern
    }
    if hasPattern {
      note(
        "“*” at character \(content.lowerBound + 1) and on stands in a word of more than "
          + "\(QuerySyntax.longestPattern) characters; it was left out.", at: content)
      return word
    }
    // Whatever a Han word goes on with, it holds the word.
    var inner = content
    while isStar(inner.lowerBound) { inner = inner.lowerBound + 1..<inner.upperBound }
    while isStar(inner.upperBound - 1) { inner = inner.lowerBound..<inner.upperBound - 1 }
    if let star = inner.first(where: isStar), !QuerySyntax.isDigit(signs[star - 1]) {
      note(
        "“*” at character \(star + 1) stands for letters and digits only; it was left out.",
        at: star..<star + 1)
    }
    guard inner != content else { return word }
    return Query.Text(
      text: text(inner), isQuoted: true, field: word.field, weight: word.weight,
      source: word.source)
  }

  // MARK: Fields

  /// The colon behind the name of a field that begins here and has a value.
  private func colon() -> Int? {
    var place = at
    var isASCII = true
    while let sign = sign(place), place - at < QuerySyntax.longestName,
      QuerySyntax.isInName(sign, first: place == at)
    {
      isASCII = isASCII && sign.isASCII
      place += 1
    }
    guard place > at, sign(place) == ":", let next = sign(place + 1), !isBlank(place + 1),
      // 记者：张三 is prose, http://… an address.
      isASCII || scalars[place] == ":", !["/", ":", "|", ")", "^"].contains(next)
    else { return nil }
    return place
  }

  private mutating func field(endingAt colon: Int) -> Query.Node? {
    let start = at
    let name = signsText(at..<colon)
    take(.field, to: colon + 1)
    switch signs[at] {
    case "[", "{":
      if let filter = range(in: name, from: start) { return filter }
      note(
        "“\(text(start..<at + 1))” at character \(start + 1) begins no range as [1 TO 2]; it was "
          + "searched as text.", at: start..<at + 1)
    case "<", ">", "≤", "≥":
      if let filter = comparison(in: name, from: start) { return filter }
      note(
        "Nothing follows “\(text(start..<at + 1))” at character \(start + 1); it was searched as "
          + "text.", at: start..<at + 1)
    case "(":
      return group()?.mapTexts {
        var text = $0
        text.field = text.field ?? name
        return text
      }
    default:
      return QuerySyntax.closing(of: signs[at]) == nil
        ? word(in: name, from: start) : quotation(in: name, from: start)
    }
    query.tokens.removeLast()
    at = start
    return word(in: nil, from: start)
  }

  /// `[1 TO 2]`, `{1 TO 2}`, an open end being `*`.
  private mutating func range(in name: String, from start: Int) -> Query.Node? {
    guard let end = signs[at...].prefix(256).firstIndex(where: { $0 == "]" || $0 == "}" }) else {
      return nil
    }
    let words = words(of: at + 1..<end)
    guard words.count == 3, signsText(words[1]) == "TO" else { return nil }
    let opening = signs[at]
    let closing = signs[end]
    take(.condition, to: end + 1)
    func bound(_ range: Range<Int>, _ isIncluded: Bool) -> Query.Filter.Bound? {
      let value = signsText(range)
      return value == "*" ? nil : Query.Filter.Bound(value: value, isIncluded: isIncluded)
    }
    return .filter(
      Query.Filter(
        field: name,
        condition: .range(
          from: bound(words[0], opening == "["), to: bound(words[2], closing == "]")),
        source: start..<at))
  }

  /// `>1`, `>=1`, `<1`, `<=1`.
  private mutating func comparison(in name: String, from start: Int) -> Query.Node? {
    let place = at
    let isIncluded = signs[at] == "≤" || signs[at] == "≥" || sign(at + 1) == "="
    let isLess = signs[at] == "<" || signs[at] == "≤"
    at += sign(at + 1) == "=" ? 2 : 1
    let first = at
    let end = wordEnd()
    at = place
    guard first < end else { return nil }
    take(.condition, to: end)
    let bound = Query.Filter.Bound(value: signsText(first..<end), isIncluded: isIncluded)
    return .filter(
      Query.Filter(
        field: name,
        condition: isLess ? .range(from: nil, to: bound) : .range(from: bound, to: nil),
        source: start..<end))
  }
}
