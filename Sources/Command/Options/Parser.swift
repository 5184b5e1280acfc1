/// A command line, understood.
enum ParsedLine: Equatable {
  case run(Invocation)
  /// Help on a command, or on `suoyin` itself where there is none.
  case help(CommandDeclaration?, long: Bool)
  case version
}

/// A command with its options and operands.
struct Invocation: Equatable {
  let command: CommandDeclaration
  /// Options in the order of the command line, and after them the defaults of those not given.
  fileprivate(set) var values: [OptionName: OptionValue] = [:]
  fileprivate(set) var operands: [String] = []

  func has(_ name: OptionName) -> Bool { values[name] == .present }

  func text(_ name: OptionName) -> String? {
    if case .text(let text) = values[name] { text } else { nil }
  }

  func count(_ name: OptionName) -> Int? {
    if case .count(let count) = values[name] { count } else { nil }
  }

  func number(_ name: OptionName) -> Double? {
    if case .number(let number) = values[name] { number } else { nil }
  }
}

enum OptionValue: Equatable, Sendable {
  case present
  case text(String)
  case count(Int)
  case number(Double)
}

/// Understands the arguments that follow the program's name.
///
/// `--name value` and `--name=value` mean the same; after `--` everything is an operand. A value
/// may begin with one dash but not with two, so that `--index --json` is seen as the slip that it
/// is. Help wins over every mistake that stands beside it.
func parse(_ arguments: [String]) throws(Failure) -> ParsedLine {
  guard let first = arguments.first else { return .help(nil, long: false) }
  switch first {
  case "--help": return .help(nil, long: true)
  case "-h": return .help(nil, long: false)
  case "--version", "-V": return .version
  default: break
  }
  if first.hasPrefix("-") {
    throw unknownOptionBeforeCommand(first, rest: arguments.dropFirst())
  }
  guard let name = CommandName(rawValue: first) else { throw unknownCommand(first) }
  let rest = arguments.dropFirst()
  if name == .help { return try helpTopic(rest) }

  let command = CommandDeclaration.named(name)
  if let help = rest.prefix(while: { $0 != "--" }).first(where: { $0 == "--help" || $0 == "-h" }) {
    return .help(command, long: help == "--help")
  }
  var parser = Parser(invocation: Invocation(command: command), rest: rest)
  return .run(try parser.parse())
}

private func helpTopic(_ arguments: ArraySlice<String>) throws(Failure) -> ParsedLine {
  guard let topic = arguments.first(where: { !$0.hasPrefix("-") }) else {
    return .help(nil, long: true)
  }
  guard let name = CommandName(rawValue: topic) else { throw unknownCommand(topic) }
  return .help(.named(name), long: true)
}

private func unknownCommand(_ typed: String) -> Failure {
  let names = CommandName.allCases.map(\.rawValue)
  if let nearest = nearestName(to: typed, among: names) {
    return Failure("there is no command “\(typed)”", remedy: "did you mean suoyin \(nearest)?")
  }
  return Failure(
    "there is no command “\(typed)”",
    remedy: "the commands are \(names.joined(separator: ", ")); suoyin --help explains them")
}

private func unknownOptionBeforeCommand(_ typed: String, rest: ArraySlice<String>) -> Failure {
  let name = String(typed.drop { $0 == "-" }.prefix { $0 != "=" })
  if let option = OptionName(rawValue: name), option != .help, option != .version {
    let owners = CommandDeclaration.all.filter { $0.option(option) != nil }
    // The option's value may be spelled like a command, as the folder “index” is.
    let takesNext = owners.first?.option(option)?.kind != .flag && !typed.contains("=")
    let meant = rest.dropFirst(takesNext ? 1 : 0).lazy.compactMap(CommandName.init).first
    let owner = owners.first { $0.name == meant } ?? owners.first
    return Failure(
      "the option \(option.typed) stands before the command",
      remedy: "put it after: suoyin \(owner?.name.rawValue ?? "search") \(option.typed) …")
  }
  if let nearest = nearestName(to: name, among: ["help", "version"]) {
    return Failure("there is no option \(typed)", remedy: "did you mean --\(nearest)?")
  }
  return Failure(
    "there is no option \(typed)", remedy: "a command comes first; suoyin --help lists them")
}

private struct Parser {
  var invocation: Invocation
  var rest: ArraySlice<String>

  private var command: CommandDeclaration { invocation.command }
  private var called: String { "suoyin \(command.name.rawValue)" }

  init(invocation: Invocation, rest: ArraySlice<String>) {
    self.invocation = invocation
    self.rest = rest
  }

  mutating func parse() throws(Failure) -> Invocation {
    while let argument = rest.popFirst() {
      if argument == "--" {
        invocation.operands += rest
        break
      }
      if isOperand(argument) {
        invocation.operands.append(argument)
      } else {
        try parseOption(argument)
      }
    }
    try checkOperands()
    for option in command.options where invocation.values[option.name] == nil {
      guard let standard = option.standard else { continue }
      invocation.values[option.name] = try value(standard, of: option)
    }
    return invocation
  }

