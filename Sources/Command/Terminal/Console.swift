/// Where a command writes: results to standard output, everything about the run to standard error.
///
/// For one thread.
final class Console {
  /// When colours are used.
  enum ColorChoice: String {
    case auto, always, never
  }

  let out: OutputStream
  let palette: Palette
  /// Columns to wrap results at; nil where no terminal shows them, whose lines stay whole.
  let width: Int?
  private let errorPalette: Palette
  private let progress: ProgressLine?

  /// - Parameter environment: `NO_COLOR` and `CLICOLOR_FORCE` (no-color.org, bixense.com/clicolors),
  ///   `TERM`, `COLUMNS`.
  init(color: ColorChoice, environment: Environment) {
    let output = FileDescriptor.standardOutput
    let errors = FileDescriptor.standardError
    out = OutputStream(output)
    palette = Palette(hasColor: Self.hasColor(color, output.isTerminal, environment))
    errorPalette = Palette(hasColor: Self.hasColor(color, errors.isTerminal, environment))
    width = Self.columns(asked: environment["COLUMNS"], of: output)
    progress = errors.isTerminal ? ProgressLine(width: errors.columns ?? 80) : nil
  }

  static func hasColor(
    _ choice: ColorChoice, _ isTerminal: Bool, _ environment: Environment
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if !(environment["NO_COLOR"] ?? "").isEmpty { return false }
    if let forced = environment["CLICOLOR_FORCE"], !forced.isEmpty, forced != "0" { return true }
    return isTerminal && environment["TERM"] != "dumb"
  }

  private static func columns(asked: String?, of output: FileDescriptor) -> Int? {
    if let asked, let columns = Int(asked), columns > 0 { return max(20, columns) }
    return output.isTerminal ? max(20, output.columns ?? 80) : nil
  }

  /// Prints a line of results.
  func print(_ line: [StyledText]) throws(StreamError) {
    try out.write(palette.render(line) + "\n")
  }

  /// Prints styled text, wrapped to the terminal, every line behind the same blanks.
  ///
  /// - Parameter lead: what stands before the first line; the others stand under its end.
  func print(
    wrapping pieces: [StyledText], behind lead: StyledText = StyledText(""), indent: Int = 0
  ) throws(StreamError) {
    let left = displayWidth(of: lead.text)
    let blanks = String(repeating: " ", count: indent)
    let under = StyledText(String(repeating: " ", count: left))
    let lines = width.map { wrap(pieces, width: $0 - indent - left) } ?? [pieces]
    for (index, line) in lines.enumerated() {
      try print([StyledText(blanks), index == 0 ? lead : under] + line)
    }
  }

  /// Says something about the run on standard error: `suoyin: warning: …`.
  func say(_ kind: Message, _ text: String) {
    progress?.clear()
    let label: StyledText? =
      switch kind {
      case .note: StyledText("note: ", .label)
      case .warning: StyledText("warning: ", .warning)
      case .failure: StyledText("error: ", .error)
      case .plain: nil
      }
    let line = [StyledText("suoyin: "), label ?? StyledText(""), StyledText(harmless(text))]
    sayRaw(errorPalette.render(line) + "\n")
  }

  enum Message {
    case plain, note, warning, failure
  }

  /// Writes to standard error as it is. That it fails cannot be told to anyone.
  func sayRaw(_ text: String) {
    do throws(StreamError) {
      try FileDescriptor.standardError.write(Array(text.utf8))
    } catch {
      return
    }
  }

  /// Shows how far a long run is, on a terminal only.
  func show(_ state: ProgressState) { progress?.show(state) }

  func clearProgress() { progress?.clear() }
}

/// Standard output, gathered into few writes.
final class OutputStream {
  private let descriptor: FileDescriptor
  private var pending: [UInt8] = []

  init(_ descriptor: FileDescriptor) {
    self.descriptor = descriptor
  }

  func write(_ text: String) throws(StreamError) {
    pending += text.utf8
    if pending.count >= 1 << 16 { try flush() }
  }

  func write(_ bytes: [UInt8]) throws(StreamError) {
    pending += bytes
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Must be called at the end: what is pending is lost otherwise.
  func flush() throws(StreamError) {
    defer { pending.removeAll(keepingCapacity: true) }
    try descriptor.write(pending)
  }
}
