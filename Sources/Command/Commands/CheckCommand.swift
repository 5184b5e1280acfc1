import Suoyin

extension CommandRun {
  /// - Returns: 0 where the index is sound, 1 where it is damaged.
  func check() throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let check = try IndexCheck.run(at: indexFolder)
    let took = start.duration(to: clock.now) / .milliseconds(1)
    if invocation.has(.json) {
      try console.out.write(try jsonText(CheckView(check, folder: indexFolder, took: took)))
    } else {
      try print(check, took: took)
    }
    return check.isSound ? 0 : 1
  }

  private func print(_ check: IndexCheck, took: Double) throws {
    for finding in check.findings {
      try console.print([StyledText(harmless(finding.message))])
    }
    let verdict =
      check.isSound
      ? "sound" : "damaged: \(counted(check.findings.count, "finding")) above"
    try console.print([
      StyledText("\(harmless(indexFolder)): ", .label), StyledText(verdict),
      StyledText(
        "; \(counted(check.articleCount, "article")) in \(counted(check.segmentCount, "segment")), "
          + "\(byteCount(check.bytes)) read in \(fixed(took / 1000, 2)) s", .label),
    ])
    if let first = check.findings.first {
      console.say(.failure, "\(indexFolder): the index is damaged; \(first.remedy)")
    }
  }
}

/// The object that `suoyin check --json` prints.
struct CheckView: Encodable {
  let index: String
  let sound: Bool
  let generation: UInt64?
  let articles: Int
  let segments: Int
  let bytes: Int
  let tookMilliseconds: Double
  let findings: [FindingView]

  private enum CodingKeys: String, CodingKey {
    case index, sound, generation, articles, segments, bytes, findings
    case tookMilliseconds = "took_ms"
  }

  init(_ check: IndexCheck, folder: String, took: Double) {
    index = folder
    sound = check.isSound
    generation = check.generation
    articles = check.articleCount
    segments = check.segmentCount
    bytes = check.bytes
    tookMilliseconds = (took * 1000).rounded() / 1000
    findings = check.findings.map(FindingView.init)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encode(sound, forKey: .sound)
    // Null where unknown, so that every object has the same members.
    try container.encode(generation, forKey: .generation)
    try container.encode(articles, forKey: .articles)
    try container.encode(segments, forKey: .segments)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(tookMilliseconds, forKey: .tookMilliseconds)
    try container.encode(findings, forKey: .findings)
  }
}

/// A finding with all of its members, null where there is none.
struct FindingView: Encodable {
  let finding: IndexCheck.Finding

  private enum CodingKeys: String, CodingKey {
    case file, section, offset, what, expected, found, message, remedy
  }

  init(_ finding: IndexCheck.Finding) {
    self.finding = finding
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(finding.file, forKey: .file)
    try container.encode(finding.section, forKey: .section)
    try container.encode(finding.offset, forKey: .offset)
    try container.encode(finding.what, forKey: .what)
    try container.encode(finding.expected, forKey: .expected)
    try container.encode(finding.found, forKey: .found)
    try container.encode(finding.message, forKey: .message)
    try container.encode(finding.remedy, forKey: .remedy)
  }
}
