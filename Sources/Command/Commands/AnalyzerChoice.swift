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
  func wordFile(_ name: String) throws -> String {
    let limit = 256 << 20
    let bytes: [UInt8]?
    do throws(StreamError) {
      bytes = try FileDescriptor.readRegularFile(name, upTo: limit)
    } catch {
      throw Failure(
        "\(name) cannot be read: \(error.reason)", remedy: "name a file that can be read")
    }
    guard let bytes else {
      throw Failure(
        "\(name) is no regular file of at most \(limit >> 20) MiB",
        remedy: "write the words into a file of their own")
    }
    return try WordFileText.decode(bytes, file: name)
  }
}
