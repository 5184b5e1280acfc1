internal import SuoyinText

/// The stretches of a long article in which its snippets are looked for.
///
/// A text up to ``whole`` bytes is its own excerpt. Of a longer one, stretches of whole lines are
/// looked through in order, without cutting them into words, until each piece of the query has been
/// seen; those that showed a new piece are the excerpt. So a passage later in the text that would show
/// more at once may be missed, and so may a piece of a line of more than 64 KB at which a stretch ends;
/// and an article of tens of megabytes does not take seconds.
struct Excerpt {
  /// The stretches, three line ends apart, which line repair never joins.
  let text: String
  /// For each stretch where it begins, in Unicode scalars of the excerpt and of the article.
  private let starts: [(excerpt: Int, article: Int)]

  /// The longest text that is taken whole, in bytes.
  static let whole = 256 << 10
  private static let stretchLength = 64 << 10
  private static let separator = "\n\n\n"

  /// - Parameter pieces: which of the `wanted` pieces of the query a stretch shows.
  /// - Complexity: linear in the text up to the stretch that shows the last piece.
  init(of text: String, wanted: Int, pieces: (String) -> Set<Int>) {
    guard text.utf8.count > Self.whole else {
      self.text = text
      starts = [(0, 0)]
      return
    }
    var excerpt = ""
    var starts: [(excerpt: Int, article: Int)] = []
    var length = 0
    func take(_ stretch: Substring, _ scalars: Int, from article: Int) {
      if !starts.isEmpty {
        excerpt += Self.separator
        length += Self.separator.unicodeScalars.count
      }
      starts.append((length, article))
      excerpt += stretch
      length += scalars
    }
    var seen: Set<Int> = []
    var before = 0
    var rest = text[...]
    while !rest.isEmpty, seen.count < wanted {
      let stretch = Self.stretch(of: rest)
      let scalars = stretch.unicodeScalars.count
      let shown = pieces(String(stretch))
      if !shown.isSubset(of: seen) {
        seen.formUnion(shown)
        take(stretch, scalars, from: before)
      }
      before += scalars
      rest = rest[stretch.endIndex...]
    }
    if starts.isEmpty {
      let stretch = Self.stretch(of: text[...])
      take(stretch, stretch.unicodeScalars.count, from: 0)
    }
    self.text = excerpt
    self.starts = starts
  }

  /// The place in the article of one in the excerpt, in Unicode scalars.
  func article(_ place: Int) -> Int {
    let start = starts[starts.partitioningIndex { $0.excerpt > place } - 1]
    return start.article + place - start.excerpt
  }

  /// The first lines of a text; of a line without an end a part.
  private static func stretch(of text: Substring) -> Substring {
    guard text.utf8.count > stretchLength else { return text }
    let from = text.utf8.index(text.startIndex, offsetBy: stretchLength)
    let limit = text.utf8.index(from, offsetBy: stretchLength, limitedBy: text.endIndex)
    if let end = text.utf8[from..<(limit ?? text.endIndex)].firstIndex(of: 0x0A) {
      return text[..<text.utf8.index(after: end)]
    }
    var end = from
    while end < text.endIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(after: end) }
    return text[..<end]
  }
}
