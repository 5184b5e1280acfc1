import Suoyin

extension CommandRun {
  func analyze() throws -> Int32 {
    let text = try textToAnalyze()
    if let folder = invocation.text(.index) { _ = try SearchIndex.open(at: folder) }
    let stages = AnalysisStages(Suoyin.analyze(text, repairingLines: !invocation.has(.noRepair)))
    if invocation.has(.json) {
      try console.out.write(try jsonText(AnalysisView(stages)))
    } else {
      try AnalysisPage(stages: stages).print(on: console)
    }
    return 0
  }

  private func textToAnalyze() throws -> String {
    let operands = invocation.operands
    let encoding = try invocation.encoding()
    if let file = invocation.text(.file) {
      guard operands.isEmpty else {
        throw Failure(
          "--file \(file) and a text are given", remedy: "give one of them")
      }
      do throws(StreamError) {
        return decoded(try FileDescriptor.readFile(file), of: file, encoding)
      } catch {
        throw Failure(
          "\(file) cannot be read: \(error.reason)", remedy: "name a file that can be read")
      }
    }
    if operands == ["-"] {
      do throws(StreamError) {
        return decoded(
          try FileDescriptor.standardInput.readAll(), of: "standard input", encoding)
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
    return operands.joined(separator: " ")
  }

  private func decoded(_ bytes: [UInt8], of name: String, _ encoding: TextEncoding?) -> String {
    let decoded = Decoder.decode(bytes, declared: encoding)
    if let fault = decoded.faults.first {
      let count = counted(decoded.faultCount, "place")
      console.say(
        .warning,
        """
        \(name): \(count) that \(decoded.encoding.name) does not know, the first at byte \
        \(fault.offset), became U+FFFD; name the encoding with --encoding
        """)
    }
    return decoded.text
  }
}
