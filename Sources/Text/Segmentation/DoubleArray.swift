/// A set of words with costs as a double array, walked character by character from any place.
///
/// A node that has children has a base, from 1 on; the child by the character of code c lies at base + c, if
/// the label there is c. No two nodes share a base, so that a label names its parent as well. Codes
/// are given by frequency, so that the children met most lie close together. The children of the
/// root are not in the array: they lie by character in ``roots``.
///
/// Source: J. Aoe, “An Efficient Digital Search Algorithm by Using a Double-Array Structure”, IEEE
/// Transactions on Software Engineering 15(9), 1989.
struct DoubleArray {
  /// For each code unit its code, or 0 where no word holds it.
  private(set) var codes = [UInt16](repeating: 0, count: 1 << 16)
  /// For each code unit the node of the words that begin with it, or 0.
  private(set) var roots = [UInt32](repeating: 0, count: 1 << 16)
  /// For each place its ``Slot``.
  private(set) var slots: [UInt64] = []

  static let costBits: UInt32 = 8

  /// A place, whole, so that asking whether something is there and what takes one access to memory.
  struct Slot {
    let bits: UInt64

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    init(label: UInt16, node: UInt32) {
      bits = UInt64(label) << 32 | UInt64(node)
    }

    /// Its label is no code, nor 0.
    static let free = Slot(label: .max, node: 0)

    /// The code of its character.
    @inline(__always) var label: UInt16 { UInt16(truncatingIfNeeded: bits &>> 32) }
    /// The base above ``DoubleArray/costBits`` bits of the cost, each 0 if there is none.
    @inline(__always) var node: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// The node, where it is that of the character of a code, or 0; no code is behind the end of a
    /// text, and none is free.
    @inline(__always)
    func node(below code: UInt16) -> UInt32 { label == code ? node : 0 }

    /// Where the slot of a child lies; of a node without children, or by the code 0, one with another
    /// label.
    @inline(__always)
    static func place(below node: UInt32, _ code: UInt16) -> Int {
      Int(node &>> costBits) &+ Int(code)
    }
  }

  /// - Parameter baseLimit: bases are below; a node has room for no more.
  /// - Returns: nil where the words need a base that a node has no room for.
  /// - Complexity: O(units) and little more; 0.1 s for 300,000 words.
  init?(_ words: DictionaryWords, baseLimit: Int = 1 << (UInt32.bitWidth - Int(costBits))) {
    var tree = Tree(words)
    tree.assignCodes()
    codes = tree.codes
    guard place(&tree, baseLimit: baseLimit) else { return nil }
  }

  /// Finds a base for each node, those of many children first, and fills the arrays.
  ///
  /// - Returns: false where a base is not below the limit.
  private mutating func place(_ tree: inout Tree, baseLimit: Int) -> Bool {
    let highestCode = Int(codes.max() ?? 0)
    var room = FreeSlots()
    var bases = [UInt32](repeating: 0, count: tree.children.count)
    let parents = tree.children.indices.filter { $0 > 0 && !tree.children[$0].isEmpty }
      .sorted { (tree.children[$1].count, $0) < (tree.children[$0].count, $1) }
    var codesOfChildren: [Int] = []
    var passes = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32, 64]
    for parent in parents {
      // The holes that larger nodes left are for smaller ones: looking at all holes for each number
      // of children finds few more and takes seconds.
      while let most = passes.last, tree.children[parent].count <= most {
        passes.removeLast()
        room.startOver()
      }
      codesOfChildren.removeAll(keepingCapacity: true)
      for child in tree.children[parent] {
        codesOfChildren.append(Int(codes[Int(tree.unit[child])]))
      }
      codesOfChildren.sort()
      let base = room.take(codesOfChildren)
      guard base < baseLimit else { return false }
      bases[parent] = UInt32(base)
    }
    slots = [UInt64](repeating: Slot.free.bits, count: room.count + highestCode + 1)
    for parent in parents {
      for child in tree.children[parent] {
        let code = codes[Int(tree.unit[child])]
        let node = bases[child] << Self.costBits | UInt32(tree.cost[child])
        slots[Int(bases[parent]) + Int(code)] = Slot(label: code, node: node).bits
      }
    }
    for child in tree.children[0] {
      roots[Int(tree.unit[child])] = bases[child] << Self.costBits | UInt32(tree.cost[child])
    }
    return true
  }
}

