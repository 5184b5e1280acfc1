import Foundation

/// The five articles that the project starts from.
public enum Seeds {
  /// The folder of the checkout.
  public static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The folder of the articles.
  public static let folder = "\(checkout)/seeds"

  /// The articles' ids, in order.
  public static let ids = [
    "000_5ec128bec79d0e57", "001_8d40744ae74587b9", "002_45fbed91635c3dbc",
    "003_b89cd53fb0298518", "004_1b19204a5c144ada",
  ]
}
