internal import CKernels

/// The kernels for this processor.
///
/// Their tables are C's and never change. What calls them is one of the handles in this folder,
/// which check ranges once a block.
enum Kernels {
  static let scoring = unsafe table(ck_scoring_at(ck_simd_level()))
  static let lists = unsafe table(ck_lists_at(ck_simd_level()))

  @unsafe
  private static func table<Table>(_ pointer: UnsafePointer<Table>?) -> Table {
    guard let pointer = unsafe pointer else {
      preconditionFailure("the level of the processor has all kernels")
    }
    return unsafe pointer.pointee
  }
}
