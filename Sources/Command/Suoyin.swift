import Glibc

/// The command `suoyin`: understands the line, runs the command, maps what came of it to an exit
/// status.
@main
enum SuoyinCommand {
  static func main() {
    letWritesFail()
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(run(arguments, environment: .ofProcess))
  }

  /// - Returns: the exit status.
  static func run(_ arguments: [String], environment: Environment) -> Int32 {
    let line: ParsedLine
    do throws(Failure) {
      line = try parse(arguments)
    } catch {
      let console = Console(color: .auto, environment: environment)
      let asked = arguments.prefix { $0 != "--" }
      console.say(error, asJSON: asked.contains(OptionName.json.typed))
      return 2
    }
    let console = Console(color: line.color, environment: environment)
    do {
      let status = try run(line, arguments: arguments, console, environment)
      try console.out.flush()
      return status
    } catch let error as StreamError where error.isClosedPipe {
      // Whoever read the output has seen enough, as `head` has.
      console.clearProgress()
      return 0
    } catch {
      console.say(Failure(describing: error), asJSON: line.wantsJSON)
      return 2
    }
  }

  private static func run(
    _ line: ParsedLine, arguments: [String], _ console: Console, _ environment: Environment
  ) throws -> Int32 {
    switch line {
    case .version:
      try console.out.write("suoyin \(version)\n")
    case .help(let command, let long):
      let width = min(console.width ?? 80, 100)
      let text =
        command.map { Help.page(on: $0, long: long, width: width) }
        ?? Help.overview(long: long, width: width)
      guard !arguments.isEmpty else {
        console.sayRaw(text)
        return 2
      }
      try console.out.write(text)
    case .run(let invocation):
      let run = CommandRun(invocation: invocation, console: console, environment: environment)
      switch invocation.command.name {
      case .index: return try run.index()
      case .search: return try run.search()
      case .explainQuery: return try run.explainQuery()
      case .explain: return try run.explain()
      case .similar: return try run.similar()
      case .complete: return try run.complete()
      case .completion: return try run.completion()
      case .manual: return try run.manual()
      case .delete: return try run.delete()
      case .optimize: return try run.optimize()
      case .rebuild: return try run.rebuild()
      case .snapshot: return try run.snapshot()
      case .restore: return try run.restore()
      case .export: return try run.export()
      case .info: return try run.info()
      case .check: return try run.check()
      case .analyze: return try run.analyze()
      case .run: return try run.run()
      case .evaluate: return try run.evaluate()
      case .tune: return try run.tune()
      case .help: break
      }
    }
    return 0
  }
}

/// One run of one command: what it was asked and where it answers.
struct CommandRun {
  let invocation: Invocation
  let console: Console
  let environment: Environment

  /// The folder of the index: `--index`, else `$SUOYIN_INDEX`, else `index`.
  var indexFolder: String {
    if let named = invocation.text(.index) { return named }
    if let named = environment["SUOYIN_INDEX"], !named.isEmpty { return named }
    return "index"
  }
}

extension ParsedLine {
  fileprivate var color: Console.ColorChoice {
    guard case .run(let invocation) = self, let text = invocation.text(.color) else { return .auto }
    return Console.ColorChoice(rawValue: text) ?? .auto
  }

  fileprivate var wantsJSON: Bool {
    if case .run(let invocation) = self { invocation.has(.json) } else { false }
  }
}
