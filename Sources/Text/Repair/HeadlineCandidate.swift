/// One line looked at as a headline, told from the other short lines of a newspaper page.
struct HeadlineCandidate {
  private let text: String
  private let line: Line
  private let scalars: [UInt32]

  init(_ text: String, _ line: Line) {
    self.text = text
    self.line = line
    scalars = text.unicodeScalars.map(\.value)
  }

  var isHeadline: Bool {
    isLongEnough && !isProse && !isBlock && !isLabel && !isByline && !isCaption && !isDateline
  }

  /// Whether it is prose of the article itself, and not what stands under a picture or says who
  /// wrote it. Longer prose may begin and end as bylines do (本报讯（记者 王明）昨日…).
  var isBody: Bool {
    isProse && !isBlock && !isLabel && !isCaption && !isDate && (line.scalars > 40 || !isByline)
  }

  // MARK: Prose

  /// Four characters are a rubric; a headline of four exists, but is rare.
  private var isLongEnough: Bool {
    line.squares > 0 ? line.squares * 2 + line.alphanumerics > 9 : line.letters >= 8
  }

  /// Sentences that end, run on for long, or stop in the middle.
  private var isProse: Bool {
    if line.lastClass == .clause || line.last == 0x3002 || line.last == 0xFF61 { return true }
    if line.last == 0x2E && !endsInAbbreviation { return true }
    if line.sentences > 1 || text.contains("。") { return true }
    if line.endsSentence {
      // Headlines ask and exclaim, but not at the end of a quotation that goes before.
      if line.lastClass == .closing { return line.clauses > 0 }
      return line.scalars > (line.squares > 0 ? 40 : 120)
    }
    if line.squares * 2 > line.scalars {
      if line.setsPhrasesApart || text.contains("\u{3000}") { return line.scalars > 80 }
      return line.scalars > 60 || (line.scalars > 34 && line.clauses > 1)
    }
    return line.scalars > 160
  }

  private var endsInAbbreviation: Bool {
    // U.S. and Inc., but not the last word of a sentence.
    let last = text.split(separator: " ").last ?? ""
    return last.dropLast().contains(".") || ["Inc.", "Co.", "Jr.", "Sr.", "Corp."].contains(last)
  }

  /// List items, tables, links, programs, numbers of pages.
  private var isBlock: Bool {
    if line.kind == .table { return true }
    if line.kind == .item && !startsWithNumeral { return true }
    if line.squares == 0 && line.letters < 3 { return true }
    return text.hasPrefix("http://") || text.hasPrefix("https://") || text.hasPrefix("www.")
      || (text.contains("@") && line.words <= 4)
  }

  private var startsWithNumeral: Bool {
    ScalarClass(line.first) == .digit || ScalarClass(line.first) == .han
  }

  // MARK: Labels

  private var isLabel: Bool {
    if let first = scalars.first, first == scalars.last, ScalarClass(first) == .symbol {
      return true  // ■名词解释■, ★★★
    }
    if isWhollyBracketed && line.scalars <= 16 { return true }
    // A subtitle, not the title: ——重庆构建现代化产业体系调查.
    if text.hasPrefix("——") || text.hasPrefix("―") { return true }
    if endsInPartNumber { return true }
    let core = text.trimmingLabelMarks()
    if HeadlineWords.labels.contains(core.lowercased()) { return true }
    return HeadlineWords.labelStarts.contains { core.hasPrefix($0) }
  }

  /// 【…】, ［…］, 《…》 around the whole line.
  private var isWhollyBracketed: Bool {
    switch (scalars.first, scalars.last) {
    case (0x3010, 0x3011), (0xFF3B, 0xFF3D), (0x5B, 0x5D), (0x3014, 0x3015), (0x28, 0x29),
      (0xFF08, 0xFF09), (0x3C, 0x3E), (0x300A, 0x300B), (0x300E, 0x300F):
      return !scalars.dropFirst().dropLast().contains {
        $0 == scalars.first || $0 == scalars.last
      }
    default: return false
    }
  }

