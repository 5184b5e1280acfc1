internal import CKernels
internal import SuoyinStorage

/// What code units are to ICU's rules, where these are the plain ones of UAX 29: a kernel then finds
/// many pieces at once, and needs no automaton.
///
/// That they are is not taken for granted. A role is that of a code unit which shows it, and holds for
/// all of the same category; ``agrees(with:)`` goes with the automaton through all that they can make.
struct RuleRoles: Sendable {
  /// How many pieces behind those of the last code unit asked for are written at most.
  static let piecesAhead = Int(CK_PIECES_AHEAD)

  // It is C's and never changes.
  private static let kernel: ck_find_pieces? = unsafe ck_find_pieces_at(ck_simd_level())

  /// Whether this processor has a kernel that goes by roles.
  static var isOfUse: Bool { unsafe kernel != nil }

  private typealias Role = Int

  /// Code units that have a role, and so all of their categories.
  private static let examples: [(unit: UInt16, role: Role)] = [
    (0x61, CK_ROLE_LETTER), (0x30, CK_ROLE_DIGIT), (0x5F, CK_ROLE_JOINER), (0x20, CK_ROLE_BLANK),
    (0xB7, CK_ROLE_MID_LETTER), (0x2C, CK_ROLE_MID_DIGIT), (0x2E, CK_ROLE_MID_BOTH),
    (0x27, CK_ROLE_MID_BOTH), (0x0D, CK_ROLE_RETURN), (0x0A, CK_ROLE_FEED), (0x0B, CK_ROLE_OTHER),
    (0x21, CK_ROLE_OTHER), (0x22, CK_ROLE_OTHER), (0x4E00, CK_ROLE_HAN), (0xAC00, CK_ROLE_HANGUL),
  ]

  private let entries: MappedArray<UInt64>
  /// Of each category where there are no flags; behind them of ASCII.
  private let roles: [UInt8]
  /// Of each role a piece that ends at 0.
  private let marks: [UInt64]
  private let flagsOfHan: RulePieces.Flags

  /// Those of ``WordTables/shared``, found once.
  static let shared = WordTables.shared.flatMap { RuleRoles(of: $0) }

  /// - Returns: nil where the processor has no kernel for it, or the rules are others.
  init?(of tables: WordTables) {
    guard Self.isOfUse, tables.units.count == 1 << 16 else { return nil }
    let (han, hangul) = (tables.entry(0x4E00), tables.entry(0xAC00))
    // The kernel knows these by their places alone.
    guard hangul.flags == 0,
      (0x4E00...0x9FFF).allSatisfy({ tables.entry($0).upper == han.upper }),
      (0xAC00...0xD7A3).allSatisfy({ tables.entry($0).upper == hangul.upper })
    else { return nil }

    var roles = [UInt8](repeating: UInt8(CK_ROLE_UNKNOWN), count: 256)
    var marks = [UInt64](repeating: 0, count: CK_ROLES)
    for (unit, role) in Self.examples {
      let entry = tables.entry(unit)
      let accepted = tables.accepting[Int(tables.next[1 << 5 | entry.category])]
      let mark = RulePieces.Piece(
        end: 0, accepted: accepted, flags: RulePieces.Flags(entry.flags)
      ).bits
      guard accepted >= CompiledWordRules.accepts,
        roles[entry.category] == CK_ROLE_UNKNOWN || roles[entry.category] == role,
        marks[role] == 0 || marks[role] == mark
      else { return nil }
      roles[entry.category] = UInt8(role)
      marks[role] = mark
    }
    for unit in 0..<0x80 as Range<UInt16> {
      let entry = tables.entry(unit)
      roles.append(entry.flags == 0 ? roles[entry.category] : UInt8(CK_ROLE_UNKNOWN))
    }
    entries = tables.units
    self.roles = roles
    self.marks = marks
    flagsOfHan = RulePieces.Flags(han.flags)
    guard agrees(with: tables) else { return nil }
  }

