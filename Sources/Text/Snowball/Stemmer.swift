internal import CStemmer

/// Takes the endings off words of one language by a stemmer of the Snowball project (M. F. Porter,
/// “Snowball: A language for stemming algorithms”, 2001), as Debian's libstemmer has it.
///
/// For one thread.
@safe
final class Stemmer {
  private let handle: OpaquePointer

  /// The languages that there are, ascending.
  static let languages: [String] = {
    var languages: [String] = []
    guard var next = unsafe sb_stemmer_list() else { return [] }
    while let name = unsafe next.pointee {
      languages.append(unsafe String(cString: name))
      unsafe next += 1
    }
    return languages.sorted()
  }()

  /// - Returns: nil where there is no stemmer for the language.
  init?(_ language: String) {
    guard Self.languages.contains(language),
      let handle = unsafe sb_stemmer_new(language, "UTF_8")
    else { return nil }
    unsafe self.handle = handle
  }

  deinit {
    unsafe sb_stemmer_delete(handle)
  }

  /// Puts the stem of a folded word, UTF-8, in its place.
  func stem(_ word: inout [UInt8]) {
    guard word.count <= Int(Int32.max) else { return }
    // What it returns lies in the stemmer until the next call; nil where memory was short.
    guard let stem = unsafe sb_stemmer_stem(handle, word, Int32(word.count)) else { return }
    let length = unsafe Int(sb_stemmer_length(handle))
    word.removeAll(keepingCapacity: true)
    for i in 0..<length { word.append(unsafe stem[i]) }
  }
}
