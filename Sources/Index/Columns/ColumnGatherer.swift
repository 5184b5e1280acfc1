import SuoyinStorage
import SuoyinText

/// Gathers the values of the documents of a new segment, and what the kinds of new fields are.
///
/// The first segment that has a field decides its kind, from all values that it has there: dates, where
/// all are; numbers, where all are; text, where one reads as such; else keywords. So no value of these
/// can fail to fit; later ones can. That a field is one of text is known with that value, and what the
/// documents before have of it is then handed out.
struct ColumnGatherer {
  /// What came of the fields of a document.
  struct Gathered {
    /// What does not fit its field.
    var misfits: [FieldMisfit] = []
    /// What the document has to be searched for.
    var texts: [FieldText] = []
    /// What documents before it have, of fields that this one made fields of text: each field's in the
    /// order of the documents.
    var former: [(document: UInt32, text: FieldText)] = []
  }

  /// A string of more bytes makes an inferred field one of text.
  static let longestInferred = 512
  /// And so does one of more than these in which a sentence of Chinese or Japanese ends: what names
  /// something has none, or is short.
  static let longestName = 60
  private static let sentenceEnds: Set<Unicode.Scalar> = ["。", "！", "？"]

  /// Whether a value is a text, and no keyword.
  static func isText(_ value: WrittenField.Value) -> Bool {
    let size = value.text.utf8.count
    return size > longestInferred
      || size > longestName && value.text.unicodeScalars.contains { sentenceEnds.contains($0) }
  }

  private var columns: [GatheredColumn] = []
  private var places: [String: Int] = [:]
  /// Of each document, whether its lines are repaired.
  private var repairsLines: [Bool] = []
  var documentCount: Int { repairsLines.count }

  /// Bytes of memory held.
  private(set) var memory = 0

  /// Adds the fields of the next document.
  mutating func add(
    _ fields: [WrittenField], repairingLines: Bool, to schema: inout FieldSchema
  ) -> Gathered {
    var gathered = Gathered()
    let document = documentCount
    for field in fields {
      guard let place = place(of: field.name, in: &schema) else {
        gathered.misfits.append(
          FieldMisfit(
            field: field.name,
            problem: "“\(field.name)” would be one field more than the "
              + "\(FieldSchema.limit) of an index", remedy: "give what is like it one name"))
        continue
      }
      guard columns[place].last != document else {
        gathered.misfits.append(
          FieldMisfit(
            field: field.name, problem: "“\(field.name)” stands there twice", remedy: "keep one"))
        continue
      }
      if columns[place].kind != .text {
        let before = columns[place].memory
        gathered.misfits += columns[place].add(field, of: document)
        if columns[place].hasText { decideText(place, &schema, &gathered) }
        memory += columns[place].memory - before
      }
      if columns[place].kind == .text, let mark = schema.mark(of: field.name) {
        gathered.texts.append(
          FieldText(field.values.map(\.text), mark: mark, repairsLines: repairingLines))
      }
      columns[place].last = document
    }
    repairsLines.append(repairingLines)
    return gathered
  }

  /// Makes a field one of text.
  private mutating func decideText(
    _ place: Int, _ schema: inout FieldSchema, _ gathered: inout Gathered
  ) {
    let name = columns[place].name
    schema.insert(FieldSchema.Field(name: name, kind: .text))
    guard let mark = schema.mark(of: name) else { return }
    for (document, values) in columns[place].becomeText() {
      gathered.former.append(
        (
          UInt32(document),
          FieldText(values, mark: mark, repairsLines: repairsLines[document])
        ))
    }
  }

  private mutating func place(of name: String, in schema: inout FieldSchema) -> Int? {
    if let place = places[name] { return place }
    if schema[name] == nil {
      let undecided = columns.count { $0.kind == nil }
      guard schema.fields.count + undecided < FieldSchema.limit else { return nil }
      if name == WrittenField.date { schema.insert(FieldSchema.Field(name: name, kind: .date)) }
    }
    columns.append(GatheredColumn(name, schema[name]))
    places[name] = columns.count - 1
    return columns.count - 1
  }

  /// Writes the columns, and gives new fields their kinds.
  mutating func finish(
    to file: FileWriter, schema: inout FieldSchema
  ) throws(StorageError) {
    columns.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var writer = ColumnsWriter(file, documentCount: documentCount)
    for column in columns {
      let kind = column.kind ?? column.inferredKind
      if column.kind == nil {
        schema.insert(FieldSchema.Field(name: column.name, kind: kind))
      }
      if kind != .text { try column.write(as: kind, to: &writer) }
    }
    try writer.finish()
  }
}

