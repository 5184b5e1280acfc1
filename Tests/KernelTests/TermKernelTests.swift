import CKernels
import SuoyinTestSupport
import Testing

@Suite("Kernels of terms")
struct TermKernelTests {
  private func kernels(_ level: ck_level) throws -> ck_terms {
    unsafe try #require(unsafe ck_terms_at(level)).pointee
  }

  /// Scalars of every length in UTF-8 and of every way through the kernels, at the bounds of each.
  private static let units: [UInt16] = [
    0x20, 0x20, 0x41, 0x7A, 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0xFFF, 0x3042, 0x3001, 0x4DFF, 0x4E00,
    0x9EFF, 0x9F00, 0xABFF, 0xAC00, 0xAC00, 0xB098, 0xB2E4, 0xD7A3, 0xD7A4, 0xE000, 0xFF01, 0xFFFF,
  ]

  /// Classes as a session has them: 0 and 1 stay in a run, 2 are characters, 9 are not known.
  private static let classes: [UInt8] = (UInt16.min ... .max).map { unit in
    switch unit {
    case 0x4E00...0x9EFF, 0xAC00...0xD7A3, 0x3042, 0x9F00, 0xFFFF: 2
    case 0x20: 1
    case 0x3001, 0x7F, 0xFF01: 0
    case 0xE9, 0x41, 0x7A: 3
    case 0x800: 5
    default: 9
    }
  }

  private func bytes(_ unit: UInt16) -> [UInt8] {
    Array(Unicode.Scalar(unit).map { Array(String(Character($0)).utf8) } ?? [])
  }

  @Test("write characters and pairs", arguments: [CK_SCALAR] + levels)
  func characters(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 5)
    let inRuns = Self.units.filter { Self.classes[Int($0)] <= 2 }
    let alphabets = [inRuns, [0xAC00, 0xB098, 0x20], [0x4E00], [0x3042, 0x3001], [0x20]]
    for length in Array(0...70) + [100, 300] {
      for alphabet in alphabets + [Self.units] {
        let start = Int.random(in: 0...3, using: &random)
        let text = (0..<start + length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        var output = [UInt8](repeating: 0, count: 9 * length + Int(CK_TERM_BYTES_AHEAD))
        var tokens = [UInt64](repeating: 0, count: 2 * length + Int(CK_TOKENS_AHEAD))
        let own: UInt64 = 7 << 32 | 3
        let run = unsafe kernels.characters(
          text, start, text.count, Self.classes, own, &output, &tokens)

        let wanted = text[start...].prefix { Self.classes[Int($0)] <= 2 }
        let characters = wanted.filter { Self.classes[Int($0)] == 2 }
        #expect(run.end == wanted.endIndex && run.count == characters.count)
        let terms = characters.flatMap { unit in [bytes(unit), bytes(unit), bytes(unit)].joined() }
        #expect(Array(output.prefix(terms.count)) == terms)
        let expected = characters.indices.flatMap { index in
          [UInt64(6 + index) << 32 | 6, UInt64(7 + index) << 32 | 3]
        }
        #expect(Array(tokens.prefix(expected.count)) == expected)
      }
    }
  }

