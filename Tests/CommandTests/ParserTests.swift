import Testing

@testable import SuoyinCommand

@Suite struct ParserTests {
  private func invocation(_ arguments: String...) throws -> Invocation {
    guard case .run(let invocation) = try parse(arguments) else {
      throw Failure("no invocation: \(arguments)")
    }
    return invocation
  }

  private func failure(_ arguments: [String]) -> Failure? {
    do throws(Failure) {
      _ = try parse(arguments)
      return nil
    } catch {
      return error
    }
  }

  @Test func aValueFollowsOrIsJoined() throws {
    let apart = try invocation("search", "--limit", "3", "氨")
    let joined = try invocation("search", "--limit=3", "氨")
    #expect(apart == joined)
    #expect(apart.count(.limit) == 3)
    #expect(apart.operands == ["氨"])
    #expect(try invocation("index", "--index=a=b", "x").text(.index) == "a=b")
    #expect(try invocation("index", "--index", "-old", "x").text(.index) == "-old")
  }

  @Test func defaultsHoldWhereNothingIsGiven() throws {
    let plain = try invocation("search", "氨")
    #expect(plain.count(.limit) == 10)
    #expect(plain.count(.offset) == 0)
    #expect(plain.text(.color) == "auto")
    #expect(plain.text(.index) == nil)
    #expect(!plain.has(.json))
  }

  @Test func everyDeclaredDefaultParses() throws {
    for command in CommandDeclaration.all {
      for option in command.options {
        guard let standard = option.standard else { continue }
        let operands = Array(repeating: "x", count: command.operands?.minimum ?? 0)
        let line = [command.name.rawValue, "\(option.name.typed)=\(standard)"] + operands
        #expect(failure(line) == nil, "\(line)")
      }
    }
  }

  @Test func optionsMayFollowOperands() throws {
    let search = try invocation("search", "新能源", "--json", "汽车")
    #expect(search.has(.json))
    #expect(search.operands == ["新能源", "汽车"])
  }

  @Test func afterTwoDashesAllIsQuery() throws {
    let search = try invocation("search", "--json", "电池", "--", "-CATL", "--limit", "--", "--help")
    #expect(search.operands == ["电池", "-CATL", "--limit", "--", "--help"])
    #expect(search.has(.json))
  }

  @Test func anExclusionOutsideASCIIIsQuery() throws {
    let search = try invocation("search", "汽车", "-比亚迪", "-“九龙坡”", "-\"新 能源\"", "-Ｃ９１９", "-")
    #expect(search.operands == ["汽车", "-比亚迪", "-“九龙坡”", "-\"新 能源\"", "-Ｃ９１９", "-"])
    // Only a query has exclusions.
    #expect(failure(["index", "-比亚迪"]) != nil)
  }

