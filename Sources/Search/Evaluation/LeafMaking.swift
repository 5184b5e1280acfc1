internal import SuoyinIndex

extension SegmentLeaf {
  /// A leaf of one term: a short list is read at once, a long one where it matters.
  ///
  /// - Parameter block: room for a block.
  static func of(
    _ blocks: PostingBlocks, in field: SegmentField, _ weighting: LeafWeighting, _ model: BM25,
    by block: PostingBlock = PostingBlock()
  ) -> SegmentLeaf {
    if let bounds = TermBounds(blocks, in: field, for: model) {
      return ListLeaf(blocks, bounds, in: field, weighting)
    }
    return FoundLeaf(blocks, in: field, weighting, by: block)
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
  /// - Parameters:
  ///   - block: room for a block.
  ///   - watch: ends it early, with a part of it.
  func leaf(
    _ leaf: Leaf, in place: SegmentPlace, by block: PostingBlock, _ watch: SearchWatch?
  ) throws(IndexError) -> SegmentLeaf? {
    let segment = place.segment
    let field = segment.field(leaf.field)
    let weighting = weighting(of: leaf)
    if leaf.others.isEmpty, leaf.near == nil, leaf.terms.count == 1, !leaf.terms.hasLookalikes {
      guard let entry = try terms.entry(of: leaf.terms[0].term, in: leaf.field, of: place)
      else { return nil }
      return SegmentLeaf.of(
        field.blocks(entry), in: field, weighting, model(of: leaf.field), by: block)
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
  /// - Parameters:
  ///   - known: what is known of its terms.
  ///   - watch: ends it early, with some of them.
  func insertDocuments(
    of place: SegmentPlace, into set: inout DocumentSet, _ known: KnownTerms,
    _ watch: SearchWatch? = nil
  ) throws(IndexError) {
    let field = place.segment.field(field)
    if let near { return set.insert(try FoundDocuments(near, in: field, watch).documents) }
    for terms in variants {
      if watch?.ends() ?? false { return }
      if terms.hasLookalikes {
        set.insert(try FoundDocuments(terms, in: field, watch).documents)
        continue
      }
      var entries: [TermEntry?] = []
      for term in terms {
        entries.append(try known.entry(of: term.term, in: self.field, of: place))
      }
      if terms.count == 1 {
        if let entry = entries[0] { set.insert(field.blocks(entry)) }
      } else {
        PhraseSearch(terms, entries, in: field)?.visit(watch) { document, _ in
          set.insert(document)
        }
      }
    }
  }
}