  /// Finds pieces from `start` on: some, or none where it is not known how they end.
  ///
  /// - Parameter stop: from here on none need begin.
  /// - Returns: how many there are, and the flags of all of them.
  @inline(__always)
  func find(
    from start: Int, to stop: Int, in text: Span<UInt16>, into pieces: inout [RulePieces.Piece]
  ) -> (count: Int, RulePieces.Flags) {
    precondition(start >= 0 && stop <= text.count)
    precondition(pieces.count >= stop &- start &+ Self.piecesAhead)
    guard let kernel = unsafe Self.kernel, start < stop else { return (0, .none) }
    let found = unsafe text.withUnsafeBufferPointer { text in
      unsafe roles.withUnsafeBufferPointer { roles in
        unsafe marks.withUnsafeBufferPointer { marks in
          unsafe pieces.withUnsafeMutableBytes { pieces in
            unsafe kernel(
              text.baseAddress.unsafelyUnwrapped, text.count, start, stop,
              entries.elements.baseAddress.unsafelyUnwrapped,
              roles.baseAddress.unsafelyUnwrapped, marks.baseAddress.unsafelyUnwrapped,
              pieces.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
          }
        }
      }
    }
    return (found.count, found.has_han != 0 ? flagsOfHan : .none)
  }

  // MARK: Proof

  private static func isOfWord(_ role: Role) -> Bool {
    role == CK_ROLE_LETTER || role == CK_ROLE_DIGIT || role == CK_ROLE_JOINER
  }

  /// Whether nothing parts two code units.
  private static func joins(_ first: Role, _ second: Role) -> Bool {
    switch first {
    case CK_ROLE_BLANK, CK_ROLE_HAN, CK_ROLE_HANGUL: second == first
    case CK_ROLE_RETURN: second == CK_ROLE_FEED
    default: isOfWord(first) && isOfWord(second)
    }
  }

  private static let mids = [CK_ROLE_MID_LETTER, CK_ROLE_MID_DIGIT, CK_ROLE_MID_BOTH]

  /// Whether one between two joins them.
  private static func joins(_ first: Role, by mid: Role, _ second: Role) -> Bool {
    guard first == second else { return false }
    return switch mid {
    case CK_ROLE_MID_LETTER: first == CK_ROLE_LETTER
    case CK_ROLE_MID_DIGIT: first == CK_ROLE_DIGIT
    case CK_ROLE_MID_BOTH: first == CK_ROLE_LETTER || first == CK_ROLE_DIGIT
    default: false
    }
  }

  /// Where the automaton and the roles stand in the same piece.
  private struct Place: Hashable {
    var state: Int
    var last: Role
    /// What the piece is as a whole, if it ends here.
    var piece: Role

    func followed(by role: Role, in state: Int) -> Place {
      let whole = last == CK_ROLE_DIGIT ? CK_ROLE_DIGIT : CK_ROLE_LETTER
      return Place(state: state, last: role, piece: role == CK_ROLE_JOINER ? whole : role)
    }
  }

  /// Whether the automaton ends a piece where the roles say, and accepts what they say, whatever code
  /// units of known roles there are.
  private func agrees(with tables: WordTables) -> Bool {
    let known = (0..<CompiledWordRules.categories).filter { roles[$0] != CK_ROLE_UNKNOWN }
    func next(_ state: Int, _ category: Int) -> Int { Int(tables.next[state << 5 | category]) }
    func accepts(_ place: Place) -> Bool {
      place.state != 0
        && RulePieces.Piece(bits: marks[place.piece]).accepted == tables.accepting[place.state]
    }
    var waiting = known.map { category in
      let role = Role(roles[category])
      return Place(state: next(1, category), last: role, piece: role)
    }
    var seen = Set(waiting)
    while let place = waiting.popLast() {
      guard accepts(place) else { return false }
      var following: [Place] = []
      for category in known {
        let (state, role) = (next(place.state, category), Role(roles[category]))
        if Self.joins(place.last, role) {
          following.append(place.followed(by: role, in: state))
          continue
        }
        let joined =
          Self.mids.contains(role)
          ? known.filter { Self.joins(place.last, by: role, Role(roles[$0])) } : []
        guard (state == 0) == joined.isEmpty,
          tables.accepting[state] < CompiledWordRules.accepts,
          known.allSatisfy({ joined.contains($0) || next(state, $0) == 0 })
        else { return false }
        following += joined.map {
          place.followed(by: Role(roles[$0]), in: next(state, $0))
        }
      }
      waiting += following.filter { seen.insert($0).inserted }
    }
    return true
  }
}
