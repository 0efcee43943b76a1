internal import Foundation
internal import Refrain
import RefrainRuns

extension TextCorpus {
  /// Reads files, folders and standard input, in this order.
  ///
  /// A folder stands for the files in it and in its folders, in the order of their names; hidden
  /// ones are passed over, and what is not text is skipped and noted in ``report``.
  ///
  /// - Parameters:
  ///   - inputs: paths of files and folders, or `-` for standard input; compressed files (gzip)
  ///     are recognised.
  ///   - options: what tokens are, and where inputs are kept that can be read only once.
  /// - Throws: ``TextInputError``.
  public init(_ inputs: [String], options: TextCorpusOptions = TextCorpusOptions()) throws {
    var options = options
    if let vocabulary = options.vocabulary { options.tokenKind = vocabulary.tokenKind }
    var reading = try CorpusReading(inputs, options)
    do {
      try reading.openAll()
      self = try reading.corpus(subject: inputs.count == 1 ? inputs[0] : "The text")
    } catch {
      reading.spool?.removeAll()
      throw error
    }
  }
}

/// The steps from inputs to a corpus.
struct CorpusReading {
  /// A file to scan.
  struct Source {
    var path: String
    /// What the file is a copy of.
    var copyOf: String?
    var invalid = 0
  }

  private let options: TextCorpusOptions
  private let inputs: [String]
  private var listing: InputListing?
  private(set) var spool: Spool?
  var sources: [Source] = []

  init(_ inputs: [String], _ options: TextCorpusOptions) throws {
    self.inputs = inputs
    self.options = options
    listing = try InputListing(inputs, readsStandardInput: true)
  }

  /// Reads `sources` again, all of which are known to be text.
  init(reopening sources: [Source], _ options: TextCorpusOptions) {
    self.sources = sources
    self.options = options
    inputs = []
  }

  /// Decides file by file whether it is read, copied or skipped.
  mutating func openAll() throws {
    for entry in listing?.entries ?? [] {
      if entry.path == InputListing.standardInput {
        let source = descriptorSource(options.standardInput, name: standardInputName)
        try copy(source, name: standardInputName)
        continue
      }
      do {
        try open(URL(fileURLWithPath: entry.path).standardizedFileURL.path, entry.path)
      } catch {
        guard !entry.isNamed, let reason = Self.reasonToSkip(error) else { throw error }
        listing?.skip(entry.path, reason)
      }
    }
    if sources.isEmpty {
      throw TextInputError.folderWithoutText(path: inputs.joined(separator: ", "))
    }
  }

  private static func reasonToSkip(_ error: any Error) -> String? {
    switch error {
    case TextInputError.binary: "it is not text"
    case TextInputError.empty: "it is empty"
    case TextInputError.brokenGzip(_, let reason): "it cannot be decompressed (\(reason))"
    case InputFileError.unreadable(_, let reason): "it cannot be read (\(reason))"
    case InputFileError.noSuchFile: "it is gone"
    default: nil
    }
  }

  private mutating func open(_ path: String, _ name: String) throws {
    let file = try ReadableFile(path: path)
    guard file.status.size > 0 else { throw TextInputError.empty(path: name) }
    let kind = TextKind(beginning: try file.beginning(TextKind.beginning))
    switch options.tokenKind == .byte && kind != .gzip ? .text : kind {
    case .binary: throw TextInputError.binary(path: name)
    case .gzip, .utf16:
      try copy(descriptorSource(file.descriptor, name: name), name: name)
      try file.checkUnchanged()
    case .text:
      if name.hasSuffix(".gz") {
        throw TextInputError.brokenGzip(path: name, reason: "it does not begin like a gzip file")
      }
      sources.append(Source(path: path))
    }
  }

  private mutating func copy(_ source: @escaping ByteSource, name: String) throws {
    guard let folder = options.spoolFolder else {
      throw TextInputError.needsSpoolFolder(path: name)
    }
    if spool == nil { spool = try Spool(folder: folder, tokenKind: options.tokenKind) }
    guard let copy = try spool?.add(source, name: name) else { return }
    sources.append(Source(path: copy.path, copyOf: name, invalid: copy.invalid))
  }

