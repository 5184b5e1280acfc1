import SuoyinStorage
public import SuoyinText

/// Adds and deletes articles; ``commit()`` makes all that was done since the last one visible at
/// once.
///
/// One writer has an index at a time, in all processes. A writer that goes without a commit, or
/// whose process dies, leaves the index as it was. After an error of a file it takes nothing more.
/// Not for several threads at once.
public final class IndexWriter {
  /// The longest title, text and further fields of one article together, in bytes. Positions have 32 bits, and
  /// folding can make up to 18 characters, which may all be units, of one of three bytes.
  public static let textLimit = 512 << 20

  /// The most memory that is filled before a segment is written, whatever the budget: places in it
  /// are numbers of 32 bits, in units of 16 bytes, and one article more must fit.
  static let memoryLimit = 32 << 30

  let folder: IndexFolder
  let options: IndexOptions
  private let lock: WriterLock
  private let analyzer: Analyzer
  /// Whether the options of the analyzer are not those of the last commit.
  private var hasNewOptions: Bool
  /// The fields of the index, those of articles not yet committed included as far as their kind is
  /// decided.
  public private(set) var fields: FieldSchema
  private var committedFields: FieldSchema?
  /// What in the article that was added last does not fit the fields; it is indexed without that.
  public private(set) var misfits: [FieldMisfit] = []
  /// Bytes of memory that articles not yet written take, writing them included; a segment is written
  /// where they come to ``IndexOptions/memoryBudget``.
  public var memory: Int { builder?.memory ?? 0 }
  /// The manifest in force; nil in a folder without an index that can be read.
  private(set) var manifest: Manifest?
  /// The index that the next commit replaces as a whole; nil where it adds to the one in force.
  private var replaced: ReplacedIndex?
  private var generation: UInt64
  private let similarity: Similarity
  var committed: [CommittedSegment] = []
  private(set) var pending: [PendingSegment] = []
  private var builder: SegmentBuilder?
  private var nextOrdinal: UInt64
  private(set) var nextSegment: UInt64
  private var hasFailed = false
  /// How far a commit has come, which decides what an error means.
  private var stage = Stage.changing
  private enum Stage { case changing, settling, merging }
  /// The batch: articles with ordinals from this one on, and the unchanged ones.
  private var batchStart: UInt64
  private var unchanged = OrdinalSet()

  /// Takes the writer's lock of the index in `directory`, which is made where it is missing, and
  /// removes what a writer that died left there.
  ///
  /// - Throws: `storage` with `locked` where another writer is at work; `noIndex` where there is none
  ///   and none is to be made; `otherAnalyzer`, `otherSimilarity`, or what is damaged.
  public init(at directory: String, options: IndexOptions = .init()) throws(IndexError) {
    if let similarity = options.similarity, !similarity.isValid {
      throw .invalidSimilarity(similarity)
    }
    let folder = IndexFolder(directory)
    self.folder = folder
    self.options = options
    // Looked for before the lock is taken, which would leave its file in a folder that is not ours.
    if !options.createsIndex, !Folder.exists(folder.manifest) {
      throw .noIndex(directory: folder.path)
    }
    lock = try indexing { () throws(StorageError) in
      try Folder.create(folder.path)
      return try WriterLock(directory: folder.path)
    }
    let replaced = options.replacesIndex ? try ReplacedIndex(in: folder) : nil
    if let replaced {
      manifest = replaced.manifest
    } else {
      do { manifest = try folder.readManifest().0 } catch .noIndex { manifest = nil }
    }
    self.replaced = replaced
    (analyzer, hasNewOptions) = try Self.analyzer(for: manifest, in: folder, options)
    (fields, committedFields) = try FieldSchema.ofIndex(manifest, in: folder, options)
    if let manifest, replaced == nil, let asked = options.similarity, asked != manifest.similarity {
      throw .otherSimilarity(directory: directory, index: manifest.similarity, asked: asked)
    }
    similarity = options.similarity ?? manifest?.similarity ?? Similarity()
    generation = replaced?.generation ?? manifest?.generation ?? 0
    nextSegment = replaced?.nextSegment ?? manifest?.nextSegment ?? 1
    nextOrdinal = replaced == nil ? manifest?.nextOrdinal ?? 0 : 0
    batchStart = nextOrdinal
    guard replaced == nil else { return }
    try folder.removeLeftovers(keeping: manifest)
    for record in manifest?.segments ?? [] {
      let segment = try underLock { [analyzer] () throws(StorageError) in
        try Segment(record, analyzer: analyzer.description, in: folder)
      }
      committed.append(CommittedSegment(record, segment: segment))
    }
  }

