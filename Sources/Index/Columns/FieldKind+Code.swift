import SuoyinText

extension FieldKind {
  private static let inFiles: [FieldKind] = [.keyword, .number, .date, .text]

  /// What files have for it: FORMAT.md, "Analyzer file".
  var code: UInt8 {
    switch self {
    case .keyword: 1
    case .number: 2
    case .date: 3
    case .text: 4
    }
  }

  /// - Returns: nil for what stands for no kind.
  init?(code: UInt8) {
    guard let kind = Self.inFiles.first(where: { $0.code == code }) else { return nil }
    self = kind
  }
}
