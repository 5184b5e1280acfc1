internal import FoundationEssentials
internal import SuoyinIndex
internal import SuoyinStorage
internal import SuoyinText

/// A place in the answer to a request, from which another request goes on: the last hit that was shown,
/// and all that its rank depends on.
///
/// Pages stay what they were while the index changes. Scores come from the statistics of the first
/// page, which the cursor holds, so articles keep their scores and their order; what was added or
/// replaced since is left out; what was deleted is missing, and nothing moves up into its place that
/// has been shown. So no article comes twice and none is passed over. (Two things a cursor cannot hold:
/// which words a pattern with `*` stands for, where they are more than it is looked for by, and synonyms
/// that were changed.) A ``Searcher`` of the first page's snapshot gives the very same pages.
public struct SearchCursor: Hashable, Sendable, LosslessStringConvertible {
  /// The order that the place is in.
  enum Key: Hashable {
    /// In units of the plan's ``ScoreScale``.
    case score(UInt32, Hit.Match)
    /// The value that orders the article; nil where it has none.
    case field(FieldValue?)
  }

  /// What the request asks for, as a hash.
  let asked: UInt64
  /// How many hits come before those that follow.
  let rank: Int
  let key: Key
  /// The ingest ordinal of the article, and the hash of its id.
  let ordinal: UInt64
  let id: UInt64
  /// Articles of this ordinal and later ones came after the first page.
  let ordinalEnd: UInt64
  let statistics: PlanStatistics

  /// What a command line and a link can hold: letters, digits, `-` and `_`, seldom more than 200.
  public var description: String {
    var bytes = ByteWriter()
    bytes.append(Self.version)
    bytes.append(fixed: asked)
    bytes.append(varint: rank)
    switch key {
    case .score(let score, let match):
      bytes.append(match == .whole ? 1 : match == .partial ? 0 : 6)
      bytes.append(varint: score)
    case .field(nil): bytes.append(2)
    case .field(.number(let number)?):
      bytes.append(3)
      bytes.append(fixed: number.double.bitPattern)
      bytes.append(fixed: number.rest)
    case .field(.date(let date)?):
      bytes.append(4)
      bytes.append(fixed: date.start)
      bytes.append(date.precision.rawValue)
    case .field(.keyword(let text)?):
      bytes.append(5)
      bytes.append(string: text)
    }
    bytes.append(varint: ordinal)
    bytes.append(fixed: id)
    bytes.append(varint: ordinalEnd)
    for field in statistics.fields {
      bytes.append(varint: field.documentCount)
      bytes.append(varint: field.totalLength)
    }
    bytes.append(varint: statistics.frequencies.count)
    for frequency in statistics.frequencies { bytes.append(varint: frequency) }
    bytes.append(fixed: UInt32(truncatingIfNeeded: Checksum.of(bytes.bytes)))
    return Data(bytes.bytes).base64EncodedString().map { character in
      switch character {
      case "+": "-"
      case "/": "_"
      default: String(character)
      }
    }.joined().replacing("=", with: "")
  }

  /// - Returns: nil for what no answer has given.
  public init?(_ description: String) {
    var text = description.replacing("-", with: "+").replacing("_", with: "/")
    while text.utf8.count % 4 != 0 { text += "=" }
    guard let data = Data(base64Encoded: text), data.count > 4 else { return nil }
    let bytes = [UInt8](data)
    do throws(StorageError) {
      var reader = Section(decoded: bytes, name: "cursor").reader()
      try self.init(&reader)
      let sum = UInt32(truncatingIfNeeded: Checksum.of(Array(bytes.dropLast(4))))
      guard try reader.readFixed(UInt32.self) == sum else { return nil }
      try reader.finish()
    } catch {
      return nil
    }
  }

  private static let version: UInt8 = 2

  private init(_ reader: inout ByteReader) throws(StorageError) {
    guard try reader.readByte() == Self.version else {
      throw reader.damaged("version of a cursor")
    }
    asked = try reader.readFixed(UInt64.self)
    rank = try reader.readCount(upTo: .max)
    key = try Key(&reader)
    ordinal = try reader.readVarint()
    id = try reader.readFixed(UInt64.self)
    ordinalEnd = try reader.readVarint()
    var statistics = PlanStatistics(fields: [])
    for _ in FieldID.all {
      statistics.fields.append(
        FieldStatistics(
          documentCount: try reader.readCount(upTo: .max),
          totalLength: try reader.readCount(upTo: .max)))
    }
    for _ in 0..<(try reader.readCount(upTo: reader.remaining)) {
      statistics.frequencies.append(try reader.readCount(upTo: .max))
    }
    self.statistics = statistics
  }

