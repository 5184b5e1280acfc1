/// Scripts that complete commands and options, made from the declarations.
enum Completion {
  static let shells = ["bash", "fish", "zsh"]

  /// The script for a shell; nil where there is none.
  static func script(for shell: String) -> String? {
    switch shell {
    case "bash": bash
    case "fish": fish
    case "zsh": zsh
    default: nil
    }
  }

  private static var commands: [CommandDeclaration] { CommandDeclaration.all }

  private static func options(of command: CommandDeclaration) -> [OptionDeclaration] {
    command.options + [.help]
  }

  private static var bash: String {
    let names = commands.map(\.name.rawValue).joined(separator: " ")
    var text = """
      _suoyin() {
        local word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]} options= values=
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(names) --help --version" -- "$word"))
          return
        fi
        case ${COMP_WORDS[1]} in

      """
    for command in commands {
      let names = options(of: command).map(\.name.typed).joined(separator: " ")
      text += "    \(command.name.rawValue)) options='\(names)'\n"
      let choices = command.options.compactMap { (option) -> String? in
        guard case .choice(let words) = option.kind else { return nil }
        return "\(option.name.typed)) values='\(words.joined(separator: " "))' ;;"
      }
      if !choices.isEmpty {
        text += "      case $last in \(choices.joined(separator: " ")) esac\n"
      }
      text += "      ;;\n"
    }
    return text + """
        esac
        if [ -n "$values" ]; then
          COMPREPLY=($(compgen -W "$values" -- "$word"))
        elif [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
        else
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _suoyin suoyin

      """
  }

  private static var fish: String {
    var lines: [String] = []
    for command in commands {
      let name = command.name.rawValue
      lines.append(
        "complete -c suoyin -n __fish_use_subcommand -f -a \(name) -d \(quoted(command.summary))")
      for option in options(of: command) {
        var line =
          "complete -c suoyin -n '__fish_seen_subcommand_from \(name)' -l \(option.name.rawValue)"
        if case .choice(let words) = option.kind {
          line += " -x -a \(quoted(words.joined(separator: " ")))"
        } else if option.kind != .flag {
          line += " -r"
        }
        lines.append(line + " -d \(quoted(option.summary))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static var zsh: String {
    var lines = [
      "#compdef suoyin", "_suoyin() {", "  if (( CURRENT == 2 )); then", "    local -a commands=(",
    ]
    for command in commands {
      lines.append("      \(quoted("\(command.name.rawValue):\(command.summary)"))")
    }
    lines += [
      "    )", "    _describe command commands", "    return", "  fi", "  case $words[2] in",
    ]
    for command in commands {
      let words = options(of: command).map { "\n      \(quoted(argument($0))) \\" }.joined()
      lines.append(
        "    \(command.name.rawValue)) _arguments \\\(words)\n      '*:file:_files' ;;")
    }
    return (lines + ["  esac", "}", "compdef _suoyin suoyin"]).joined(separator: "\n") + "\n"
  }

  /// An option as `_arguments` of zsh takes it.
  private static func argument(_ option: OptionDeclaration) -> String {
    let summary = option.summary.replacing("[", with: "(").replacing("]", with: ")")
      .replacing(":", with: "\\:")
    let word = "\(option.name.typed)[\(summary)]"
    if case .choice(let words) = option.kind {
      return word + ":\(option.placeholder ?? "word"):(\(words.joined(separator: " ")))"
    }
    return option.kind == .flag ? word : word + ":\(option.placeholder ?? "value"):_files"
  }

  /// In single quotation marks, as all three shells understand them.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "’") + "'"
  }
}
