/// An option, declared once: the parser, `--help` and every message about it read this.
struct OptionDeclaration: Equatable, Sendable {
  /// What may follow the option's name.
  enum Kind: Equatable, Sendable {
    /// Nothing: the option is there or not.
    case flag
    /// Any text that is not empty.
    case text
    /// A whole number within bounds.
    case count(ClosedRange<Int>)
    /// A number within bounds.
    case number(ClosedRange<Double>)
    /// One of a few words.
    case choice([String])
  }

  let name: OptionName
  let kind: Kind
  /// What stands for the value in help, as `DIR`; nil for a flag.
  var placeholder: String?
  /// What holds where the option is not given, written as one would type it. It goes through the
  /// parser like a typed one, so that help cannot promise another default than the one that holds.
  var standard: String?
  /// One line without a full stop.
  let summary: String
  /// Further sentences for the long help; empty where the line says it all.
  var details = ""
  /// Whether a text may be given several times: its values are joined by blanks.
  var repeats = false
}

/// The options that there are, each spelled as on the command line without its two dashes.
enum OptionName: String, CaseIterable, Sendable {
  case after
  case analyzer
  case b
  case collapse
  case color
  case commitEvery = "commit-every"
  case depth
  case encoding
  case explain
  case facet
  case fields
  case file
  case help
  case index
  case json
  case k1
  case limit
  case lookalikes
  case measure
  case memory
  case noRepair = "no-repair"
  case offset
  case output
  case perQuery = "per-query"
  case permutations
  case prune
  case qrels
  case reorder
  case repair
  case schema
  case seed
  case sort
  case stem
  case stopWords = "stop-words"
  case strict
  case synonyms
  case tag
  case threads
  case timeout
  case timings
  case topics
  case userDictionary = "user-dictionary"
  case version
  case with

  /// As typed: `--limit`.
  var typed: String { "--" + rawValue }
}

/// What follows a command beside its options.
struct OperandDeclaration: Equatable, Sendable {
  /// As in the usage line: `PATH…`.
  let placeholder: String
  /// The least number of them.
  let minimum: Int
  /// The greatest number of them; nil where any number may come.
  var maximum: Int?
  let summary: String
}

/// A command of `suoyin`, declared once.
struct CommandDeclaration: Equatable, Sendable {
  struct Example: Equatable, Sendable {
    let line: String
    let what: String
  }

  let name: CommandName
  /// One line without a full stop.
  let summary: String
  /// Paragraphs for the long help.
  let details: [String]
  let operands: OperandDeclaration?
  let options: [OptionDeclaration]
  let examples: [Example]
  /// Exit statuses and what each says.
  let statuses: [(status: Int32, what: String)]

  static func == (a: CommandDeclaration, b: CommandDeclaration) -> Bool { a.name == b.name }

  func option(_ name: OptionName) -> OptionDeclaration? {
    options.first { $0.name == name }
  }

  /// Whether an argument such as `-比亚迪` or `-"a phrase"` is part of the query and no option.
  var takesExclusions: Bool { [.search, .explainQuery, .explain].contains(name) }
}

enum CommandName: String, CaseIterable, Sendable {
  case index, search
  case explainQuery = "explain-query"
  case explain, similar, complete, delete, optimize, rebuild, snapshot, restore, export, info,
    check, analyze
  case run, evaluate, tune, completion, manual, help
}
