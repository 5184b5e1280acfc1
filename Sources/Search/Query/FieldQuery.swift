package import SuoyinIndex

/// A query in the terms of one field, as the index has them: what a plan's leaf is, asked directly,
/// without analysis, clauses or snippets.
package struct FieldQuery: Hashable, Sendable {
  /// How the terms go together.
  package enum Shape: Hashable, Sendable {
    /// Documents that hold one term at least; each term held adds its weight.
    case any
    /// Documents that hold all terms.
    case all
    /// Documents that hold the terms side by side in their order; only in a field with positions.
    case phrase
  }

  package let field: FieldID
  package let shape: Shape
  /// In UTF-8. A term may come more than once, and then counts so often.
  package let terms: [[UInt8]]

  /// - Precondition: the field of a phrase has positions.
  package init(_ shape: Shape, of terms: [[UInt8]], in field: FieldID) {
    precondition(shape != .phrase || field.hasPositions, "a phrase in a field without positions")
    self.field = field
    self.shape = shape
    self.terms = terms
  }
}

/// A document that a ``FieldQuery`` found.
package struct FieldHit: Equatable, Sendable {
  /// The index of its segment in the snapshot.
  package let segment: Int
  package let document: UInt32
  package let score: Double
}
