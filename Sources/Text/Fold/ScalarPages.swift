/// A value for each Unicode scalar, in pages of 256 scalars that are filled when first asked for: a
/// text uses some tens of the 4,352.
struct ScalarPages<Entry: BitwiseCopyable> {
  /// Where each page lies in ``entries``, in pages; 0 for one that is not filled.
  private var places = [UInt16](repeating: 0, count: 0x1100)
  /// The pages; the first stands for none.
  private var entries: [Entry]

  static var pageLength: Int { 256 }

  init(unfilled: Entry) {
    entries = [Entry](repeating: unfilled, count: Self.pageLength)
  }

  /// The scalar's value, or nil if its page is not filled.
  @inline(__always)
  subscript(scalar: UInt32) -> Entry? {
    let place = Int(places[Int(scalar &>> 8)])
    return place == 0 ? nil : entries[place &<< 8 | Int(scalar & 0xFF)]
  }

  /// The scalars of the page that holds `scalar`.
  static func page(of scalar: UInt32) -> Range<UInt32> {
    let first = scalar & ~0xFF
    return first..<first + UInt32(pageLength)
  }

  /// Puts in the values of the page that holds `scalar`.
  mutating func fill(pageOf scalar: UInt32, with page: [Entry]) {
    precondition(page.count == Self.pageLength)
    places[Int(scalar &>> 8)] = UInt16(entries.count / Self.pageLength)
    entries.append(contentsOf: page)
  }
}
