import CICU

/// A charset's converter of ICU.
@safe struct CharsetConverter: ~Copyable {
  private let handle: OpaquePointer

  /// Returns nil for a name that ICU does not know.
  init?(_ charset: String) {
    guard let handle = unsafe cicu_decoder_open(charset) else { return nil }
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe cicu_decoder_close(handle)
  }

  /// Decodes `bytes`, once per converter; each sequence that does not decode becomes one U+FFFD and
  /// is counted, and the first ``DecodedText/faultsKept`` are reported with their places in `bytes`.
  ///
  /// - Complexity: O(n); besides the result it takes 128 KB.
  consuming func decode(_ bytes: Span<UInt8>) -> (
    text: String, faults: [DecodingFault], faultCount: Int
  ) {
    if bytes.isEmpty { return ("", [], 0) }
    var text = ""
    var faults: [DecodingFault] = []
    var faultCount = 0
    text.reserveCapacity(bytes.count)
    var units = [UInt16](repeating: 0, count: 1 << 16)
    var result = cicu_decoding()
    let handle = unsafe self.handle
    var outcome = Int32(CICU_FULL)
    repeat {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe units.withUnsafeMutableBufferPointer { units in
          outcome = unsafe cicu_decoder_run(
            handle, bytes.baseAddress, Int64(bytes.count), units.baseAddress, Int32(units.count),
            &result)
        }
      }
      text += String(decoding: units[..<Int(result.produced)], as: UTF16.self)
      if outcome == CICU_FAULT {
        text.unicodeScalars.append("\u{FFFD}")
        faultCount += 1
        if faultCount <= DecodedText.faultsKept { faults.append(result.fault(in: bytes)) }
      }
    } while outcome == CICU_FULL || outcome == CICU_FAULT
    // The calls above meet no other errors than those of the input's bytes.
    precondition(outcome == CICU_DECODED, "ICU \(ICU.version) failed to convert")
    return (text, faults, faultCount)
  }

  /// The name by which the charset `label` is known, or nil.
  static func name(of label: String) -> String? {
    var name = [CChar](repeating: 0, count: Int(CICU_CHARSET_NAME_MAX))
    let length = unsafe cicu_charset_name(label, &name, Int32(name.count))
    return length <= 0 ? nil : String(cText: name[...])
  }

  /// A charset that a text may be in, with ICU's confidence from 0 to 100.
  struct Guess: Equatable {
    var charset: String
    var confidence: Int
  }

  /// The charsets that `bytes` may be in, best first.
  static func guesses(for bytes: Span<UInt8>) -> [Guess] {
    let most = 16
    let width = Int(CICU_CHARSET_NAME_MAX)
    var names = [CChar](repeating: 0, count: most * width)
    var confidences = [Int32](repeating: 0, count: most)
    let found = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe cicu_detect(
        bytes.baseAddress, Int32(bytes.count), &names, &confidences, Int32(most))
    }
    return (0..<Int(found)).map { i in
      Guess(
        charset: String(cText: names[i * width..<(i + 1) * width]),
        confidence: Int(confidences[i]))
    }
  }
}

extension cicu_decoding {
  /// The sequence that a call reports, its bytes taken from the input.
  fileprivate func fault(in bytes: Span<UInt8>) -> DecodingFault {
    let first = min(max(0, Int(fault_offset)), bytes.count)
    let end = min(first + min(Int(fault_length), DecodingFault.bytesKept), bytes.count)
    return DecodingFault(offset: first, bytes: (first..<end).map { bytes[$0] })
  }
}