  /// What makes the terms: the index's own analyzer, as far as there is one that goes on.
  ///
  /// - Returns: also whether its options are not those of the last commit.
  private static func analyzer(
    for manifest: Manifest?, in folder: IndexFolder, _ options: IndexOptions
  ) throws(IndexError) -> (Analyzer, hasNewOptions: Bool) {
    guard let manifest else { return (options.analyzer ?? .cjk, true) }
    if options.replacesIndex {
      if let asked = options.analyzer { return (asked, true) }
      let kept = try underLock { () throws(StorageError) in try manifest.readOptions(in: folder) }
      // By the rules of this version, whatever those were that made the index.
      return (try manifest.remade(with: kept?.options, directory: folder.path), true)
    }
    _ = try manifest.analyzer(with: nil, directory: folder.path)
    let kept = try underLock { () throws(StorageError) in try manifest.readOptions(in: folder) }
    let own = try manifest.analyzer(with: kept?.options, directory: folder.path)
    let analyzer = try own.taking(
      synonymsOf: options.analyzer ?? own, demanding: options.analyzerDemand,
      directory: folder.path)
    return (analyzer, analyzer.options != own.options)
  }

  deinit {
    // Properties go in the order of their declaration, the lock before these; and what takes its
    // temporary files with it must be gone before another writer may give the same names.
    builder = nil
    pending = []
  }

  /// Adds an article, or puts it in the place of the one of its id.
  ///
  /// - Parameters:
  ///   - article: takes the place of the one that has its id.
  ///   - stamp: the file that it was read from, for ``isUnchanged(id:stamp:)``. It is stored where the
  ///     article is; that of an article that came again unchanged stays as it was.
  /// - Throws: `articleTooLarge`, after which the writer goes on, or `storage`.
  public func add(
    _ article: Article, stamp: SourceStamp = .none
  ) throws(IndexError) -> AddOutcome {
    try add(article, stamp: stamp, terms: .analyzed(article), size: article.size)
  }

  /// Adds an article without its title's terms, found by its text in the fields of the text: for
  /// measuring an index beside others that have one field.
  ///
  /// - Parameter isStored: whether the article is kept to be shown. If not, nothing is, save its id,
  ///   and a further article of the id is taken for unchanged, since there is nothing to compare.
  package func addText(of article: Article, isStored: Bool) throws(IndexError) -> AddOutcome {
    try add(
      isStored ? article : Article(id: article.id, text: ""), terms: .text(of: article),
      size: article.size, keepsHash: isStored)
  }

