internal import CKernels

/// The kernels that write and read lists, for this processor.
///
/// Their tables are C's and never change; what calls them checks ranges once a block.
enum Kernels {
  static let packing = unsafe ck_packing_chosen().pointee
  static let positions = unsafe ck_positions_chosen().pointee
  static let writing = unsafe ck_writing_chosen().pointee
}
