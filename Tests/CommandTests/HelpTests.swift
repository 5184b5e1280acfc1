import Testing

@testable import SuoyinCommand

@Suite struct HelpTests {
  @Test func theOverviewNamesEveryCommand() {
    for long in [false, true] {
      let text = Help.overview(long: long, width: 80)
      for command in CommandDeclaration.all {
        #expect(text.contains("  \(command.name.rawValue) "))
        #expect(text.contains(command.summary))
      }
      #expect(text.contains("--help") && text.contains("--version"))
    }
  }

  @Test func aCommandsHelpNamesAllThatIsDeclared() {
    for command in CommandDeclaration.all {
      for long in [false, true] {
        // Wide enough for every line, so that no line of a declaration is broken.
        let text = Help.page(on: command, long: long, width: 2000)
        #expect(text.contains(command.summary))
        for option in command.options + [.help] {
          let signature = option.name.typed + (option.placeholder.map { " \($0)" } ?? "")
          #expect(text.contains("  \(signature)"), "\(command.name): \(signature)")
          #expect(text.contains(option.summary))
          if let standard = option.standard { #expect(text.contains("(\(standard))")) }
          #expect(long ? text.contains(option.details) : true)
        }
        if let operands = command.operands { #expect(text.contains(operands.placeholder)) }
        for status in command.statuses where long { #expect(text.contains(status.what)) }
        for example in command.examples where long { #expect(text.contains(example.line)) }
      }
    }
  }

  @Test(arguments: [60, 80, 100]) func linesFitTheWidth(width: Int) {
    for command in CommandDeclaration.all {
      for line in Help.page(on: command, long: true, width: width).split(separator: "\n") {
        // Examples are copied and pasted, and so never broken.
        guard !command.examples.contains(where: { line.contains($0.line) }) else { continue }
        #expect(displayWidth(of: line) <= width, "\(line)")
      }
    }
  }
}