  private func isOperand(_ argument: String) -> Bool {
    guard argument.unicodeScalars.first == "-", argument != "-" else { return true }
    guard command.takesExclusions, let second = argument.unicodeScalars.dropFirst().first else {
      return false
    }
    return !second.isASCII || second == "\""
  }

  private mutating func parseOption(_ argument: String) throws(Failure) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = String(parts[0])
    guard typed.hasPrefix("--"), let name = OptionName(rawValue: String(typed.dropFirst(2))),
      let option = command.option(name)
    else { throw unknownOption(typed) }
    guard invocation.values[name] == nil || option.repeats else {
      throw Failure("\(typed) is given more than once", remedy: "give it once")
    }
    let given = parts.count == 2 ? String(parts[1]) : nil
    if option.kind == .flag {
      guard given == nil else {
        throw Failure("\(typed) takes no value", remedy: "write \(typed) alone")
      }
      invocation.values[name] = .present
    } else {
      let text = if let given { given } else { try followingValue(of: option) }
      let earlier = invocation.text(name).map { $0 + " " } ?? ""
      invocation.values[name] = try value(earlier + text, of: option)
    }
  }

  private mutating func followingValue(of option: OptionDeclaration) throws(Failure) -> String {
    let typed = option.name.typed
    guard let next = rest.first, !next.hasPrefix("--") else {
      throw Failure(
        "\(typed) needs a value, and \(rest.first.map { "\($0) follows" } ?? "nothing follows")",
        remedy: "write \(typed) \(option.placeholder ?? "VALUE")")
    }
    rest = rest.dropFirst()
    return next
  }

  private func value(
    _ text: String, of option: OptionDeclaration
  ) throws(Failure) -> OptionValue {
    let typed = option.name.typed
    switch option.kind {
    case .flag:
      return .present
    case .text:
      guard !text.isEmpty else {
        throw Failure(
          "\(typed) has an empty value", remedy: "write \(typed) \(option.placeholder ?? "VALUE")")
      }
      return .text(text)
    case .count(let bounds):
      if let count = Int(text), bounds.contains(count) { return .count(count) }
      throw outOfBounds(
        text, of: typed, isNumber: isWholeNumber(text),
        kind: "a whole number", "from \(bounds.lowerBound) to \(bounds.upperBound)")
    case .number(let bounds):
      if let number = Double(text), bounds.contains(number) { return .number(number) }
      throw outOfBounds(
        text, of: typed, isNumber: Double(text).map { !$0.isNaN } ?? false,
        kind: "a number",
        "from \(brief(bounds.lowerBound)) to \(brief(bounds.upperBound))")
    case .choice(let choices):
      if choices.contains(text) { return .text(text) }
      let all = choices.joined(separator: ", ")
      throw Failure(
        "\(typed) cannot be “\(text)”",
        remedy: nearestName(to: text, among: choices).map { "did you mean \($0)?" }
          ?? "it is one of \(all)")
    }
  }

  private func isWholeNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
  }

  private func outOfBounds(
    _ text: String, of typed: String, isNumber: Bool, kind: String, _ bounds: String
  ) -> Failure {
    if !isNumber {
      return Failure(
        "\(typed) needs \(kind), and “\(text)” is none", remedy: "give \(kind) \(bounds)")
    }
    return text.hasPrefix("-")
      ? Failure("\(typed) cannot be negative (\(text))", remedy: "give \(kind) \(bounds)")
      : Failure("\(typed) cannot be \(text)", remedy: "give \(kind) \(bounds)")
  }

  private func brief(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }

  private func unknownOption(_ typed: String) -> Failure {
    let message = "\(called) has no option \(typed)"
    let name = String(typed.drop { $0 == "-" })
    if let option = OptionName(rawValue: name) {
      if typed.hasPrefix("--") {
        let owners = CommandDeclaration.all.filter { $0.option(option) != nil }
        if let owner = owners.first {
          return Failure(message, remedy: "it is an option of suoyin \(owner.name.rawValue)")
        }
        return Failure(message, remedy: "it stands alone: suoyin \(typed)")
      }
      if command.option(option) != nil {
        return Failure(message, remedy: "did you mean --\(name)?")
      }
    }
    let names = command.options.map(\.name.rawValue) + ["help"]
    if let nearest = nearestName(to: name, among: names) {
      return Failure(message, remedy: "did you mean --\(nearest)?")
    }
    if command.takesExclusions {
      return Failure(
        message, remedy: "to search for it, put it after --: \(called) … -- \(typed)")
    }
    return Failure(message, remedy: "\(called) --help lists its options")
  }

  private func checkOperands() throws(Failure) {
    let count = invocation.operands.count
    guard let operands = command.operands else {
      guard count == 0 else {
        throw Failure(
          "\(called) takes no “\(invocation.operands[0])”",
          remedy: "\(called) --help shows what it takes")
      }
      return
    }
    guard count >= operands.minimum else {
      throw Failure(
        "\(called) needs \(operands.placeholder)",
        remedy: "write \(called) \(operands.placeholder); \(called) --help explains it")
    }
  }
}
