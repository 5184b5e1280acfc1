import CKernels
import SuoyinStorage

/// The names and limits of a segment file: FORMAT.md, "Segment".
enum SegmentFormat {
  static let kind = Envelope.Kind("SEGM")
  /// 5 may have documents in an order of their own, 6 has the further fields of text besides.
  static let version: UInt32 = 6
  /// 4 has ids that share their beginnings, and no bounds of ranges.
  static let readableVersions: ClosedRange<UInt32> = 4...version
  /// The fields of versions 4 and 5: title and text in both channels.
  static let formerFieldCount = 4

  /// A segment has fewer documents than that, so that the bytes of any list fit 32 bits.
  static let documentLimit = 1 << 28

  /// Bytes of no meaning behind the lists of a field, which kernels may read.
  static let readAhead = Int(CK_READ_AHEAD)

  static let info = "info"
  static let order = "order"
  static let articles = "articles"
  static let articleIndex = "articles.index"
  static let ids = "ids"
  static let idBlocks = "ids.blocks"
  static let idOrder = "ids.order"
  static let idHashes = "ids.hashes"
  static let idDocuments = "ids.documents"
  static let ordinals = "ordinals"
  static let contents = "contents"
  static let stamps = "stamps"
  static let columns = "columns"
  static let fingerprints = "fingerprints"

  // What completes a text; left out in segments of before.
  static let wordKeys = "suggestions.words.keys"
  static let wordFrequencies = "suggestions.words.frequencies"
  static let wordEnds = "suggestions.words.ends"
  static let wordBytes = "suggestions.words"
  static let titleKeys = "suggestions.titles.keys"
  static let titleDocuments = "suggestions.titles"

  static func lengths(_ field: FieldID) -> String { "\(field).lengths" }
  static func positionWidths(_ field: FieldID) -> String { "\(field).widths" }
  static func terms(_ field: FieldID) -> String { "\(field).terms" }
  static func termIndex(_ field: FieldID) -> String { "\(field).termindex" }
  static func postings(_ field: FieldID) -> String { "\(field).postings" }
  static func positions(_ field: FieldID) -> String { "\(field).positions" }

  // Of the column of that number.
  static func columnCodes(_ column: Int) -> String { "column.\(column).codes" }
  static func columnValues(_ column: Int) -> String { "column.\(column).values" }
  static func columnEnds(_ column: Int) -> String { "column.\(column).ends" }
  static func columnCombinations(_ column: Int) -> String { "column.\(column).combinations" }

  /// The part that a section counts to in ``IndexSnapshot/sizes``.
  static func part(of section: String) -> String {
    switch section {
    case articles, articleIndex: return "articles"
    case order, ids, idBlocks, idOrder, idHashes, idDocuments, ordinals, contents, stamps,
      fingerprints:
      return "identifiers"
    case let name where name.hasPrefix("column"): return "columns"
    case let name where name.hasPrefix("suggestions"): return "suggestions"
    case let name where name.hasSuffix(".terms") || name.hasSuffix(".termindex"):
      return "dictionary"
    case let name where name.hasSuffix(".postings"): return "postings"
    case let name where name.hasSuffix(".positions") || name.hasSuffix(".widths"):
      return "positions"
    case let name where name.hasSuffix(".lengths"): return "lengths"
    default: return "other"
    }
  }
}
