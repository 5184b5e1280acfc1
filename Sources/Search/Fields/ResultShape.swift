internal import SuoyinText

/// What a request wants beside the best articles: an order by a field, and counts of values.
struct ResultShape {
  /// Nil where articles are ranked.
  private(set) var order: (field: FieldReference, isDescending: Bool)?
  private(set) var facets: [FacetCounting] = []

  /// The best articles alone.
  init() {}

  /// - Throws: where a field that the request names is none of the index.
  init(_ request: SearchRequest, in fields: FieldSchema) throws(SearchError) {
    if case .field(let name, let isDescending) = request.order {
      order = (try FieldReference(name, in: fields), isDescending)
    }
    for name in request.facets {
      facets.append(
        FacetCounting(name, try FieldReference(name, in: fields), limit: request.facetLimit))
    }
  }
}
