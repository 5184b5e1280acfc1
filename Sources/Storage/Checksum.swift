import CXXHash

/// XXH3 of 64 bits: the checksum of sections and blocks.
///
/// Source: the XXH3 specification of xxHash 0.8. It finds accidents, not forgery, so whoever reads
/// checked bytes still checks every offset and count in them.
public enum Checksum {
  /// The checksum of `bytes`.
  ///
  /// - Parameter seed: tells equal bytes in different places apart, as the number of a block.
  public static func of(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe XXH3_64bits_withSeed(bytes.baseAddress, bytes.count, seed)
    }
  }

  /// The checksum of `bytes`.
  public static func of(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    of(unsafe bytes.span.bytes, seed: seed)
  }

  /// A running checksum over bytes that come in pieces; equal to ``of(_:seed:)`` over all of them.
  @safe
  public final class Stream {
    private let state: OpaquePointer

    public init() {
      guard let state = unsafe XXH3_createState() else {
        preconditionFailure("out of memory: XXH3_createState")
      }
      unsafe self.state = state
      unsafe _ = XXH3_64bits_reset(state)
    }

    deinit {
      unsafe _ = XXH3_freeState(state)
    }

    public func update(_ bytes: RawSpan) {
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe _ = XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
      }
    }

    /// The checksum of everything so far.
    public var value: UInt64 { unsafe XXH3_64bits_digest(state) }
  }
}

/// XXH3 of 128 bits: what content is recognised by.
public struct ContentHash: Hashable, Sendable, BitwiseCopyable {
  public let low: UInt64
  public let high: UInt64

  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Stands for no content.
  public static var none: ContentHash { ContentHash(low: 0, high: 0) }

  /// The hash of `bytes`.
  public init(of bytes: [UInt8]) {
    let hash = unsafe bytes.withUnsafeBytes { bytes in
      unsafe XXH3_128bits(bytes.baseAddress, bytes.count)
    }
    self.init(low: hash.low64, high: hash.high64)
  }
}
