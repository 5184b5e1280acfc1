import Glibc

/// The variables that a process was started with.
struct Environment {
  private let value: (String) -> String?

  /// Those of this process. Each is looked up when it is asked for: a dictionary of all of them is a
  /// fortieth of a cold search.
  static var ofProcess: Environment {
    Environment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
  }

  private init(value: @escaping (String) -> String?) {
    self.value = value
  }

  init(_ variables: [String: String]) {
    self.init { variables[$0] }
  }

  /// Nil where the variable is not set.
  subscript(name: String) -> String? { value(name) }
}
