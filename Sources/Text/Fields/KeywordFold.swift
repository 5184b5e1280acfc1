/// Folds keywords as texts are folded, so that 人民日報 finds 人民日报.
///
/// It keeps the folds of the characters met; in one thread.
public final class KeywordFold {
  private var folder = Folder(tables: .shared)

  public init() {}

  /// What keywords are compared by, in the order of code units.
  ///
  /// - Complexity: O(n).
  public func key(of keyword: String) -> [UInt16] {
    folder.fold(keyword)
  }
}
