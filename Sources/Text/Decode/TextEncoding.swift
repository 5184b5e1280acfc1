/// A charset, by the name that IANA gives it.
public struct TextEncoding: Hashable, Sendable {
  /// As `UTF-8`, `GB18030`, `Shift_JIS`.
  public let name: String

  public static let utf8 = TextEncoding(known: "UTF-8")
  static let gb18030 = TextEncoding(known: "GB18030")

  /// The charset of any name that ICU knows, as `gbk`, `sjis`, `big5`, `euc-kr`, `cp936`.
  public init(named name: String) throws(UnknownEncoding) {
    guard !name.isEmpty, !name.utf8.contains(0), let known = CharsetConverter.name(of: name) else {
      throw UnknownEncoding(name: name)
    }
    self.name = known
  }

  init(known name: String) {
    self.name = name
  }

  /// The converter that reads this charset.
  ///
  /// Files said to be in a charset are as a rule in the larger one that Windows made of it, which
  /// agrees with it on all that both have (as the Encoding Standard of WHATWG has it).
  var converter: String {
    switch name {
    case "GB2312", "GBK": "GB18030"
    case "EUC-KR": "windows-949"
    case "Shift_JIS": "windows-31j"
    case "ISO-8859-1", "US-ASCII": "windows-1252"
    default: name
    }
  }
}

/// A name of a charset that ICU does not know.
public struct UnknownEncoding: Error, Hashable, Sendable, CustomStringConvertible {
  public let name: String

  public var description: String {
    "unknown encoding “\(name)”; known are UTF-8, UTF-16, GB18030, Big5, Shift_JIS, EUC-KR and the "
      + "others of ICU"
  }
}
