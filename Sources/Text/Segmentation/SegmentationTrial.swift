/// Our segmentation and ICU's iterator side by side, as a benchmark times and compares them.
package struct SegmentationTrial: ~Copyable {
  private var segmenter = Segmenter()
  private var iterator = WordIterator()

  package init() {}

  /// Cuts `text` by our segmenter and gives the number of pieces.
  package mutating func cut(_ text: [UInt16]) -> Int {
    segmenter.cut(text.span)
    return segmenter.pieces.count
  }

  /// Cuts `text` by ICU's iterator, in one pass, and gives the number of pieces.
  package mutating func cutByIterator(_ text: [UInt16]) -> Int {
    iterator.cut(text.span)
  }

  /// The boundaries of `text` that one has and the other has not, and the pieces that both have, as
  /// words of different kinds.
  package mutating func differences(in text: [UInt16]) -> (boundaries: [Int], kinds: [Int]) {
    let theirs = cutByIterator(text)
    let ours = cut(text)
    let found = segmenter.pieces
    var boundaries: [Int] = []
    var differentKinds: [Int] = []
    var i = 0
    var j = 0
    while i < ours || j < theirs {
      let own = i < ours ? found[i].end : .max
      let other = j < theirs ? Int(iterator.ends[j]) : .max
      if own != other { boundaries.append(min(own, other)) }
      if own == other, found[i].kind != iterator.kinds[j] { differentKinds.append(own) }
      if own <= other { i += 1 }
      if other <= own { j += 1 }
    }
    return (boundaries, differentKinds)
  }

  /// The pieces of `text`, all of them.
  package mutating func pieces(of text: String) -> [String] {
    let units = Array(text.utf16)
    segmenter.cut(units.span)
    var start = 0
    return (0..<segmenter.pieces.count).map { i in
      let end = segmenter.pieces[i].end
      defer { start = end }
      return String(decoding: units[start..<end], as: UTF16.self)
    }
  }

  /// The runs of Han and kana of `text`, each on a line of its own.
  package func runs(of text: [UInt16]) -> [UInt16] {
    var runs: [UInt16] = []
    var classes = ScalarPages(unfilled: false)
    guard let rules = CompiledWordRules() else { return [] }
    var i = 0
    while i < text.count {
      let scalar = UnitScanner.scalar(of: text.span, at: &i)
      if classes[scalar] == nil {
        let flags = rules.scalars(ScalarPages<Bool>.page(of: scalar)).flags
        classes.fill(pageOf: scalar, with: flags.map { $0.contains(.inRange) })
      }
      if classes[scalar] == true {
        appendUTF16(scalar, to: &runs)
      } else if runs.last ?? 0x0A != 0x0A {
        runs.append(0x0A)
      }
    }
    return runs
  }
}