  @Test("write words", arguments: [CK_SCALAR] + levels)
  func words(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 6)
    for round in 0..<400 {
      var text: [UInt16] = []
      var pieces: [UInt64] = []
      var wanted: [[UInt8]] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let length = Int.random(in: 1...(round % 20 == 0 ? 300 : 20), using: &random)
        let alphabet = Bool.random(using: &random) ? [0xAC00, 0xD7A3, 0x4E00, 0x800] : Self.units
        var piece = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        if length > 1, Int.random(in: 0..<8, using: &random) == 0 {
          let place = Int.random(in: 0..<length - 1, using: &random)
          piece.replaceSubrange(place..<place + 2, with: [0xD842, 0xDFB7])
        }
        text += piece
        let isWord = Int.random(in: 0..<4, using: &random) > 0
        pieces.append(UInt64(text.count) << 8 | (isWord ? [100, 200, 400][length % 3] & 0xFF : 0))
        if isWord { wanted.append(Array(String(decoding: piece, as: UTF16.self).utf8)) }
      }
      var output = [UInt8](repeating: 0, count: 3 * text.count + Int(CK_TERM_BYTES_AHEAD))
      var tokens = [UInt64](repeating: 0, count: pieces.count)
      var walk = ck_word_walk()
      var stops = 0
      while walk.piece < pieces.count {
        let before = walk
        walk = unsafe kernels.words(
          text, text.count, pieces, pieces.count, before, 512, &output, &tokens)
        #expect(tokens[before.term..<max(before.term, walk.term - 1)].allSatisfy { $0 <= 512 })
        stops += 1
      }
      #expect(walk.term == wanted.count && walk.start == text.count)
      #expect(tokens.prefix(walk.term).map(Int.init) == wanted.map(\.count))
      #expect(Array(output.prefix(walk.place)) == Array(wanted.joined()))
      #expect(stops <= 1 + wanted.count { $0.count > 512 })
    }
  }

  /// Classes of ASCII as a session has them, and of others that may follow.
  private static let unitClasses: [UInt8] = (UInt16.min ... .max).map { unit in
    switch unit {
    case 0x30...0x39, 0x0660: UInt8(CK_CLASS_DIGIT)
    case 0x41...0x5A, 0x61...0x7A, 0xE9: UInt8(CK_CLASS_LETTER)
    case 0x0A...0x0D: UInt8(CK_CLASS_LINE_END)
    case 0x09, 0x20, 0x3000: UInt8(CK_CLASS_BLANK)
    case 0x21, 0x3F, 0x3002: UInt8(CK_CLASS_SENTENCE_END)
    case 0x2E: UInt8(CK_CLASS_FULL_STOP)
    case 0x300: UInt8(CK_CLASS_MARK)
    case 0x4E00: UInt8(CK_CLASS_CHARACTER)
    case 0..<0x80, 0x3001: UInt8(CK_CLASS_IGNORED)
    default: 9
    }
  }

  /// What a walk over units one by one writes, up to `end`.
  private struct UnitsOneByOne {
    var terms: [(bytes: [UInt8], position: UInt32)] = []
    var position: UInt32
    var isAfterEnd: Bool
    var units = 0

    /// - Returns: nil where a unit or a full stop that begins before `end` may go on behind it.
    init?(_ text: [UInt16], _ range: Range<Int>, position: UInt32, isAfterEnd: Bool) {
      (self.position, self.isAfterEnd) = (position, isAfterEnd)
      let kinds = text.map { Int(TermKernelTests.unitClasses[Int($0)]) } + [CK_CLASS_LINE_END]
      var i = range.lowerBound
      while i < range.upperBound {
        let kind = kinds[i]
        i += 1
        switch kind {
        case CK_CLASS_LETTER, CK_CLASS_DIGIT:
          let start = i - 1
          while text.indices.contains(i), text[i] < 0x80, kinds[i] == kind { i += 1 }
          let goesOn = kinds[i] == kind || kinds[i] > CK_CLASS_LINE_END
          guard i <= range.upperBound, !goesOn, kind == CK_CLASS_DIGIT || kinds[i] != CK_CLASS_MARK
          else { return nil }
          if self.isAfterEnd, self.position > 0 {
            terms.append((Array("¶".utf8), self.position))
            self.position += 1
          }
          self.isAfterEnd = false
          terms.append((text[start..<i].map { UInt8($0) }, self.position))
          self.position += 1
          units += 1
        case CK_CLASS_SENTENCE_END, CK_CLASS_LINE_END: self.isAfterEnd = true
        case CK_CLASS_FULL_STOP:
          if kinds[i] > CK_CLASS_LINE_END { return nil }
          if kinds[i] == CK_CLASS_BLANK || kinds[i] == CK_CLASS_LINE_END { self.isAfterEnd = true }
        default: break
        }
      }
    }
  }

  @Test("write units of ASCII up to what is doubtful", arguments: levels)
  func units(level: ck_level) throws {
    guard let write = unsafe try kernels(level).units else { return }
    var random = SeededGenerator(seed: 8)
    let alphabets: [[UInt16]] = [
      Array("ab".utf16), Array("a ".utf16), Array("ab12 .,!?\n\t-".utf16), Array("a.".utf16),
      Array("7.\n".utf16), (0..<0x80).map { $0 }, Array("word  x9. ".utf16),
    ]
    let others: [UInt16] = [0xE9, 0x300, 0x4E00, 0x3002, 0x3001, 0x3000, 0x0660, 0xD842, 0xFFFF]
    var stops = 0
    for length in Array(1...140) + [300, 1_000] {
      for alphabet in alphabets {
        let start = Int.random(in: 0...3, using: &random)
        var text = (0..<start + length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        if Bool.random(using: &random) {
          text.append(others.randomElement(using: &random) ?? 0)
          text += Array("ab 1".utf16.prefix(Int.random(in: 0...4, using: &random)))
        }
        if Int.random(in: 0..<6, using: &random) == 0 {
          let place = Int.random(in: 0..<text.count, using: &random)
          let long = Int.random(in: 60...70, using: &random)
          text.insert(contentsOf: repeatElement(0x61, count: long), at: place)
        }
        let stop = Int.random(in: start...text.count, using: &random)
        let most = stop - start + 64
        var output = [UInt8](repeating: 0, count: 2 * most + Int(CK_TERM_BYTES_AHEAD))
        var tokens = [UInt64](repeating: 0, count: most + Int(CK_TOKENS_AHEAD))
        let before = ck_unit_walk(
          end: start, units: 0, bytes: 0, tokens: 0,
          position: UInt32.random(in: 0...2, using: &random),
          is_after_end: Bool.random(using: &random) ? 1 : 0)
        let walk = unsafe write(
          text, text.count, stop, Self.unitClasses, before, &output, &tokens)

        #expect(start <= walk.end && walk.end < stop + 64 || stop == start)
        func oneByOne(to end: Int) -> UnitsOneByOne? {
          UnitsOneByOne(
            text, start..<end, position: before.position, isAfterEnd: before.is_after_end != 0)
        }
        let wanted = try #require(oneByOne(to: walk.end), "\(text) to \(walk.end)")
        #expect(walk.units == wanted.units && walk.position == wanted.position)
        #expect((walk.is_after_end != 0) == wanted.isAfterEnd)
        #expect(Array(output.prefix(walk.bytes)) == wanted.terms.flatMap(\.bytes))
        #expect(
          Array(tokens.prefix(walk.tokens))
            == wanted.terms.map { UInt64($0.position) << 32 | UInt64($0.bytes.count) })
        // It stops before a long run, or where nothing more of ASCII can be told.
        guard walk.end < stop else { continue }
        let rest = text[walk.end...].prefix { $0 < 0x80 }
        if rest.count < 64 {
          let next = rest.endIndex
          #expect((walk.end + 1..<next + 1).allSatisfy { oneByOne(to: $0) == nil } || rest.isEmpty)
          stops += 1
        } else {
          #expect(Set(rest.prefix(64).map { Self.unitClasses[Int($0)] }).count == 1)
        }
      }
    }
    #expect(stops > 20)
  }

  @Test("fold Korean up to what is none", arguments: levels)
  func foldKorean(level: ck_level) throws {
    guard let fold = unsafe try kernels(level).fold_korean else { return }
    var random = SeededGenerator(seed: 7)
    let korean: [UInt16] = [
      0x20, 0x41, 0x5A, 0x40, 0x5B, 0x61, 0x7A, 0x7F, 0, 0xAC00, 0xB098, 0xD7A3,
    ]
    let others = ["é", "ꦀ", "ힰ", "가", "。", "重", "\u{E000}", "😀", "\u{ABFF}"]
    for length in Array(0...70) + [200, 1_000] {
      for _ in 0..<12 {
        let alphabet = [korean, [0xAC00], [0x41, 0x20], [0x20, 0xB098, 0xB2E4, 0xC790]]
          .randomElement(
            using: &random)
        let units = (0..<length).map { _ in alphabet?.randomElement(using: &random) ?? 0 }
        let other =
          Int.random(in: 0...2, using: &random) == 0 ? others.randomElement(using: &random) : ""
        let text = String(decoding: units, as: UTF16.self) + (other ?? "")
        let all = Array((text + (Bool.random(using: &random) ? "나 B" : "")).utf8)
        var room = [UInt16](repeating: 0, count: Int.random(in: 0...1_100, using: &random))
        let folded = unsafe fold(all, all.count, &room, room.count)
        let taken = String(decoding: all.prefix(folded.bytes), as: UTF8.self)
        // As characters are folded one by one; only ASCII has capitals here.
        #expect(Array(room.prefix(folded.units)) == Array(taken.lowercased().utf16))
        #expect(taken.unicodeScalars.allSatisfy { $0.isASCII || 0xAC00...0xD7A3 ~= $0.value })
        // It stops for want of room or before another character.
        if room.count - folded.units >= Int(CK_FOLD_ROOM), folded.bytes < all.count {
          let next = String(decoding: all[folded.bytes...], as: UTF8.self).unicodeScalars.first
          #expect(next.map { !$0.isASCII && !(0xAC00...0xD7A3 ~= $0.value) } == true)
        }
      }
    }
  }
}