  /// Adds an article that is found by `terms`.
  ///
  /// - Parameters:
  ///   - size: bytes of what these are taken from.
  ///   - keepsHash: whether the article is recognised as unchanged when it comes again.
  func add(
    _ article: Article, stamp: SourceStamp = .none, terms: IndexedArticle.Terms, size: Int,
    keepsHash: Bool = true
  ) throws(IndexError) -> AddOutcome {
    misfits = []
    let bytes = size + (article.extra?.utf8.count ?? 0)
    guard bytes <= options.textLimit else {
      throw .articleTooLarge(id: article.id, bytes: bytes, limit: options.textLimit)
    }
    return try writing { () throws(StorageError) in
      let content = ArticleRecord.content(of: article).bytes
      let hash = keepsHash ? ContentHash(of: content) : .none
      let known = try find(article.id)
      switch known {
      case .building(_, let path):
        return .repeated(firstPath: path)
      case .pending(let index, let document):
        return .repeated(firstPath: try pending[index].segment.articles.article(document).path)
      case .committed(let index, let record):
        let segment = committed[index].segment
        let ordinal = segment.identifiers.ordinal(of: record)
        if ordinal >= batchStart || unchanged.contains(ordinal) {
          return .repeated(firstPath: try segment.articles.article(record).path)
        }
        if hash != .none, segment.identifiers.content(of: record) == hash {
          unchanged.insert(ordinal)
          return .unchanged
        }
      case nil: break
      }
      let further: [WrittenField]
      (further, misfits) = article.fieldsAndMisfit
      misfits += try currentBuilder().add(
        article, content: content, hash: hash, ordinal: nextOrdinal, stamp: stamp,
        fields: further, schema: &fields, terms: terms, size: size)
      nextOrdinal += 1
      if case .committed(let index, let record) = known { committed[index].remove(record: record) }
      if let builder,
        builder.isFull || builder.memory >= min(options.memoryBudget, Self.memoryLimit)
      {
        try flush()
      }
      if case .committed = known { return .replaced }
      return .added
    }
  }

  /// Whether the index has the article of that id from the very file that the stamp stands for, so
  /// that the file need not be read. If so, it counts as having come, unchanged.
  ///
  /// - Complexity: O(number of segments), a place or two of memory each.
  public func isUnchanged(id: String, stamp: SourceStamp) throws(IndexError) -> Bool {
    try writing { () throws(StorageError) in
      guard stamp != .none, case .committed(let index, let record) = try find(id) else {
        return false
      }
      let segment = committed[index].segment
      let ordinal = segment.identifiers.ordinal(of: record)
      guard segment.identifiers.stamp(of: record) == stamp, ordinal < batchStart,
        !unchanged.contains(ordinal)
      else { return false }
      unchanged.insert(ordinal)
      return true
    }
  }

  /// Deletes the article of that id, committed or not.
  ///
  /// - Returns: whether there was one.
  public func delete(id: String) throws(IndexError) -> Bool {
    try writing { () throws(StorageError) in
      switch try find(id) {
      case .building(let document, _): builder?.remove(document)
      case .pending(let index, let document): pending[index].live.remove(document)
      case .committed(let index, let record): committed[index].remove(record: record)
      case nil: return false
      }
      return true
    }
  }

  /// Puts everything since the last commit on the disk and makes it the index, all of it or nothing,
  /// and ends the batch.
  ///
  /// Where nothing has changed, nothing is written. The order: all new files are complete and synced;
  /// the new manifest is, beside the old one; the new files get their names, which are synced; then
  /// one rename puts the new manifest in the old one's place.
  ///
  /// Merges that are due then follow as commits of their own: they change nothing that a search can
  /// tell, and an error in one leaves what has been committed.
  public func commit() throws(IndexError) {
    try writing { () throws(StorageError) in
      try commitChanges()
      endBatch()
      if options.mergesSegments { try merge(options.mergePolicy.next) }
    }
  }

  /// As ``commit()``, in the middle of a batch: an id that has come stays known, so that another
  /// article of it is ``AddOutcome/repeated(firstPath:)``.
  public func checkpoint() throws(IndexError) {
    try writing { () throws(StorageError) in
      try commitChanges()
      if options.mergesSegments { try merge(options.mergePolicy.next) }
    }
  }

