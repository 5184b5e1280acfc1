extension Console {
  /// The first column on the left, the others on the right.
  func print(table rows: [[String]]) throws {
    let rows = rows.map { $0.map(harmless) }
    let widths = (0..<(rows.first?.count ?? 0)).map { column in
      rows.map { displayWidth(of: $0[column]) }.max() ?? 0
    }
    for row in rows {
      var line: [StyledText] = []
      for (column, text) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - displayWidth(of: text))
        line.append(
          column == 0 ? StyledText(text + blanks, .label) : StyledText("  " + blanks + text))
      }
      try print(line)
    }
  }
}
