import Foundation
import SuoyinTestSupport
import Testing

/// What nobody expects to index, and somebody will.
///
/// `SUOYIN_LARGE` in the environment asks for the full sizes: a document of 200 MB, a line of 50 MB.
@Suite struct OddInputTests {
  private static let isLarge = ProcessInfo.processInfo.environment["SUOYIN_LARGE"] != nil

  let folder: TemporaryFolder
  let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
  }

  private func total(_ query: String) throws -> Int? {
    try suoyin.run("search", "--json", query).json()["total"] as? Int
  }

  @Test func aHugeDocument() throws {
    let sentence = Array("氨燃料电池在全球市场。\n".utf8)
    let size = (Self.isLarge ? 200 : 2) << 20
    var text: [UInt8] = []
    text.reserveCapacity(size + 100)
    while text.count < size { text += sentence }
    try folder.write(text + Array("句末的独角兽。".utf8), to: "huge.txt")
    let answer = try suoyin.run("index", "huge.txt")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(try total("独角兽") == 1)
    #expect(try total("\"全球市场\"") == 1)
    #expect(try suoyin.run("check").status == 0)
  }

  @Test func aHugeLine() throws {
    let size = (Self.isLarge ? 50 : 2) << 20
    let text = String(repeating: "甲醇燃料。", count: size / 15)
    try folder.write(
      "{\"_id\":\"huge\",\"text\":\"\(text)\"}\n{\"_id\":\"b\",\"text\":\"氢\"}\n", to: "a.jsonl")
    #expect(try suoyin.run("index", "a.jsonl").status == 0)
    #expect(try total("甲醇") == 1 && total("氢") == 1)
    let lines = try suoyin.run("export").output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].utf8.count > size * 9 / 10)
  }

  @Test func emptyFilesZerosAndNames() throws {
    try folder.write("", to: "in/empty.txt")
    try folder.write([0, 0, 0], to: "in/zeros.txt")
    try folder.write("零\0件", to: "in/zero.txt")
    try folder.write("氨燃料。", to: "in/名\n字 \u{1B}[31m.md")
    try folder.write(#"{"_id": "j", "text": "零\u0000件氨"}"#, to: "in/a.jsonl")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("in/loop"), withDestinationPath: folder.path("in"))
    let broken = try suoyin.shell(
      #"printf 氨 > "in/$(printf '\377\376')".txt && "$SUOYIN" index in"#)
    #expect(broken.status == 1, "\(broken.errors)")
    #expect(!broken.errors.contains("\u{1B}"), "no control sequence of a name reaches a terminal")
    #expect(try total("氨") == 2)
    #expect(try suoyin.run("check").status == 0)
  }

  @Test func aFolderThatIsAFile() throws {
    try folder.write("mine", to: "index")
    try folder.write("氨", to: "a.txt")
    for arguments in [["index", "a.txt"], ["rebuild", "a.txt"], ["search", "氨"], ["check"]] {
      let answer = try suoyin.run(arguments, input: Data())
      #expect(
        answer.status == 2 && answer.errors.contains("index"), "\(arguments): \(answer.errors)")
    }
    #expect(try folder.bytes("index") == Array("mine".utf8))
  }

  /// Searching needs no right to write; writing says what is missing.
  @Test func anIndexWithoutTheRightToWrite() throws {
    try folder.write("氨燃料。", to: "a.txt")
    try suoyin.run("index", "a.txt")
    // Nobody is bound by rights that the superuser is not.
    let nobody = getuid() == 0 ? "setpriv --reuid=65534 --clear-groups" : ""
    let before = try folder.bytes("index/manifest")
    let search = try suoyin.shell("chmod -R a-w index && \(nobody) \"$SUOYIN\" search --json 氨")
    // A path that others may not go through shows nothing.
    guard search.status != 126, search.status != 127 else { return }
    #expect(search.status == 0 || search.errors.contains("ermission"), "\(search.errors)")
    let index = try suoyin.shell("echo 氢 > b.txt; \(nobody) \"$SUOYIN\" index b.txt")
    #expect(index.status == 2 && index.errors.contains("ermission"), "\(index.errors)")
    #expect(try folder.bytes("index/manifest") == before)
    _ = try suoyin.shell("chmod -R u+w index")
  }

  /// A clock that jumps: a file is read again whenever its time is another, not only a later one.
  @Test func aClockThatJumpsBack() throws {
    try folder.write("氨燃料。", to: "a.txt")
    _ = try suoyin.shell("touch -d 2040-01-01 a.txt")
    try suoyin.run("index", "a.txt")
    #expect(try suoyin.run("index", "a.txt").output.contains("1 unchanged"))
    try folder.write("氢燃料。", to: "a.txt")
    _ = try suoyin.shell("touch -d 1980-01-01 a.txt")
    #expect(try suoyin.run("index", "a.txt").output.contains("1 replaced"))
    #expect(try total("氢") == 1 && total("氨") == 0)
  }
}
