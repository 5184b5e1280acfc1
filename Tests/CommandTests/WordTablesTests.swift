import Foundation
import SuoyinTestSupport
import Testing

/// The tables of words that the first process makes and the others find.
@Suite struct WordTablesTests {
  @Test func processesMakeThemAtOnceAndOneIsKilled() throws {
    let folder = try TemporaryFolder()
    var suoyin = CommandProcess(folder: folder.path)
    suoyin.environment["XDG_CACHE_HOME"] = folder.path("cache")
    let answer = try suoyin.shell(
      """
      timeout -s KILL 0.1 "$SUOYIN" analyze 依托本地电摩生态 > /dev/null 2> /dev/null
      mkdir -p cache/suoyin && echo half > cache/suoyin/words-0.suoyin.1.tmp
      "$SUOYIN" analyze --json 依托本地电摩生态 > a &
      "$SUOYIN" analyze --json 依托本地电摩生态 > b &
      wait
      "$SUOYIN" analyze --json 依托本地电摩生态 > c
      cmp a b && cmp b c
      """)
    #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
    #expect(try folder.bytes("c").count > 100)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("cache/suoyin"))
    #expect(names.count == 1 && names[0].hasSuffix(".suoyin"), "\(names)")
  }
}