  init(
    asked: UInt64, rank: Int, key: Key, ordinal: UInt64, id: UInt64, ordinalEnd: UInt64,
    statistics: PlanStatistics
  ) {
    self.asked = asked
    self.rank = rank
    self.key = key
    self.ordinal = ordinal
    self.id = id
    self.ordinalEnd = ordinalEnd
    self.statistics = statistics
  }
}

extension SearchCursor.Key {
  fileprivate init(_ reader: inout ByteReader) throws(StorageError) {
    switch try reader.readByte() {
    case 0: self = .score(try reader.readUInt32(), .partial)
    case 1: self = .score(try reader.readUInt32(), .whole)
    case 2: self = .field(nil)
    case 3:
      let double = Double(bitPattern: try reader.readFixed(UInt64.self))
      guard let number = FieldNumber(double: double, rest: try reader.readFixed(Int16.self)) else {
        throw reader.damaged("number of a cursor")
      }
      self = .field(.number(number))
    case 4:
      let start = try reader.readFixed(Int64.self)
      guard let precision = DateSpan.Precision(rawValue: try reader.readByte()),
        let date = DateSpan(start: start, precision: precision)
      else { throw reader.damaged("date of a cursor") }
      self = .field(.date(date))
    case 5: self = .field(.keyword(try reader.readString()))
    case 6: self = .score(try reader.readUInt32(), .lookalike)
    default: throw reader.damaged("order of a cursor")
    }
  }
}

extension SearchRequest {
  /// What a cursor belongs to: all that decides which articles come in which order.
  var hash: UInt64 {
    var bytes = ByteWriter()
    bytes.append(string: query)
    bytes.append((isPlain ? 1 : 0) + (collapsesDuplicates ? 2 : 0) + (findsLookalikes ? 4 : 0))
    switch order {
    case .score: bytes.append(0)
    case .field(let name, let isDescending):
      bytes.append(isDescending ? 2 : 1)
      bytes.append(string: name)
    }
    for number in [
      similarity?.k1 ?? -1, similarity?.b ?? -1, weights.words, weights.characters, weights.title,
      weights.crossing, weights.functionWords,
    ] {
      bytes.append(fixed: number.bitPattern)
    }
    return Checksum.of(bytes.bytes)
  }
}

extension Searcher {
  /// The cursor behind the last hit of a page, of that rank; nil where time was up.
  func cursor(
    behind last: ArticlePlace, _ rank: Int, of plan: QueryPlan, _ request: SearchRequest,
    _ watch: SearchWatch
  ) throws(IndexError) -> SearchCursor? {
    // What was left out for want of time would come before.
    guard watch.end == nil else { return nil }
    let segment = snapshot.segments[last.segment]
    let key: SearchCursor.Key =
      if case .field(let name, let isDescending) = request.order {
        .field(
          try orderingValue(of: last.document, in: segment, name, isDescending: isDescending))
      } else {
        .score(
          UInt32((last.score * plan.plan(of: last.match).scale.unitsPerPoint).rounded()), last.match
        )
      }
    return SearchCursor(
      asked: request.hash, rank: rank, key: key,
      ordinal: segment.ordinal(of: last.document),
      id: Checksum.of(Array(try segment.id(of: last.document).utf8)),
      ordinalEnd: request.after?.ordinalEnd ?? snapshot.ordinalEnd, statistics: plan.statistics)
  }

  /// The value that an article is ordered by.
  private func orderingValue(
    of document: UInt32, in segment: Segment, _ name: String, isDescending: Bool
  ) throws(IndexError) -> FieldValue? {
    guard let name = snapshot.fields.name(name), let column = segment.column(name) else {
      return nil
    }
    let ordinals = column.ordinals(of: column.code(of: document))
    guard let ordinal = isDescending ? ordinals.last : ordinals.first else { return nil }
    return try column.value(ordinal)
  }

  /// Makes sure that a cursor belongs to the request and to this index.
  func check(_ cursor: SearchCursor, of request: SearchRequest) throws(SearchError) {
    guard cursor.asked == request.hash else { throw .otherCursor(isOfIndex: false) }
    guard cursor.ordinalEnd <= snapshot.ordinalEnd, cursor.ordinal < cursor.ordinalEnd else {
      throw .otherCursor(isOfIndex: true)
    }
    // The article may be gone; but none has its ordinal that is another one.
    for segment in snapshot.segments {
      let id: String?
      do throws(IndexError) { id = try segment.id(ofOrdinal: cursor.ordinal) } catch {
        throw .index(error)
      }
      guard let id else { continue }
      guard Checksum.of(Array(id.utf8)) == cursor.id else { throw .otherCursor(isOfIndex: true) }
    }
  }
}
