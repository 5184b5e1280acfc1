internal import SuoyinText
internal import Synchronization

/// Analysis sessions that wait for the next search: one is made in four milliseconds, as long as a
/// short search takes, since its tables fill as it meets characters.
final class SessionPool: Sendable {
  private let analyzer: Analyzer
  private let idle = Mutex<[Idle]>([])

  init(of analyzer: Analyzer) {
    self.analyzer = analyzer
  }

  /// A session that no search uses.
  ///
  /// Sendable, because a session is either here or in the one search that took it.
  private struct Idle: @unchecked Sendable {
    let session: AnalysisSession
  }

  /// A session for one search, to be given back.
  func take() -> AnalysisSession {
    let waiting = idle.withLock { $0.popLast() }
    return waiting?.session ?? analyzer.makeSession()
  }

  func giveBack(_ session: AnalysisSession) {
    let waiting = Idle(session: session)
    idle.withLock { $0.append(waiting) }
  }
}
