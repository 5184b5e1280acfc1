import Suoyin

extension CommandRun {
  /// The analyzer that `--analyzer` and its options ask for; nil where none of them is given.
  func chosenAnalyzer() throws -> Analyzer? {
    var options = AnalyzerOptions()
    if let file = invocation.text(.userDictionary) {
      options.userDictionary = try UserDictionary(parsing: wordFile(file), file: file)
    }
    if let file = invocation.text(.synonyms) {
      options.synonyms = try Synonyms(parsing: wordFile(file), file: file)
    }
    if let file = invocation.text(.stopWords) {
      options.stopWords = try StopWords(parsing: wordFile(file), file: file)
    }
    options.stemmer = invocation.text(.stem)
    let name = invocation.text(.analyzer)
    if name == nil, options == AnalyzerOptions() { return nil }
    return try Analyzer(named: name ?? Analyzer.Name.cjk.rawValue, options: options)
  }

  /// The text of a file of words.
  private func wordFile(_ name: String) throws -> String {
    let bytes: [UInt8]
    do throws(StreamError) {
      bytes = try FileDescriptor.readFile(name)
    } catch {
      throw Failure(
        "\(name) cannot be read: \(error.reason)", remedy: "name a file that can be read")
    }
    let decoded = Decoder.decode(bytes, declared: nil)
    if let fault = decoded.faults.first {
      throw Failure(
        "\(name), byte \(fault.offset): bytes that \(decoded.encoding.name) does not know",
        remedy: "write the file in UTF-8")
    }
    return decoded.text
  }
}
