internal import SuoyinIndex

extension QueryPlan {
  /// How an article's score came about; its value has the bits of the score.
  ///
  /// - Complexity: a dictionary look-up and a seek for each leaf.
  func explain(_ place: ArticlePlace, in snapshot: IndexSnapshot) throws(IndexError) -> Explanation
  {
    let segment = snapshot.segments[place.segment]
    var sum = 0.0
    var parts: [Explanation] = []
    for leaf in leaves {
      let model = model(of: leaf.field)
      guard var scorer = try leaf.scorer(with: model, in: segment),
        let contribution = scorer.contribution(to: place.document)
      else { continue }
      sum += contribution.score
      parts.append(explain(leaf, contribution, model, snapshot.statistics(of: leaf.field)))
    }
    let held = place.isWhole ? "the whole query, so it ranks first" : "parts of the query"
    return Explanation(sum, "sum over the terms found; the article holds \(held)", parts: parts)
  }

  private func explain(
    _ leaf: Leaf, _ contribution: Contribution, _ model: BM25, _ statistics: FieldStatistics
  ) -> Explanation {
    let frequency = contribution.frequency
    let length = contribution.length
    let saturation = model.saturation(frequency: frequency, length: length)
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
      contribution.score,
      "\(leaf.field) “\(leaf.text)”\(leaf.othersText) = weight · frequency part",
      parts: [
        Explanation(leaf.weight, "weight: \(idf)"),
        Explanation(
          saturation,
          "frequency part: tf / (tf + k1 · (1 − b + b · dl / avgdl)), tf \(frequency), "
            + "k1 \(model.k1), b \(model.b), dl \(length), avgdl \(model.averageLength)"),
      ])
  }
}

extension QueryPlan.Leaf {
  /// The synonyms that count as the terms do.
  var othersText: String {
    guard !others.isEmpty else { return "" }
    return " or " + others.map { "“\(Self.text(of: $0))”" }.joined(separator: ", ")
  }

  /// The terms for a person to read: a phrase's are joined where its units were neighbours.
  var text: String { Self.text(of: terms) }

  private static func text(of terms: [PhraseTerm]) -> String {
    var text = ""
    for (index, term) in terms.enumerated() {
      if index > 0 { text += "·" }
      text += String(decoding: term.term, as: UTF8.self)
    }
    return text
  }
}
