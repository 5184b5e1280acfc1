/// A file of topics, judgements or rankings that says nothing an evaluation can go by.
public struct EvaluationFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// Counted from 1; nil where the file as a whole is meant.
  public let line: Int?
  /// What is wrong with it.
  public let problem: String
  /// What is expected there, or what to do.
  public let remedy: String

  /// What is wrong, and where.
  public var message: String {
    "\(file)\(line.map { ", line \($0)" } ?? ""): \(problem)"
  }

  public var description: String { "\(message); \(remedy)" }
}
