internal import SuoyinStorage
internal import SuoyinText

/// Analysis sessions that wait for the next search: one is made in four milliseconds, as long as a
/// short search takes, since its tables fill as it meets characters.
final class SessionPool: Sendable {
  private let analyzer: Analyzer
  private let idle = IdlePool<AnalysisSession>()

  init(of analyzer: Analyzer) {
    self.analyzer = analyzer
  }

  /// A session for one search, to be given back.
  func take() -> AnalysisSession { idle.take() ?? analyzer.makeSession() }

  func giveBack(_ session: AnalysisSession) { idle.give(session) }
}