  /// Commits, and then makes one segment of all, without what is deleted.
  ///
  /// Where nothing has been deleted, searches give the same articles in the same order with the same
  /// scores as before. Deleted articles no longer count in the statistics.
  ///
  /// - Parameters:
  ///   - reordering: whether documents that say much the same are then put side by side, so that lists
  ///     are shorter and searches that look for several words read less. Searches give the same in the
  ///     same order, and articles stay in the order in which they were added.
  ///   - progress: is told how much of the reordering is done, from 0 to 1.
  /// - Throws: `reorderingNeedsMemory` where ``IndexOptions/memoryBudget`` is too small for it.
  /// - Complexity: O(size of the index); nothing where it is one segment without deletes already. To
  ///   reorder n documents O(p · log n) for p postings.
  public func optimize(
    reordering: Bool = false, progress: (Double) -> Void = { _ in }
  ) throws(IndexError) {
    try writing { () throws(StorageError) in
      try commitChanges()
      endBatch()
      try merge(options.mergePolicy.nextOfAll)
    }
    guard reordering else { return }
    for segment in committed {
      let needed = Reordering.leastMemory(documentCount: segment.segment.documentCount)
      guard needed <= options.memoryBudget else {
        throw .reorderingNeedsMemory(
          directory: folder.path, bytes: needed, budget: options.memoryBudget)
      }
    }
    try writing { () throws(StorageError) in try reorder(progress) }
  }

  private func endBatch() {
    batchStart = nextOrdinal
    unchanged = OrdinalSet()
  }

  private func commitChanges() throws(StorageError) {
    try flush()
    // What was added and deleted again has nothing to leave.
    pending.removeAll { $0.live.liveCount == 0 }
    let isEmpty = pending.isEmpty && !committed.contains { $0.hasNewDeletes }
    let hasNewSettings = hasNewOptions || fields != committedFields
    if isEmpty, manifest != nil, replaced == nil, !hasNewSettings { return }
    var commit = Commit(generation: generation + 1, folder: folder, replacing: manifest)
    if hasNewSettings { try commit.set(analyzer.options, fields) }
    for segment in committed { try commit.keep(segment) }
    for segment in pending {
      try commit.add(segment.number, segment.file, segment.summary, live: segment.live)
    }
    try finish(commit)
    hasNewOptions = false
    committedFields = fields
    pending = []
  }

  /// Merges neighbours, a commit each time, until `next` gives none.
  ///
  /// - Precondition: nothing is to be committed.
  private func merge(
    _ next: ([MergePolicy.Candidate]) -> Range<Int>?
  ) throws(StorageError) {
    stage = .merging
    while let range = next(committed.map(\.mergeCandidate)) { try merge(range) }
    stage = .changing
  }

  /// Puts each segment's documents in an order in which its lists are short, a commit each time.
  ///
  /// - Precondition: nothing is to be committed, and nothing is deleted.
  private func reorder(_ progress: (Double) -> Void) throws(StorageError) {
    stage = .merging
    for index in committed.indices {
      let share = 1 / Double(committed.count)
      let reordering = Reordering(
        committed[index].segment, memory: options.memoryBudget, by: Workers(options.threads))
      let order = try reordering.order { progress((Double(index) + $0) * share) }
      if let order { try merge(index..<(index + 1), inOrder: order) }
    }
    stage = .changing
  }

  /// Makes one segment of neighbours, and commits that.
  ///
  /// - Parameter order: of its documents, as ``SegmentMerger`` takes it.
  private func merge(_ range: Range<Int>, inOrder order: [UInt32]? = nil) throws(StorageError) {
    let merger = SegmentMerger(
      committed[range].map { ($0.segment, LiveDocuments(of: $0.segment)) }, inOrder: order,
      analyzer: analyzer.description, similarity: similarity, workers: Workers(options.threads))
    let (file, summary) = try merger.write(to: folder.segment(nextSegment))
    var commit = Commit(generation: generation + 1, folder: folder, replacing: manifest)
    for segment in committed[..<range.lowerBound] { try commit.keep(segment) }
    try commit.add(
      nextSegment, file, summary, live: LiveDocuments(documentCount: merger.documentCount))
    for segment in committed[range.upperBound...] { try commit.keep(segment) }
    nextSegment += 1
    try finish(commit)
  }