/// The values of one field.
private struct GatheredColumn {
  let name: String
  /// Nil as long as the values decide.
  private(set) var kind: FieldKind?
  /// The last document that has it.
  var last: Int?
  private var texts: [WrittenField.Value] = []
  /// The place of each text in ``texts``.
  private var places: [[UInt8]: UInt32] = [:]
  private var combinations: [[UInt32]] = []
  private var combinationPlaces: [[UInt32]: UInt32] = [:]
  /// For each document up to the last that has one: nothing, a text or, with the highest bit, a
  /// combination of them.
  private var held: [UInt32] = []
  private(set) var memory = 0
  private var allDates = true
  private var allNumbers = true
  /// Whether a value has come that can be nothing but text.
  private(set) var hasText = false

  private static let none = UInt32.max
  private static let combination: UInt32 = 1 << 31

  init(_ name: String, _ kind: FieldKind?) {
    self.name = name
    self.kind = kind
  }

  var inferredKind: FieldKind {
    allNumbers ? .number : allDates ? .date : .keyword
  }

  /// Becomes a column of text, of which nothing is kept, and gives what the documents so far have.
  mutating func becomeText() -> [(document: Int, values: [String])] {
    defer {
      self = GatheredColumn(name, .text)
    }
    return held.enumerated().compactMap { document, held in
      guard held != Self.none else { return nil }
      let members =
        held & Self.combination != 0 ? combinations[Int(held & ~Self.combination)] : [held]
      return (document, members.map { texts[Int($0)].text })
    }
  }

  mutating func add(_ field: WrittenField, of document: Int) -> [FieldMisfit] {
    var misfits: [FieldMisfit] = []
    var members: [UInt32] = []
    for value in field.values {
      if let kind {
        guard kind.value(of: value) != nil else {
          misfits.append(FieldMisfit(value, of: name, kind))
          continue
        }
      } else {
        learn(value)
        if hasText { return misfits }
      }
      let place = place(of: value)
      if !members.contains(place) { members.append(place) }
    }
    guard !members.isEmpty else { return misfits }
    memory += 4 * (document + 1 - held.count)
    while held.count < document { held.append(Self.none) }
    held.append(members.count == 1 ? members[0] : Self.combination | place(of: members))
    return misfits
  }

  private mutating func learn(_ value: WrittenField.Value) {
    hasText = ColumnGatherer.isText(value)
    allNumbers = allNumbers && value.kind == .number && FieldKind.number.value(of: value) != nil
    allDates = allDates && value.kind == .string && DateSpan.isEvident(value.text)
  }

  private mutating func place(of value: WrittenField.Value) -> UInt32 {
    let bytes = Array(value.text.utf8)
    if let place = places[bytes] { return place }
    let place = UInt32(texts.count)
    texts.append(value)
    places[bytes] = place
    memory += 120 + 2 * bytes.count
    return place
  }

  private mutating func place(of members: [UInt32]) -> UInt32 {
    if let place = combinationPlaces[members] { return place }
    let place = UInt32(combinations.count)
    combinations.append(members)
    combinationPlaces[members] = place
    memory += 120 + 8 * members.count
    return place
  }

  func write(as kind: FieldKind, to writer: inout ColumnsWriter) throws(StorageError) {
    let fold = KeywordFold()
    var sorted: [(order: ColumnOrder, text: Int)] = []
    for (index, text) in texts.enumerated() {
      guard let value = kind.value(of: text) else { continue }
      sorted.append((ColumnOrder(value, fold), index))
    }
    sorted.sort { $0.order < $1.order }
    // Texts that mean the same have one ordinal.
    var values = ColumnValuesWriter(kind)
    var ordinals = [UInt32](repeating: 0, count: texts.count)
    for (index, (order, text)) in sorted.enumerated() {
      if index == 0 || sorted[index - 1].order < order { values.append(order.value) }
      ordinals[text] = UInt32(values.count - 1)
    }
    let sets = combinations.map { Set($0.map { ordinals[Int($0)] }).sorted() }
    let several = Set(sets.filter { $0.count > 1 }).sorted { $0.lexicographicallyPrecedes($1) }
    var places: [[UInt32]: UInt32] = [:]
    for (place, set) in several.enumerated() { places[set] = UInt32(place) }
    let first = UInt32(values.count + 1)
    let codes = sets.map { set in places[set].map { first + $0 } ?? set[0] + 1 }
    try writer.write(name, kind, values, combinations: several) { document in
      guard document < held.count else { return 0 }
      let held = held[Int(document)]
      if held == Self.none { return 0 }
      return held & Self.combination != 0
        ? codes[Int(held & ~Self.combination)] : ordinals[Int(held)] + 1
    }
  }
}
