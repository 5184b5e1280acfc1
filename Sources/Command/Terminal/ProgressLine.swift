/// How far a run is.
struct ProgressState: Equatable {
  /// What is gone through, as “article”, and how many of it are done with.
  var noun = "article"
  var count: Int
  /// Bytes read, and all there are to read; items done with, and all there are, where none are.
  var done: Int
  var total: Int
  var areBytes = true
  /// Bytes of memory in use for what is not yet written, where that is told.
  var memory: Int?
  /// What is going on beside reading, as “writing”.
  var stage: String?
}

/// A line on the terminal that says how far a run is; it shows after a second, ten times a second
/// at most, and is wiped off before anything else is said.
final class ProgressLine {
  private let width: Int
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?
  private var isVisible = false

  init(width: Int) {
    self.width = width
    start = clock.now
  }

  func show(_ state: ProgressState) {
    let now = clock.now
    let elapsed = start.duration(to: now)
    guard elapsed >= .seconds(1) else { return }
    if state.stage == nil, let lastShown, lastShown.duration(to: now) < .milliseconds(100) {
      return
    }
    lastShown = now
    isVisible = true
    // The last column stays free: some terminals break the line there.
    write("\r" + truncated(progressText(state, after: elapsed), to: width - 1) + "\u{1B}[K")
  }

  func clear() {
    guard isVisible else { return }
    isVisible = false
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    do throws(StreamError) {
      try FileDescriptor.standardError.write(Array(text.utf8))
    } catch {
      isVisible = false
    }
  }
}

/// `45 %  12,340 articles  23.4 MB/s  212.0 MB in memory  0:12 left`
func progressText(_ state: ProgressState, after elapsed: Duration) -> String {
  let seconds = elapsed / .seconds(1)
  let rate = seconds > 0 ? Double(state.done) / seconds : 0
  var parts: [String] = []
  if state.total > 0 { parts.append("\(min(100, state.done * 100 / state.total)) %") }
  parts.append(counted(state.count, state.noun))
  parts.append(state.areBytes ? "\(fixed(rate / 1e6, 1)) MB/s" : "\(fixed(rate, 0)) a second")
  if let memory = state.memory { parts.append("\(byteCount(memory)) in memory") }
  if let stage = state.stage {
    parts.append(stage)
  } else if rate > 0, state.total > state.done {
    parts.append("\(clockTime(Double(state.total - state.done) / rate)) left")
  }
  return parts.joined(separator: "  ")
}
