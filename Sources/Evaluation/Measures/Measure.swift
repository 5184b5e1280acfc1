/// A measure of how good a ranking is, under its name in `ir_measures`.
///
/// ```
/// measure   = name [ "(" parameter { "," parameter } ")" ] [ "@" cutoff ]
/// parameter = "rel=" grade | "p=" number | "judged_only=" ( "True" | "False" ) | "cutoff=" cutoff
/// ```
public struct Measure: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, CaseIterable, Sendable {
    case ndcg = "nDCG"
    case ap = "AP"
    case rr = "RR"
    case p = "P"
    case r = "R"
    case rprec = "Rprec"
    case success = "Success"
    case bpref = "Bpref"
    case judged = "Judged"
    case rbp = "RBP"
  }

  public let kind: Kind
  /// How many of the first documents count; nil where all do.
  public let cutoff: Int?
  /// The least grade that is relevant. nDCG and Judged do not ask it.
  public let rel: Int
  /// The persistence of RBP: how likely a reader goes on to the next document.
  public let p: Double
  /// Whether documents without judgement are taken out before anything is counted.
  public let judgedOnly: Bool

  public init(
    _ kind: Kind, at cutoff: Int? = nil, rel: Int = 1, p: Double = 0.8, judgedOnly: Bool = false
  ) {
    self.kind = kind
    self.cutoff = cutoff
    self.rel = rel
    self.p = p
    self.judgedOnly = judgedOnly
  }

  /// The name, without parameters that have their default.
  public var description: String {
    var parameters: [String] = []
    if kind == .rbp, p != 0.8 { parameters.append("p=\(p)") }
    if kind == .rbp || rel != 1 { parameters.append("rel=\(rel)") }
    if judgedOnly { parameters.append("judged_only=True") }
    return kind.rawValue + (parameters.isEmpty ? "" : "(\(parameters.joined(separator: ",")))")
      + (cutoff.map { "@\($0)" } ?? "")
  }

  /// What is reported where nobody asks for anything else.
  public static let standard = [
    Measure(.ndcg, at: 10), Measure(.rr, at: 10), Measure(.ap), Measure(.r, at: 100),
    Measure(.judged, at: 10),
  ]
}

/// A name that stands for no measure.
public struct MeasureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// What a person can do about it.
  public let remedy: String

  public var description: String { "\(message); \(remedy)" }
}

extension Measure {
  private static let aliases: [String: Kind] = [
    "NDCG": .ndcg, "MAP": .ap, "MRR": .rr, "Precision": .p, "Recall": .r, "RPrec": .rprec,
    "BPref": .bpref,
  ]

  /// Reads several names, parted by blanks or by commas outside of parentheses.
  public static func parse(_ text: String) throws(MeasureError) -> [Measure] {
    var names = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character.isWhitespace, depth > 0 { continue }
      if depth <= 0, character == "," || character.isWhitespace {
        names.append("")
      } else {
        names[names.count - 1].append(character)
      }
    }
    var measures: [Measure] = []
    for name in names where !name.isEmpty {
      let measure = try Measure(parsing: name)
      if !measures.contains(measure) { measures.append(measure) }
    }
    return measures
  }

  /// Reads one name.
  public init(parsing text: String) throws(MeasureError) {
    func error(_ problem: String, _ remedy: String) -> MeasureError {
      MeasureError(message: "the measure “\(text)”: \(problem)", remedy: remedy)
    }
    func count(_ text: Substring) throws(MeasureError) -> Int {
      guard let number = Int(text), number > 0 else {
        throw error("“\(text)” is no cutoff", "give a whole number from 1, as in nDCG@10")
      }
      return number
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    var cutoff = parts.count == 2 ? try count(parts[1]) : nil
    var head = parts[0]
    var given: Set<Substring> = []
    var (rel, p, judgedOnly) = (1, 0.8, false)
    if let open = head.firstIndex(of: "(") {
      guard head.last == ")" else { throw error("no ) at the end", "write it as P(rel=2)@5") }
      let list = head[head.index(after: open)...].dropLast()
      head = head[..<open]
      for parameter in list.split(separator: ",") {
        let pair = parameter.split(separator: "=", maxSplits: 1)
        guard pair.count == 2, given.insert(pair[0]).inserted else {
          throw error("“\(parameter)” is no parameter", "write it as P(rel=2)@5")
        }
        switch (pair[0], pair[1]) {
        case ("cutoff", let value) where cutoff == nil: cutoff = try count(value)
        case ("rel", let value):
          guard let grade = Int(value), grade > 0 else {
            throw error("“\(value)” is no grade", "give a whole number from 1")
          }
          rel = grade
        case ("p", let value):
          guard let number = Double(value), number > 0, number < 1 else {
            throw error("“\(value)” is no persistence", "give a number between 0 and 1")
          }
          p = number
        case ("judged_only", "True"): judgedOnly = true
        case ("judged_only", "False"): judgedOnly = false
        default:
          throw error(
            "the parameter “\(parameter)” is unknown",
            "the parameters are rel, p, judged_only and cutoff")
        }
      }
    }
    guard parts.count <= 2, let kind = Kind(rawValue: String(head)) ?? Self.aliases[String(head)]
    else {
      let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("there is none of that name", "the measures are \(names)")
    }
    for parameter in given where !kind.parameters.contains(String(parameter)) {
      throw error(
        "\(kind.rawValue) has no parameter \(parameter)",
        "its parameters are \(kind.parameters.joined(separator: ", "))")
    }
    if [.p, .r, .success].contains(kind), cutoff == nil {
      throw error("no cutoff", "give one, as in \(kind.rawValue)@10")
    }
    if [.bpref, .rprec].contains(kind), cutoff != nil {
      throw error("\(kind.rawValue) has no cutoff", "write \(kind.rawValue)")
    }
    if kind == .rbp, !given.contains("rel") {
      throw error("which grade is relevant?", "write RBP(rel=1), or RBP(p=0.95,rel=1)")
    }
    if kind == .rr, cutoff != nil, judgedOnly {
      throw error("RR has judged_only without a cutoff alone", "write RR(judged_only=True)")
    }
    self.init(kind, at: cutoff, rel: rel, p: p, judgedOnly: judgedOnly)
  }
}

extension Measure.Kind {
  fileprivate var parameters: [String] {
    switch self {
    case .ndcg: ["cutoff", "judged_only"]
    case .ap, .rr, .p, .r, .success: ["cutoff", "rel", "judged_only"]
    case .rprec: ["rel", "judged_only"]
    case .bpref: ["rel"]
    case .judged: ["cutoff"]
    case .rbp: ["cutoff", "p", "rel"]
    }
  }
}