  /// Makes a commit the index, and opens what it consists of.
  private func finish(_ commit: Commit) throws(StorageError) {
    let next = Manifest(
      generation: commit.generation, analyzer: analyzer.description, options: commit.options,
      similarity: similarity, nextOrdinal: nextOrdinal, nextSegment: nextSegment,
      segments: commit.records)
    try commit.publish(next)
    // From here on it is the index, whatever fails.
    manifest = next
    generation = next.generation
    let before = stage
    if stage == .changing { stage = .settling }
    committed = try commit.reopened(analyzer: next.analyzer)
    try commit.settle(next, replacingAll: replaced != nil)
    stage = before
    replaced = nil
  }

  /// The number of articles that are live, those not yet committed included.
  public var articleCount: Int {
    committed.reduce(0) { $0 + $1.liveCount } + pending.reduce(0) { $0 + $1.live.liveCount }
      + (builder?.live.liveCount ?? 0)
  }

  /// Where an id's live document is; in a committed segment its record.
  private enum Place {
    case building(UInt32, path: String?)
    case pending(Int, UInt32)
    case committed(Int, UInt32)
  }

  private func find(_ id: String) throws(StorageError) -> Place? {
    if let (document, path) = builder?.liveDocument(id: id.utf8.span) {
      return .building(document, path: path)
    }
    if pending.isEmpty, committed.isEmpty { return nil }
    let bytes = Array(id.utf8)
    for (index, segment) in pending.enumerated() {
      let documents = try segment.segment.identifiers.ids.documents(of: bytes)
      if let document = documents.first(where: segment.live.contains) {
        return .pending(index, document)
      }
    }
    for (index, segment) in committed.enumerated() {
      let records = try segment.segment.identifiers.ids.documents(of: bytes)
      if let record = records.first(where: segment.isLive(record:)) {
        return .committed(index, record)
      }
    }
    return nil
  }

  private func currentBuilder() throws(StorageError) -> SegmentBuilder {
    if let builder { return builder }
    let new = try SegmentBuilder(
      path: folder.segment(nextSegment), analyzer: analyzer, similarity: similarity,
      options: options)
    builder = new
    return new
  }

  /// Writes what has been gathered as a segment that no manifest names yet.
  private func flush() throws(StorageError) {
    guard let builder else { return }
    self.builder = nil
    // Where all has been deleted again, the temporary file goes with the builder.
    guard builder.live.liveCount > 0 else { return }
    let (file, summary) = try builder.finish(schema: &fields)
    pending.append(
      PendingSegment(
        number: nextSegment, file: file, summary: summary,
        segment: try Segment(path: file.temporaryPath, livePath: nil), live: builder.live))
    nextSegment += 1
  }

  /// Runs a change; an error ends the writer's work, and what is not committed goes.
  func writing<Result>(
    _ body: () throws(StorageError) -> Result
  ) throws(IndexError) -> Result {
    guard !hasFailed else { throw .writerFailed(directory: folder.path) }
    do { return try body() } catch {
      hasFailed = true
      builder = nil
      pending = []
      switch stage {
      case .changing: throw .storage(error)
      case .settling: throw .commitUnsynced(directory: folder.path, error)
      case .merging: throw .mergeFailed(directory: folder.path, error)
      }
    }
  }
}

/// Opens a file that the manifest in force names. Under the lock no newer manifest can have made a
/// missing one needless.
private func underLock<Result>(
  _ open: () throws(StorageError) -> Result
) throws(IndexError) -> Result {
  do throws(StorageError) { return try open() } catch {
    throw .storage(error.problem == .missing ? .missingSegmentFile(error.file) : error)
  }
}

extension Article {
  /// Bytes of title and text.
  fileprivate var size: Int { text.utf8.count + (title?.utf8.count ?? 0) }
}
