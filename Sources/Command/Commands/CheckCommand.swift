import Suoyin

extension CommandRun {
  /// - Returns: 0 where the index is sound, 1 where it is damaged.
  func check() throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let repair = invocation.has(.repair) ? try IndexRepair.run(at: indexFolder) : nil
    let check = try repair?.check ?? IndexCheck.run(at: indexFolder)
    let took = start.duration(to: clock.now) / .milliseconds(1)
    if invocation.has(.json) {
      let view = CheckView(check, repair: repair, folder: indexFolder, took: took)
      try console.out.write(try jsonText(view))
    } else {
      try print(check, took: took, isRepaired: repair != nil)
      if let repair, !check.isSound { try print(repair) }
    }
    return check.isSound ? 0 : 1
  }

  private func print(_ repair: IndexRepair) throws {
    for note in repair.notes { console.say(.warning, note) }
    for file in repair.lostFiles {
      console.say(.failure, "\(file): nothing of it could be read; its articles are lost")
    }
    for id in repair.lostIDs { console.say(.failure, "the article “\(id)” is lost") }
    let lost = repair.lostCount + repair.lostFiles.count > 0
    try console.print([
      StyledText("\(harmless(indexFolder)): ", .label),
      StyledText("repaired; \(counted(repair.articleCount, "article")) are in the index"),
      StyledText(
        "; \(grouped(repair.rescuedCount)) indexed anew, \(grouped(repair.lostCount)) lost"
          + (repair.lostFiles.isEmpty ? "" : ", and \(counted(repair.lostFiles.count, "file"))"),
        .label),
    ])
    if lost {
      console.say(.note, "suoyin index, or rebuild, brings back what is lost from its files")
    }
  }

  private func print(_ check: IndexCheck, took: Double, isRepaired: Bool) throws {
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
    if let first = check.findings.first, !isRepaired {
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
  let repair: RepairView?

  private enum CodingKeys: String, CodingKey {
    case index, sound, generation, articles, segments, bytes, findings, repair
    case tookMilliseconds = "took_ms"
  }

  init(_ check: IndexCheck, repair: IndexRepair? = nil, folder: String, took: Double) {
    self.repair = check.isSound ? nil : repair.map(RepairView.init)
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
    try container.encodeIfPresent(repair, forKey: .repair)
  }
}

/// What came of a repair.
struct RepairView: Encodable {
  let articles: Int
  let rescued: Int
  let lost: Int
  let lostIDs: [String]
  let lostFiles: [String]
  let notes: [String]

  private enum CodingKeys: String, CodingKey {
    case articles, rescued, lost, notes
    case lostIDs = "lost_ids"
    case lostFiles = "lost_files"
  }

  init(_ repair: IndexRepair) {
    articles = repair.articleCount
    rescued = repair.rescuedCount
    lost = repair.lostCount
    lostIDs = repair.lostIDs
    lostFiles = repair.lostFiles
    notes = repair.notes
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
