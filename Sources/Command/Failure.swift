import Suoyin

/// An error as a person is told of it: what is wrong with what, and what to do about it.
struct Failure: Error, Equatable {
  /// Names the thing, without a full stop.
  let message: String
  /// What to do, without a full stop; nil only where nothing helps.
  let remedy: String?

  init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }
}

extension Failure {
  /// Any error, as it reads best.
  init(describing error: any Error) {
    switch error {
    case let failure as Failure:
      self = failure
    case let stream as StreamError:
      self.init(
        "standard output cannot be written: \(stream.reason)",
        remedy: "see that there is room and that it is open for writing")
    case let index as IndexError:
      self.init(index.message, remedy: index.remedy)
    case let words as WordFileError:
      self.init(words.message, remedy: words.remedy)
    case let analyzer as AnalyzerError:
      self.init(analyzer.message, remedy: analyzer.remedy)
    case let search as SearchError:
      self.init(search.message, remedy: search.remedy)
    case let file as EvaluationFileError:
      self.init(file.message, remedy: file.remedy)
    case let measure as MeasureError:
      self.init(measure.message, remedy: measure.remedy)
    case let id as UnwritableID:
      self.init(id.message, remedy: id.remedy)
    default:
      self.init(String(describing: error))
    }
  }
}

extension Console {
  /// Tells of an error on standard error: as a line, or as an object for a program.
  func say(_ failure: Failure, asJSON: Bool) {
    if asJSON, let text = try? jsonText(FailureView(failure)) {
      clearProgress()
      sayRaw(text)
    } else {
      say(.failure, failure.message + (failure.remedy.map { "; \($0)" } ?? ""))
    }
  }
}

/// `{"error":{"message":…,"remedy":…}}`
private struct FailureView: Encodable {
  struct Details: Encodable {
    let message: String
    let remedy: String?
  }

  let error: Details

  init(_ failure: Failure) {
    error = Details(message: failure.message, remedy: failure.remedy)
  }
}
