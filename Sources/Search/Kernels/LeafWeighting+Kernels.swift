internal import CKernels
internal import SuoyinIndex

extension LeafWeighting {
  @unsafe
  var kernel: ck_weighting {
    ck_weighting(base: saturation.base, slope: saturation.slope, weight: weight)
  }

  /// What has to be added, modulo 2^32, to what a kernel gives a document, which knows lengths of 16
  /// bits only.
  func excess(_ frequency: UInt32, of document: UInt32, in field: SegmentField) -> UInt32 {
    let length = field.length(of: document)
    guard length > UInt32(UInt16.max) else { return 0 }
    return units(frequency: frequency, length: length)
      &- units(frequency: frequency, length: UInt32(UInt16.max))
  }

  /// What documents get for their frequencies.
  ///
  /// - Parameter scores: room for `count`, and for as many as kernels write behind.
  @unsafe
  func score(
    _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, _ count: Int,
    in field: SegmentField, into scores: UnsafeMutablePointer<UInt32>
  ) {
    unsafe Kernels.scoring.score(
      documents, frequencies, count, field.rawLengths.baseAddress, kernel, scores)
    guard field.hasLongDocuments else { return }
    for place in 0..<count {
      unsafe scores[place] &+= excess(frequencies[place], of: documents[place], in: field)
    }
  }
}
