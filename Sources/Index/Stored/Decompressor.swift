import CZstd
import SuoyinStorage

/// Decompresses blocks with a context of zstd, which takes longer to make than a block to decompress: so
/// it is handed from one use to the next.
@safe
final class Decompressor {
  private let context: OpaquePointer

  private static let idle = IdlePool<Decompressor>()

  private init() {
    guard let context = unsafe ZSTD_createDCtx() else {
      preconditionFailure("out of memory: ZSTD_createDCtx")
    }
    unsafe self.context = context
  }

  deinit {
    unsafe _ = ZSTD_freeDCtx(context)
  }

  /// Decompresses one frame that fills the target.
  ///
  /// - Returns: false where it is damaged or of another size.
  @unsafe
  static func decompress(
    _ frame: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let own = idle.take() ?? Decompressor()
    defer { idle.give(own) }
    let written = unsafe ZSTD_decompressDCtx(
      own.context, target.baseAddress, target.count, frame.baseAddress, frame.count)
    return ZSTD_isError(written) == 0 && written == target.count
  }
}
