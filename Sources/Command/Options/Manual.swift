/// The manual page, made from the declarations, in the form that man reads.
enum Manual {
  static var page: String {
    var page = ".TH SUOYIN 1 \"\" \"suoyin \(version)\"\n.SH NAME\n"
    page += "suoyin \\- search archives of Chinese, Japanese and Korean text\n"
    page += ".SH SYNOPSIS\n.B suoyin\n.I COMMAND\n…\n.SH COMMANDS\n"
    for command in CommandDeclaration.all {
      let operands = command.operands.map { " " + $0.placeholder } ?? ""
      page += ".SS \(escaped(command.name.rawValue + operands))\n"
      page += paragraph(command.summary + ".")
      for detail in command.details { page += ".PP\n" + paragraph(detail) }
      if let operands = command.operands {
        page += entry(operands.placeholder, operands.summary + ".")
      }
      for option in command.options + [.help] {
        let value = option.placeholder.map { " " + $0 } ?? ""
        let standard = option.standard.map { " (\($0))" } ?? ""
        let details = option.details.isEmpty ? "" : " " + option.details
        page += entry(option.name.typed + value, option.summary + standard + "." + details)
      }
      for example in command.examples { page += entry(example.line, example.what) }
      let statuses = command.statuses.map { "\($0.status): \($0.what)" }
      page += entry("Exit status", statuses.joined(separator: "; ") + ".")
    }
    page += ".SH ENVIRONMENT\n"
    return page + entry("SUOYIN_INDEX", "The folder of the index where --index is not given.")
  }

  private static func entry(_ term: String, _ meaning: String) -> String {
    ".TP\n.B \(escaped(term))\n" + paragraph(meaning)
  }

  private static func paragraph(_ text: String) -> String { escaped(text) + "\n" }

  /// A line of text: no mark of it is one of the page's.
  private static func escaped(_ text: String) -> String {
    let line = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\n", with: " ")
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
