internal import Foundation
public import Refrain
public import RefrainRuns

extension TextCorpus {
  /// Opens again what a manifest describes, and makes sure that it is the same text.
  ///
  /// - Parameters:
  ///   - manifest: ``manifest`` of the corpus as it was.
  ///   - vocabulary: its vocabulary.
  ///   - spoolFolder: where the copies of inputs are now that could be read only once.
  ///   - moved: folders (or files) of the manifest and where they are now, as absolute paths.
  /// - Throws: `InputFileError`: `changed`, `moved` or `vanished`.
  public init(
    manifest: CorpusManifest, vocabulary: Vocabulary, spoolFolder: String? = nil,
    moved: MovedPaths = MovedPaths()
  ) throws {
    var options = TextCorpusOptions(tokenKind: vocabulary.tokenKind)
    options.vocabulary = vocabulary
    let places = try manifest.documents.map { document in
      try Self.place(of: document, spoolFolder: spoolFolder, moved: moved)
    }
    let corpus = try CorpusReading(
      reopening: zip(places, manifest.documents).map { place, document in
        CorpusReading.Source(path: place, copyOf: document.copyOf, invalid: document.invalid)
      }, options
    ).corpus(subject: "The text")
    for (found, expected) in zip(corpus.manifest.documents, manifest.documents)
    where found.hash != expected.hash { throw InputFileError.changed(path: found.path) }
    guard corpus.count == manifest.tokens else {
      throw InputFileError.changed(path: places.first ?? "The text")
    }
    self = corpus
  }

  /// Where a document is now; its size is compared already, for that is quickly done.
  private static func place(
    of document: CorpusManifest.Document, spoolFolder: String?, moved: MovedPaths
  ) throws -> String {
    var path = moved.place(of: document.path)
    if document.copyOf != nil {
      guard let spoolFolder else { throw InputFileError.vanished(path: document.path) }
      path = URL(fileURLWithPath: spoolFolder).standardizedFileURL.path + "/" + document.path
    }
    let status: FileStatus
    do { status = try FileStatus(path: path) } catch InputFileError.noSuchFile {
      throw InputFileError.missing(path: path) { isFile($0, document) }
    }
    guard status.kind == .file, status.size == document.size else {
      throw InputFileError.changed(path: path)
    }
    return path
  }

  /// Whether the file at `path` has a document's size and hash.
  private static func isFile(_ path: String, _ document: CorpusManifest.Document) -> Bool {
    guard let status = try? FileStatus(path: path), status.kind == .file,
      status.size == document.size, let hash = try? FileHash(ofFileAt: path)
    else { return false }
    return hash.hex == document.hash
  }
}