  /// …⑦, …（上）, …之三, …系列报道, 連載第5回: a part of a series.
  private var endsInPartNumber: Bool {
    guard let last = scalars.last else { return false }
    if (0x2460...0x24FF).contains(last) || (0x2776...0x2793).contains(last) { return true }
    if HeadlineWords.seriesEnds.contains(where: { text.hasSuffix($0) }) { return true }
    if let mark = scalars.lastIndex(of: 0x4E4B), mark >= 2 {  // 之
      let after = scalars[(mark + 1)...]
      if !after.isEmpty && after.allSatisfy(HeadlineWords.isNumeral) { return true }
    }
    guard last == 0x29 || last == 0xFF09,
      let open = scalars.lastIndex(where: { $0 == 0x28 || $0 == 0xFF08 }), open > 0
    else { return false }
    let inner = scalars[(open + 1)..<(scalars.count - 1)]
    return !inner.isEmpty
      && inner.allSatisfy { HeadlineWords.isNumeral($0) || [0x4E0A, 0x4E2D, 0x4E0B].contains($0) }
      && line.scalars <= 24
  }

  // MARK: Bylines, captions, datelines

  private var isByline: Bool {
    if HeadlineWords.bylineStarts.contains(where: { text.hasPrefix($0) }) { return true }
    if HeadlineWords.bylineEnds.contains(where: { text.hasSuffix($0) }) { return true }
    let lowered = text.lowercased()
    if line.squares == 0 {
      if lowered.hasPrefix("by ") { return line.words <= 8 && capitalizedWords >= line.words - 3 }
      return HeadlineWords.latinCredits.contains { lowered.hasPrefix($0) }
    }
    if line.scalars <= 40 && HeadlineWords.reporters.contains(where: { names(after: $0) }) {
      return true
    }
    return isRowOfNames
  }

  private var capitalizedWords: Int {
    text.split(separator: " ").count { word in
      word.unicodeScalars.first?.properties.isUppercase ?? false
    }
  }

  /// 重庆日报记者 夏元, 記者 佐藤: the word for a reporter, and then nothing but names.
  private func names(after word: String) -> Bool {
    guard let range = text.ranges(of: word).last else { return false }
    let before = text[..<range.lowerBound]
    let after = text[range.upperBound...]
    guard before.unicodeScalars.count <= 14 else { return false }
    if after.isEmpty { return true }
    return after.unicodeScalars.allSatisfy { scalar in
      let kind = ScalarClass(scalar.value)
      return kind.isWordLike || kind == .blank || "/／、:：·・（）()|".unicodeScalars.contains(scalar)
    } && after.unicodeScalars.count <= 24
      && (after.unicodeScalars.first.map { !ScalarClass($0.value).isWordLike } ?? true
        || after.unicodeScalars.count <= 4)
  }

  /// 刘玉珏 龙搏 马菱涛: two or three Han each, the first a family name.
  private var isRowOfNames: Bool {
    let words = text.split { $0 == " " || $0 == "\u{3000}" || $0 == "、" }
    guard !words.isEmpty, words.count <= 8 else { return false }
    return words.allSatisfy { word in
      (2...3).contains(word.unicodeScalars.count)
        && word.unicodeScalars.allSatisfy { ScalarClass($0.value) == .han }
        && (word.unicodeScalars.first.map { HeadlineWords.familyNames.contains($0) } ?? false)
    }
  }

  private var isCaption: Bool {
    if HeadlineWords.captionStarts.contains(where: { text.hasPrefix($0) }) { return true }
    // A credit may stand in brackets: （王明 摄）.
    let end = line.last == 0xFF09 || line.last == 0x29 ? text.dropLast() : text[...]
    return HeadlineWords.captionEnds.contains { end.hasSuffix($0) || text.hasSuffix($0) }
      && !end.hasSuffix("拍摄")
  }

  private var isDateline: Bool {
    HeadlineWords.datelineStarts.contains { text.hasPrefix($0) } || isDate
  }

  /// Days, hours, numbers of issues and pages, and what a page calls itself.
  private var isDate: Bool {
    let digits = scalars.count { ScalarClass($0) == .digit }
    guard digits > 0 else { return false }
    let rest = scalars.filter { scalar in
      let kind = ScalarClass(scalar)
      return kind.isWordLike && kind != .digit
    }
    if line.squares == 0 {
      return text.split { !$0.isLetter }.allSatisfy { word in
        HeadlineWords.calendar.contains(word.lowercased())
      }
    }
    return rest.count <= 14 && rest.allSatisfy { HeadlineWords.dateParts.contains($0) }
  }
}

extension String {
  /// Without the brackets, bullets, colons and blanks around it.
  fileprivate func trimmingLabelMarks() -> String {
    let scalars = unicodeScalars
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { ScalarClass(scalar.value).isWordLike }
    guard let from = scalars.firstIndex(where: isLetter),
      let to = scalars.lastIndex(where: isLetter)
    else { return "" }
    return String(scalars[from...to])
  }
}
