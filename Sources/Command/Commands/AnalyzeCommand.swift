import Suoyin

extension CommandRun {
  func analyze() throws -> Int32 {
    let analyzer = try analyzerForText()
    if let file = invocation.text(.with) { return try compare(with: file, by: analyzer) }
    let (text, decoded) = try textToAnalyze()
    let stages = AnalysisStages(
      Suoyin.analyze(text, repairingLines: !invocation.has(.noRepair), by: analyzer),
      decoded: decoded)
    if invocation.has(.json) {
      try console.out.write(try jsonText(AnalysisView(stages)))
    } else {
      try AnalysisPage(stages: stages).print(on: console)
    }
    return 0
  }

  /// The index's analyzer, or the one that options ask for.
  private func analyzerForText() throws -> Analyzer {
    let chosen = try chosenAnalyzer()
    guard let folder = invocation.text(.index) else { return chosen ?? .cjk }
    guard chosen == nil else {
      throw Failure(
        "--index \(folder) and an analyzer or its options are given",
        remedy: "leave one of them out: the index has its own")
    }
    return try SearchIndex.open(at: folder).analyzer
  }

  /// Compares the operands, as a query, with the text of a file.
  private func compare(with file: String, by analyzer: Analyzer) throws -> Int32 {
    let query = invocation.operands.joined(separator: " ")
    guard invocation.text(.file) == nil, !query.isEmpty, query != "-" else {
      throw Failure(
        "--with \(file) needs a query", remedy: "write suoyin analyze QUERY --with \(file)")
    }
    let decoded = try decode(file, try invocation.encoding())
    let comparison = QueryComparison(
      query, with: decoded.text, repairingLines: !invocation.has(.noRepair), by: analyzer)
    if invocation.has(.json) {
      try console.out.write(try jsonText(ComparisonView(comparison)))
    } else {
      try ComparisonPage(comparison: comparison, text: decoded.text, file: file).print(on: console)
    }
    return 0
  }

  /// The text, and how it was decoded where it came in bytes.
  private func textToAnalyze() throws -> (String, DecodedText?) {
    let operands = invocation.operands
    let encoding = try invocation.encoding()
    if let file = invocation.text(.file) {
      guard operands.isEmpty else {
        throw Failure(
          "--file \(file) and a text are given", remedy: "give one of them")
      }
      let decoded = try decode(file, encoding)
      return (decoded.text, decoded)
    }
    if operands == ["-"] {
      do throws(StreamError) {
        let decoded = warning(
          of: "standard input",
          Decoder.decode(try FileDescriptor.standardInput.readAll(), declared: encoding))
        return (decoded.text, decoded)
      } catch {
        throw Failure(
          "standard input cannot be read: \(error.reason)", remedy: "give the text or a file")
      }
    }
    guard !operands.isEmpty else {
      throw Failure(
        "suoyin analyze needs a text",
        remedy: "write suoyin analyze TEXT, --file FILE, or - for standard input")
    }
    guard encoding == nil else {
      throw Failure(
        "--encoding is for files and standard input, and a text is given",
        remedy: "leave it out, or write --file FILE")
    }
    return (operands.joined(separator: " "), nil)
  }

  private func decode(_ file: String, _ encoding: TextEncoding?) throws(Failure) -> DecodedText {
    do throws(StreamError) {
      return warning(
        of: file, Decoder.decode(try FileDescriptor.readFile(file), declared: encoding))
    } catch {
      throw Failure(
        "\(file) cannot be read: \(error.reason)", remedy: "name a file that can be read")
    }
  }

  private func warning(of name: String, _ decoded: DecodedText) -> DecodedText {
    if let fault = decoded.faults.first {
      let count = counted(decoded.faultCount, "place")
      console.say(
        .warning,
        """
        \(name): \(count) that \(decoded.encoding.name) does not know, the first at byte \
        \(fault.offset), became U+FFFD; name the encoding with --encoding
        """)
    }
    return decoded
  }
}
