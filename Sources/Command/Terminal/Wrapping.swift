/// Breaks styled text into lines of at most `width` columns.
///
/// Lines break at blanks, which go, and between double-width characters, but neither before a
/// closing mark nor after an opening one (the basic rule of JLReq and CLREQ). A word longer than a
/// line is cut. Text with a line end in it is one paragraph all the same.
///
/// - Returns: at least one line.
/// - Complexity: O(scalars).
func wrap(_ pieces: [StyledText], width: Int) -> [[StyledText]] {
  let width = max(1, width)
  var cells: [Cell] = []
  for piece in pieces {
    for scalar in piece.text.unicodeScalars {
      cells.append(Cell(scalar, piece.style))
    }
  }
  var lines: [[StyledText]] = []
  var start = 0
  while start < cells.count {
    let end = lineEnd(in: cells, from: start, width: width)
    var last = end
    while last > start, cells[last - 1].isBlank { last -= 1 }
    lines.append(line(of: cells[start..<last]))
    start = end
    while start < cells.count, cells[start].isBlank { start += 1 }
  }
  return lines.isEmpty ? [[]] : lines
}

private struct Cell {
  let scalar: Unicode.Scalar
  let style: Style
  let width: Int

  init(_ scalar: Unicode.Scalar, _ style: Style) {
    self.scalar = scalar
    self.style = style
    width = displayWidth(of: scalar)
  }

  var isBlank: Bool { scalar == " " || scalar == "\u{3000}" || scalar == "\n" || scalar == "\t" }
}

/// Where the line that begins at `start` ends: the last place to break within the width.
private func lineEnd(in cells: [Cell], from start: Int, width: Int) -> Int {
  var used = 0
  var place: Int?
  for index in start..<cells.count {
    if index > start, mayBreak(before: cells[index], after: cells[index - 1]) { place = index }
    used += cells[index].width
    // A blank at the end of a line goes, and so may stand beyond the width.
    if used > width, !cells[index].isBlank {
      return place ?? max(index, start + 1)
    }
  }
  return cells.count
}

private func mayBreak(before next: Cell, after previous: Cell) -> Bool {
  if next.width == 0 || next.isBlank { return false }
  if previous.isBlank { return true }
  if closing.contains(next.scalar) || opening.contains(previous.scalar) { return false }
  return next.width == 2 || previous.width == 2
}

private let closing = Set("。．，、；：！？）〕］｝〉》」』】〗”’…‥—·,.;:!?)]}%％ー々".unicodeScalars)
private let opening = Set("（〔［｛〈《「『【〖“‘([{".unicodeScalars)

/// Cells of one style after the other, as pieces.
private func line(of cells: ArraySlice<Cell>) -> [StyledText] {
  var pieces: [StyledText] = []
  var current = String.UnicodeScalarView()
  var style: Style?
  for cell in cells {
    if cell.style != style {
      if let style { pieces.append(StyledText(String(current), style)) }
      current = String.UnicodeScalarView()
      style = cell.style
    }
    current.append(cell.scalar)
  }
  if let style { pieces.append(StyledText(String(current), style)) }
  return pieces
}