/// The words as a tree, level by level; node 0 is the root.
private struct Tree {
  /// For each node the unit that leads to it.
  var unit: [UInt16] = [0]
  /// For each node the cost of the word that ends there, or 0.
  var cost: [UInt8] = [0]
  /// For each node its children, which are nodes behind one another.
  var children: [Range<Int>] = []
  var codes = [UInt16](repeating: 0, count: 1 << 16)

  init(_ words: DictionaryWords) {
    // The words below each node, and how many of their units are above.
    var below = [0..<words.ends.count]
    var depth = [0]
    var node = 0
    while node < unit.count {
      let above = depth[node]
      var word = below[node].lowerBound
      let first = unit.count
      while word < below[node].upperBound {
        let start = (word == 0 ? 0 : Int(words.ends[word - 1])) + above
        guard start < Int(words.ends[word]) else {
          cost[node] = words.costs[word]
          word += 1
          continue
        }
        let same = words.units[start]
        let from = word
        while word < below[node].upperBound {
          let place = (word == 0 ? 0 : Int(words.ends[word - 1])) + above
          guard place < Int(words.ends[word]), words.units[place] == same else { break }
          word += 1
        }
        unit.append(same)
        cost.append(0)
        below.append(from..<word)
        depth.append(above + 1)
      }
      children.append(first..<unit.count)
      node += 1
    }
  }

  /// Gives codes from 1 on to the units, the most frequent first.
  mutating func assignCodes() {
    var counts = [Int](repeating: 0, count: 1 << 16)
    for unit in unit.dropFirst() { counts[Int(unit)] += 1 }
    let used = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    for (index, unit) in used.enumerated() { codes[unit] = UInt16(index + 1) }
  }
}

/// Which places and bases of a double array are free.
private struct FreeSlots {
  private var isTaken: [Bool] = []
  private var isBase: [Bool] = []
  /// For each place the next free one, found on the way and not always the nearest.
  private var next: [Int32] = []
  /// The places in use lie below.
  private(set) var count = 0

  /// Where the last base was found: nodes of as many children hardly find one below.
  private var start = 0

  /// Looks from the first place on again.
  mutating func startOver() { start = 0 }

  /// Takes the places of `codes`, which ascend, at the next base that has them free.
  mutating func take(_ codes: [Int]) -> Int {
    let least = codes[0]
    var place = firstFree(from: max(start, least + 1))
    while true {
      let base = place - least
      grow(to: base + codes[codes.count - 1] + 1)
      if !isBase[base], codes.allSatisfy({ !isTaken[base + $0] }) {
        isBase[base] = true
        start = place
        for code in codes { isTaken[base + code] = true }
        count = max(count, base + codes[codes.count - 1] + 1)
        return base
      }
      place = firstFree(from: place + 1)
    }
  }

  /// The first free place from `place` on; shortens the way for those who come later.
  private mutating func firstFree(from place: Int) -> Int {
    grow(to: place + 1)
    var found = place
    while isTaken[found] {
      found = Int(next[found])
      grow(to: found + 1)
    }
    var i = place
    while i < found {
      let step = Int(next[i])
      next[i] = Int32(found)
      i = step
    }
    return found
  }

  private mutating func grow(to wanted: Int) {
    guard wanted > isTaken.count else { return }
    let room = max(wanted, 2 * isTaken.count, 1 << 16)
    next.append(contentsOf: (isTaken.count..<room).map { Int32($0 + 1) })
    isTaken.append(contentsOf: repeatElement(false, count: room - isTaken.count))
    isBase.append(contentsOf: repeatElement(false, count: room - isBase.count))
  }
}
