import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct FieldValueTests {
  @Test(arguments: [
    ("2024", "2024"), ("2024-03", "2024-03"), ("2024-03-05", "2024-03-05"),
    ("20240305", "2024-03-05"),
    ("2024/3/5", "2024-03-05"), ("2024.03.05", "2024-03-05"), ("2024年3月5日", "2024-03-05"),
    ("2024年", "2024"), ("2024年12月", "2024-12"), ("2024-02-29", "2024-02-29"),
    ("2024-03-05T18:30", "2024-03-05T18:30"), ("2024-03-05 08:30:05", "2024-03-05T08:30:05"),
    ("2024-03-05T18:30:05.125Z", "2024-03-05T18:30:05"),
    ("2024-03-05T23:30:00+08:00", "2024-03-05T23:30:00"), ("0001-01-01", "0001-01-01"),
    ("1969-12-31T23:59:60", "1969-12-31T23:59:59"), ("9999-12-31", "9999-12-31"),
  ])
  func readsDates(_ written: String, _ expected: String) throws {
    #expect(try #require(DateSpan(parsing: written)).description == expected)
  }

  @Test(arguments: [
    "", "24", "202", "20241", "2024-", "2024-13", "2024-00", "2023-02-29", "2024-03-32",
    "2024-03-05T",
    "2024-03-05T24:00", "2024-03-05T12", "2024-03-05T12:60", "2024-03-05X", "0000", "10000-01-01",
    "2024-03/05", "2024年3", "2024-03-05T12:00+8", "2024-03-05T12:00Zx", "２０２４",
  ])
  func refusesWhatIsNoDate(_ written: String) {
    #expect(DateSpan(parsing: written) == nil)
  }

  /// Days counted one by one.
  @Test func countsDays() {
    var day = DateSpan.days(1, 1, 1)
    for year in Int64(1)...2030 {
      for month in Int64(1)...12 {
        for dayOfMonth in 1...DateSpan.daysOfMonth(year, month) {
          let civil = DateSpan.civil(day: day)
          let isRight =
            DateSpan.days(year, month, dayOfMonth) == day && civil == (year, month, dayOfMonth)
          if !isRight { Issue.record("\(year)-\(month)-\(dayOfMonth) is day \(day)") }
          day += 1
        }
      }
    }
    #expect(DateSpan.days(1970, 1, 1) == 0)
  }

  @Test func datesEndWhereTheNextBegins() throws {
    for (date, next) in [
      ("2024", "2025"), ("2024-12", "2025-01"), ("2024-02", "2024-03"),
      ("2024-02-28", "2024-02-29"),
      ("2024-12-31T23:59", "2025-01-01T00:00"), ("1969-12-31", "1970-01-01"),
    ] {
      let (date, next) = (
        try #require(DateSpan(parsing: date)), try #require(DateSpan(parsing: next))
      )
      #expect(date.end == next.start && date < next)
    }
    let moment = try #require(DateSpan(parsing: "1969-05-06T07:08:09"))
    #expect(moment.rounded(to: .year).description == "1969")
    #expect(moment.rounded(to: .month).description == "1969-05")
    #expect(moment.rounded(to: .day).description == "1969-05-06")
    #expect(DateSpan(parsing: "1969")?.rounded(to: .month).description == "1969")
  }

  @Test func ordersNumbersExactly() throws {
    let ascending = [
      "-1e300", "-9223372036854775808", "-9223372036854775807", "-1.5", "-1", "-0.1", "0", "1e-9",
      "0.1", "1", "1.1", "2", "9007199254740992", "9007199254740993", "9007199254740994",
      "9223372036854775806", "9223372036854775807", "1e19", "1e300",
    ].map { FieldNumber(parsing: $0) }
    for (index, number) in ascending.enumerated() {
      let number = try #require(number)
      for (other, second) in ascending.enumerated() {
        #expect((number < second!) == (index < other) && (number == second!) == (index == other))
      }
    }
    for (written, shown) in [
      ("-0", "0"), ("-0.0", "0"), ("1e3", "1000"), ("1.10", "1.1"), ("+7", "7"),
      ("9223372036854775807", "9223372036854775807"), ("9007199254740993", "9007199254740993"),
    ] {
      #expect(FieldNumber(parsing: written)?.description == shown)
    }
    for written in ["", "x", "nan", "inf", "0x10", "1e999", "1,000", "1 2", "--1"] {
      #expect(FieldNumber(parsing: written) == nil, "\(written)")
    }
  }

  @Test func takesFieldsFromAnArticle() throws {
    let article = Article(
      id: "a", text: "b", date: " 2024-03-05 ",
      extra:
        #"{"views":12,"tags":["x","y",3,null,{"a":1}],"empty":"  ","none":null,"is":true,"o":{}}"#
    )
    let fields = try article.writtenFields()
    #expect(
      fields.map { "\($0.name): \($0.values.map(\.text).joined(separator: "|"))" }
        == ["date: 2024-03-05", "views: 12", "tags: x|y|3", "is: true"])
    #expect(throws: FieldMisfit.self) {
      try Article(id: "a", text: "b", extra: "{").writtenFields()
    }
  }

  @Test func readsASchema() throws {
    let schema = try FieldSchema(
      parsing: "\u{FEFF}# the archive\n\n views : number\n作者:keyword\r\nday:date\n", file: "s")
    #expect(schema.fields.map(\.name) == ["day", "views", "作者"])
    #expect(schema["views"] == .number && schema["作者"] == .keyword && schema["none"] == nil)
    for (text, line) in [
      ("views", 1), ("#\nviews: integer", 2), ("a: date\na: date", 2), (": date", 1),
      ("title: text", 1),
    ] {
      let error = #expect(throws: WordFileError.self) { try FieldSchema(parsing: text, file: "s") }
      #expect(error?.line == line)
    }
  }
}
