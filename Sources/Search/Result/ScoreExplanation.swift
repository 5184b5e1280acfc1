internal import SuoyinIndex
internal import SuoyinText

extension QueryPlan {
  /// How an article's score came about; its value has the bits of the score.
  ///
  /// - Complexity: that of finding each leaf in the segment.
  func explain(_ place: ArticlePlace, in snapshot: IndexSnapshot) throws(IndexError) -> Explanation
  {
    let segment = snapshot.segments[place.segment]
    var sum = 0.0
    var parts: [Explanation] = []
    for leaf in leaves {
      let frequency = try leaf.documents(in: segment).frequency(in: place.document)
      guard frequency > 0 else { continue }
      let part = explain(
        leaf, frequency: frequency, length: segment.field(leaf.field).length(of: place.document),
        statistics[leaf.field])
      sum += part.value
      parts.append(part)
    }
    let held =
      switch place.match {
      case .whole: "the whole query, so it ranks first"
      case .partial: "parts of the query"
      case .lookalike: "only what looks like the query, so it ranks last"
      }
    return Explanation(sum, "sum over the terms found; the article holds \(held)", parts: parts)
  }

  /// An article's score, with the bits that ranking gives.
  ///
  /// - Complexity: that of finding each leaf in the segment.
  func score(of document: UInt32, in segment: Segment) throws(IndexError) -> Double {
    var units: UInt32 = 0
    for leaf in leaves {
      let frequency = try leaf.documents(in: segment).frequency(in: document)
      guard frequency > 0 else { continue }
      units += weighting(of: leaf).units(
        frequency: frequency, length: segment.field(leaf.field).length(of: document))
    }
    return scale.score(units)
  }

  private func explain(
    _ leaf: Leaf, frequency: UInt32, length: UInt32, _ statistics: FieldStatistics
  ) -> Explanation {
    let model = model(of: leaf.field)
    let weighting = weighting(of: leaf)
    let saturation = weighting.saturation(frequency: frequency, length: length)
    let times =
      (leaf.occurrences == 1 ? "" : ", asked \(leaf.occurrences) times")
      + (leaf.share == Double(leaf.occurrences) ? "" : ", times \(leaf.share)")
    let idf =
      leaf.terms.count == 1
      ? "ln(1 + (N − df + 0.5) / (df + 0.5)), N \(statistics.documentCount), "
        + "df \(leaf.documentFrequency)\(times)"
      : "sum of the weights of the phrase's terms, N \(statistics.documentCount), "
        + "df of the rarest \(leaf.documentFrequency)\(times)"
    return Explanation(
      scale.score(weighting.units(frequency: frequency, length: length)),
      "\(leaf.field.description(named: leaf.name)) “\(leaf.text)”\(leaf.othersText)"
        + " = weight · frequency part",
      parts: [
        Explanation(leaf.weight, "weight: \(idf)"),
        Explanation(
          Double(saturation),
          "frequency part: tf / (tf + k1 · (1 − b + b · dl / avgdl)), tf \(frequency), "
            + "k1 \(model.similarity.k1), b \(model.similarity.b), dl \(length), avgdl \(model.averageLength)"
        ),
      ])
  }
}

extension FieldID {
  /// The field as a person knows it.
  ///
  /// - Parameter name: that of a further field of text; nil for title and text.
  func description(named name: String?) -> String { name.map { "\($0).\(channel)" } ?? description }
}

extension QueryPlan.Leaf {
  /// The synonyms that count as the terms do.
  var othersText: String {
    guard !others.isEmpty else { return "" }
    return " or " + others.map { "“\(Self.text(of: $0))”" }.joined(separator: ", ")
  }

  /// The terms for a person to read: a phrase's are joined where its units were neighbours.
  var text: String {
    guard let near else { return Self.text(of: terms) }
    return near.parts.map { Self.text(of: $0.terms) }.joined(separator: " ") + "~\(near.distance)"
  }

  static func text(of terms: [PhraseTerm]) -> String {
    var text = ""
    for (index, term) in terms.enumerated() {
      if index > 0 { text += "·" }
      text += ([term.term] + term.lookalikes)
        .map { String(decoding: FieldMark.bare($0), as: UTF8.self) }.joined(separator: "/")
    }
    return text
  }
}
