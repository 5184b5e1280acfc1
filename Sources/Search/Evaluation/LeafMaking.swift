internal import SuoyinIndex

extension SegmentLeaf {
  /// A leaf of one term: a short list is read at once, a long one where it matters.
  static func of(
    _ blocks: PostingBlocks, in field: SegmentField, _ weighting: LeafWeighting, _ model: BM25
  ) -> SegmentLeaf {
    if let bounds = TermBounds(blocks, in: field, for: model) {
      return ListLeaf(blocks, bounds, in: field, weighting)
    }
    return FoundLeaf(blocks, in: field, weighting)
  }
}

extension QueryPlan {
  /// How a leaf weighs documents.
  func weighting(of leaf: Leaf) -> LeafWeighting {
    LeafWeighting(
      weight: scale.units(of: leaf.weight), saturation: model(of: leaf.field).saturation)
  }

  /// A leaf on a segment; nil where the segment holds nothing of it.
  ///
  /// - Parameter watch: ends it early, with a part of it.
  func leaf(
    _ leaf: Leaf, in place: SegmentPlace, _ watch: SearchWatch?
  ) throws(IndexError) -> SegmentLeaf? {
    let segment = place.segment
    let field = segment.field(leaf.field)
    let weighting = weighting(of: leaf)
    if leaf.others.isEmpty, leaf.near == nil, leaf.terms.count == 1, !leaf.terms.hasLookalikes {
      let entry: TermEntry?
      if let entries = leaf.entries {
        entry = entries[place.index]
      } else {
        entry = try field.entry(for: leaf.terms[0].term)
      }
      guard let entry else { return nil }
      return SegmentLeaf.of(field.blocks(entry), in: field, weighting, model(of: leaf.field))
    }
    let found = try leaf.documents(in: segment, watch)
    return found.documents.isEmpty ? nil : FoundLeaf(found, in: field, weighting)
  }
}

extension QueryPlan.Leaf {
  /// The documents of a segment that hold the leaf, or one of the others.
  ///
  /// - Parameter watch: ends it early, with some of them.
  func documents(
    in segment: Segment, _ watch: SearchWatch? = nil
  ) throws(IndexError) -> FoundDocuments {
    if let near { return try FoundDocuments(near, in: segment.field(field), watch) }
    var found = [try FoundDocuments(terms, in: segment.field(field), watch)]
    for other in others {
      if watch?.ends() ?? false { break }
      found.append(try FoundDocuments(other, in: segment.field(othersField), watch))
    }
    return FoundDocuments(union: found)
  }
}

extension QueryPlan.Whole {
  /// Adds the documents of a segment that hold the text whole, in whichever of its ways.
  ///
  /// - Parameter watch: ends it early, with some of them.
  func insertDocuments(
    of segment: Segment, into set: inout DocumentSet, _ watch: SearchWatch? = nil
  ) throws(IndexError) {
    let field = segment.field(field)
    if let near { return set.insert(try FoundDocuments(near, in: field, watch).documents) }
    for terms in variants {
      if watch?.ends() ?? false { return }
      if terms.count == 1, !terms.hasLookalikes {
        guard let entry = try field.entry(for: terms[0].term) else { continue }
        set.insert(field.blocks(entry))
      } else {
        set.insert(try FoundDocuments(terms, in: field, watch).documents)
      }
    }
  }
}