  /// Scans the sources.
  ///
  /// - Parameter subject: what errors about the whole call the inputs.
  func corpus(subject: String) throws -> TextCorpus {
    let scan = CorpusScanner()
    let (indexed, hashes, vocabulary) = try index(scan)
    let index = TextCorpus.Index(indexed, vocabulary: vocabulary)
    var report = CorpusReport(scan, index: index)
    report.skipped = listing?.skipped ?? []
    report.invalidSequences += sources.reduce(0) { $0 + $1.invalid }
    try check(report, scan, index, subject)
    let documents = zip(zip(sources, indexed), hashes).map { pair, hash in
      CorpusManifest.Document(
        path: pair.0.copyOf == nil ? pair.1.path : String(pair.1.path.split(separator: "/").last!),
        copyOf: pair.0.copyOf, size: pair.1.size, modified: pair.1.modified, hash: hash,
        invalid: pair.0.invalid)
    }
    return TextCorpus(
      vocabulary: vocabulary, report: report,
      manifest: CorpusManifest(
        tokenKind: vocabulary.tokenKind, tokens: index.count, documents: documents),
      index: index)
  }

  private func index(
    _ scan: CorpusScanner
  ) throws -> (documents: [IndexedDocument], hashes: [String], vocabulary: Vocabulary) {
    let pass: CorpusScanner.Pass
    switch (options.tokenKind, options.vocabulary) {
    case (.byte, _): pass = .bytes
    case (_, let vocabulary?): pass = .encoding(vocabulary)
    case (.character, nil): pass = .characters
    case (.word, nil): pass = .words
    }
    var found = try sources.map { try scan.scan(ReadableFile(path: $0.path), pass) }
    let vocabulary: Vocabulary
    switch pass {
    case .bytes: vocabulary = options.vocabulary ?? .bytes
    case .encoding(let given): vocabulary = given
    case .characters: vocabulary = Vocabulary(characters: scan.scalars.found.map(\.scalar))
    case .words:
      vocabulary = scan.words.vocabulary(
        minimumCount: options.minimumCount, size: options.vocabularySize)
      for i in found.indices {
        let file = try ReadableFile(path: found[i].document.path)
        let document = found[i].document
        guard file.status.modified == document.modified, file.status.size == document.size else {
          throw InputFileError.changed(path: file.path)
        }
        found[i].document = try scan.scan(file, .encoding(vocabulary), inspects: false).document
      }
    }
    return (found.map(\.document), found.map(\.hash), vocabulary)
  }

  /// A text must have something to learn in it.
  private func check(
    _ report: CorpusReport, _ scan: CorpusScanner, _ index: TextCorpus.Index, _ subject: String
  ) throws {
    guard index.count >= 2 else {
      if options.vocabulary != nil { throw TextInputError.nothingKnown(path: subject) }
      let element = options.tokenKind == .character ? "character" : options.tokenKind.rawValue
      throw TextInputError.tooShort(path: subject, element: element)
    }
    guard options.vocabulary == nil else { return }
    let found = scan.found(index.vocabulary)
    if found.count == 1 {
      let name =
        options.tokenKind == .character ? "the character" : "the \(options.tokenKind.rawValue)"
      throw TextInputError.oneSymbol(
        path: subject, symbol: "\(name) \(Substitution.visible(found[0].token))")
    }
  }
}

extension CorpusScanner {
  /// The tokens of the text, in the vocabulary's order.
  func found(_ vocabulary: Vocabulary) -> [CorpusReport.TokenCount] {
    let counts: [Int]
    if !tokenCounts.isEmpty {
      counts = tokenCounts
    } else if vocabulary.tokenKind == .byte {
      counts = byteCounts
    } else {
      counts = scalars.found.map(\.count)
    }
    return zip(vocabulary.tokens, counts).filter { $0.1 > 0 }
      .map { CorpusReport.TokenCount(token: $0.0, count: $0.1) }
  }
}

extension CorpusReport {
  init(_ scan: CorpusScanner, index: TextCorpus.Index) {
    self.init(tokenKind: index.vocabulary.tokenKind)
    bytes = scan.bytes
    documents = index.documents.count
    tokens = index.count
    vocabularySize = index.vocabulary.count
    // Sorting is stable in practice only; the token decides between equal counts.
    rarest = Array(
      scan.found(index.vocabulary).filter { $0.token != "<unk>" && $0.token != "<join>" }
        .sorted { ($0.count, $0.token) < ($1.count, $1.token) }.prefix(8))
    unknownTokens = scan.substitutions?.unknownWords ?? 0
    forgottenCount = scan.words.forgottenCount
    substitutions = Array((scan.substitutions?.all ?? []).prefix(1000))
    invalidSequences = scan.invalid
    longCharacters = scan.longCharacters
    byteOrderMarks = scan.byteOrderMarks
    carriageReturnLines = scan.lines.carriageReturns
    lines = scan.lines.lines
    (comparedLines, repeatedLines) = scan.lines.compared
    comparesAllLines = scan.lines.isExact
  }
}

/// How messages call standard input.
let standardInputName = "standard input"
