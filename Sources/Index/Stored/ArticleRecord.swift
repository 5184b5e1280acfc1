import SuoyinStorage
import SuoyinText

/// An article as bytes: FORMAT.md, "Stored articles".
///
/// The record is the id and then the content: everything else that is stored or indexed of the
/// article. The content's hash tells whether an article that comes again has changed; the path and
/// whether lines are repaired are part of it, because a search shows the one and depends on the
/// other.
enum ArticleRecord {
  private static let repairsLines: UInt8 = 1

  /// The content's bytes.
  static func content(of article: Article) -> ByteWriter {
    var bytes = ByteWriter(capacity: article.text.utf8.count + 256)
    bytes.append(article.repairsLines ? repairsLines : 0)
    bytes.append(optional: article.title)
    bytes.append(optional: article.date)
    bytes.append(optional: article.path)
    bytes.append(optional: article.extra)
    bytes.append(string: article.text)
    return bytes
  }

  /// Reads as far as the title, and no further.
  static func decodeTitle(_ reader: inout ByteReader) throws(StorageError) -> String? {
    _ = try reader.readString()
    _ = try reader.readByte()
    return try reader.readOptionalString()
  }

  /// Reads as far as the path, and no further.
  static func decodePath(_ reader: inout ByteReader) throws(StorageError) -> String? {
    _ = try decodeTitle(&reader)
    _ = try reader.readOptionalString()
    return try reader.readOptionalString()
  }

  /// Reads id and content.
  static func decode(_ reader: inout ByteReader) throws(StorageError) -> Article {
    let id = try reader.readString()
    let flags = try reader.readByte()
    guard flags <= repairsLines else {
      throw reader.damaged("flags of an article", expected: "0 or 1", found: "\(flags)")
    }
    let title = try reader.readOptionalString()
    let date = try reader.readOptionalString()
    let path = try reader.readOptionalString()
    let extra = try reader.readOptionalString()
    let text = try reader.readString()
    return Article(
      id: id, title: title, text: text, path: path, date: date, extra: extra,
      repairsLines: flags & repairsLines != 0)
  }
}
