/// Help, made from the declarations.
enum Help {
  /// What `suoyin --help` prints.
  static func overview(long: Bool, width: Int) -> String {
    var page = HelpPage(width: width)
    page.paragraph(
      """
      Suoyin searches archives of Chinese, Japanese and Korean text, mixed with Latin or not: \
      exact phrases across broken lines, traditional and simplified alike.
      """)
    page.section("Usage")
    page.entry("suoyin COMMAND …", "")
    page.section("Commands")
    page.table(CommandDeclaration.all.map { ($0.name.rawValue, $0.summary + ".") })
    page.section("Options")
    page.table([OptionDeclaration.help, .version].map { ($0.name.typed, $0.summary + ".") })
    if long {
      page.section("The index")
      page.paragraph(
        """
        A folder: the one named by --index, else by the environment variable SUOYIN_INDEX, else \
        “index” below the working folder.
        """, indent: 2)
      page.section("To begin with")
      page.table([
        ("suoyin index PATH…", "put articles in"), ("suoyin search QUERY…", "find them"),
        ("suoyin analyze TEXT", "see why something matches, or does not"),
      ])
    }
    page.section("More")
    page.entry("suoyin help COMMAND", "")
    return page.text
  }

  /// What `suoyin COMMAND --help` prints.
  static func page(on command: CommandDeclaration, long: Bool, width: Int) -> String {
    var page = HelpPage(width: width)
    page.paragraph(command.summary + ".")
    page.section("Usage")
    page.entry(usage(of: command), "")
    if long, !command.details.isEmpty {
      page.section("What it does")
      for (index, paragraph) in command.details.enumerated() {
        if index > 0 { page.blank() }
        page.paragraph(paragraph, indent: 2)
      }
    }
    if let operands = command.operands {
      page.section("Arguments")
      page.table([(operands.placeholder, operands.summary + ".")])
    }
    page.section("Options")
    let options = command.options + [.help]
    if long {
      for (index, option) in options.enumerated() {
        if index > 0 { page.blank() }
        page.entry(signature(of: option), line(on: option))
        if !option.details.isEmpty { page.paragraph(option.details, indent: 6) }
      }
    } else {
      page.table(options.map { (signature(of: $0), line(on: $0)) })
    }
    if long {
      if !command.examples.isEmpty {
        page.section("Examples")
        for example in command.examples { page.entry(example.line, example.what) }
      }
      page.section("Exit status")
      page.table(command.statuses.map { ("\($0.status)", $0.what) })
    }
    return page.text
  }

  private static func usage(of command: CommandDeclaration) -> String {
    var parts = ["suoyin", command.name.rawValue]
    if !command.options.isEmpty { parts.append("[options]") }
    if let operands = command.operands {
      let optional = operands.minimum == 0 && !operands.placeholder.hasPrefix("[")
      parts.append(optional ? "[\(operands.placeholder)]" : operands.placeholder)
    }
    return parts.joined(separator: " ")
  }

  private static func signature(of option: OptionDeclaration) -> String {
    option.name.typed + (option.placeholder.map { " " + $0 } ?? "")
  }

  private static func line(on option: OptionDeclaration) -> String {
    option.summary + (option.standard.map { " (\($0))" } ?? "") + "."
  }
}

/// A page of help as it grows; every line fits the width where its words allow it.
private struct HelpPage {
  let width: Int
  private(set) var text = ""

  init(width: Int) {
    self.width = width
  }

  mutating func blank() { text += "\n" }

  mutating func section(_ title: String) {
    text += "\n\(title)\n"
  }

  mutating func paragraph(_ words: String, indent: Int = 0) {
    let lines = wrap([StyledText(words)], width: width - indent)
    for line in lines {
      text += String(repeating: " ", count: indent) + line.map(\.text).joined() + "\n"
    }
  }

  /// A line of its own, what it means below it.
  mutating func entry(_ term: String, _ meaning: String) {
    text += "  \(term)\n"
    if !meaning.isEmpty { paragraph(meaning, indent: 6) }
  }

  /// Terms on the left, aligned meanings on the right.
  mutating func table(_ rows: [(term: String, meaning: String)]) {
    let column = rows.map { displayWidth(of: $0.term) }.max() ?? 0
    let indent = 2 + column + 2
    for row in rows {
      let pad = String(repeating: " ", count: column - displayWidth(of: row.term) + 2)
      let lines = wrap([StyledText(row.meaning)], width: max(20, width - indent))
      for (index, line) in lines.enumerated() {
        let left = index == 0 ? "  " + row.term + pad : String(repeating: " ", count: indent)
        text += left + line.map(\.text).joined() + "\n"
      }
    }
  }
}