  @Test(arguments: [
    (["serch", "x"], "“serch”", "suoyin search"),
    (["idnex", "x"], "“idnex”", "suoyin index"),
    (["汽车"], "“汽车”", "suoyin --help"),
    (["search", "--limt", "3", "x"], "--limt", "--limit"),
    (["search", "--ofset=3", "x"], "--ofset", "--offset"),
    (["search", "-json", "x"], "-json", "--json"),
    (["search", "--LIMIT", "3", "x"], "--LIMIT", "--limit"),
    (["index", "--No-Repair", "x"], "--No-Repair", "--no-repair"),
    (["search", "--color", "NEVER", "x"], "“NEVER”", "did you mean never?"),
    (["SEARCH", "x"], "“SEARCH”", "suoyin search"),
    (["--HELP"], "--HELP", "did you mean --help?"),
    (["search", "-CATL"], "-CATL", "--"),
    (["search", "--k1", "1", "x"], "--k1", "suoyin index"),
    (["search", "--version", "x"], "--version", "suoyin --version"),
    (["--limit", "3", "search", "x"], "--limit", "put it after"),
    (["--index", "ix", "search", "氨"], "--index", "put it after: suoyin search --index …"),
    (["--index", "index", "info"], "--index", "suoyin info --index"),
    (["--index=ix", "analyze", "x"], "--index", "suoyin analyze --index"),
    (["--json", "info"], "--json", "suoyin info --json"),
    (["--limit", "3", "info"], "--limit", "suoyin search --limit"),
    (["--index"], "--index", "suoyin index --index"),
    (["--hlep"], "--hlep", "--help"),
    (["search", "x", "--limit"], "--limit needs a value", "--limit N"),
    (["search", "--index", "--json", "x"], "--json follows", "--index DIR"),
    (["search", "--limit", "--", "x"], "-- follows", "--limit N"),
    (["search", "--limit=", "x"], "whole number", "0 to"),
    (["search", "--index=", "x"], "empty", "--index DIR"),
    (["search", "--limit", "ten", "x"], "“ten”", "whole number"),
    (["search", "--limit", "2.5", "x"], "“2.5”", "whole number"),
    (["search", "--limit", "-5", "x"], "negative", "from 0"),
    (["search", "--limit", "99999999999999999999999", "x"], "cannot be 9999", "from 0"),
    (["search", "--offset", "1e3", "x"], "“1e3”", "whole number"),
    (["index", "--k1", "much", "x"], "“much”", "a number"),
    (["index", "--k1", "-0.5", "x"], "negative", "from 0"),
    (["index", "--k1", "nan", "x"], "“nan”", "a number"),
    (["index", "--k1", "inf", "x"], "inf", "from 0"),
    (["index", "--b", "1.5", "x"], "cannot be 1.5", "from 0 to 1"),
    (["search", "--limit", "1", "--limit", "1", "x"], "more than once", "once"),
    (["search", "--json", "--json", "x"], "more than once", "once"),
    (["search", "--json=yes", "x"], "no value", "--json"),
    (["search", "--color", "nevr", "x"], "“nevr”", "never"),
    (["search", "--color", "blue", "x"], "“blue”", "auto, always, never"),
    (["search"], "needs QUERY…", "suoyin search"),
    (["search", "--"], "needs QUERY…", "suoyin search"),
    (["index"], "needs PATH…", "suoyin index"),
    (["info", "x"], "“x”", "suoyin info --help"),
    (["help", "serch"], "“serch”", "suoyin search"),
  ])
  func mistakesAreNamedWithTheWayOut(line: [String], names: String, way: String) throws {
    let failure = try #require(self.failure(line), "\(line) was taken")
    #expect(failure.message.contains(names), "\(line): \(failure.message)")
    #expect(failure.remedy?.contains(way) == true, "\(line): \(failure.remedy ?? "nil")")
  }

  @Test func helpWinsOverMistakes() throws {
    #expect(try parse(["search", "--limit", "x", "--help"]) == .help(.search, long: true))
    #expect(try parse(["index", "-h"]) == .help(.index, long: false))
    #expect(try parse(["help", "info"]) == .help(.info, long: true))
    #expect(try parse(["help"]) == .help(nil, long: true))
    #expect(try parse(["--help", "x"]) == .help(nil, long: true))
    #expect(try parse([]) == .help(nil, long: false))
    #expect(try parse(["-V"]) == .version)
  }

  /// Every option of every command takes what its kind says, and its own name with a letter
  /// missing leads back to it or to one as near.
  @Test func everyOptionIsWhatItsDeclarationSays() throws {
    for command in CommandDeclaration.all {
      let operands = Array(repeating: "x", count: command.operands?.minimum ?? 0)
      for option in command.options {
        let name = option.name.typed
        switch option.kind {
        case .flag:
          #expect(failure([command.name.rawValue, name] + operands) == nil, "\(name)")
          #expect(option.placeholder == nil)
        case .text:
          #expect(failure([command.name.rawValue, name, "文"] + operands) == nil, "\(name)")
          #expect(option.placeholder != nil)
        case .count(let bounds):
          for bound in [bounds.lowerBound, bounds.upperBound] {
            #expect(failure([command.name.rawValue, "\(name)=\(bound)"] + operands) == nil)
          }
          #expect(failure([command.name.rawValue, "\(name)=\(bounds.upperBound + 1)"]) != nil)
        case .number(let bounds):
          for bound in [bounds.lowerBound, bounds.upperBound] {
            #expect(failure([command.name.rawValue, "\(name)=\(bound)"] + operands) == nil)
          }
          #expect(failure([command.name.rawValue, "\(name)=\(bounds.upperBound + 1)"]) != nil)
        case .choice(let choices):
          for choice in choices {
            #expect(failure([command.name.rawValue, "\(name)=\(choice)"] + operands) == nil)
          }
        }
      }
      #expect(Set(command.options.map(\.name)).count == command.options.count)
    }
  }
}
