internal import Foundation
public import Refrain

extension TextCorpus {
  /// Opens again what a manifest describes, and makes sure that it is the same text.
  ///
  /// - Parameters:
  ///   - manifest: ``manifest`` of the corpus as it was.
  ///   - vocabulary: its vocabulary.
  ///   - spoolFolder: where the copies of inputs are now that could be read only once.
  ///   - moved: folders (or files) of the manifest and where they are now, as absolute paths.
  /// - Throws: ``TextInputError``: `changed`, `moved` or `vanished`, with the file's name.
  public init(
    manifest: CorpusManifest, vocabulary: Vocabulary, spoolFolder: String? = nil,
    moved: [String: String] = [:]
  ) throws {
    var options = TextCorpusOptions(unit: vocabulary.unit)
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
    where found.hash != expected.hash { throw TextInputError.changed(path: found.path) }
    guard corpus.count == manifest.tokens else {
      throw TextInputError.changed(path: places.first ?? "The text")
    }
    self = corpus
  }

  /// Where a document is now; its size is compared already, for that is quickly done.
  private static func place(
    of document: CorpusManifest.Document, spoolFolder: String?, moved: [String: String]
  ) throws -> String {
    var path = document.path
    if document.copyOf != nil {
      guard let spoolFolder else { throw TextInputError.vanished(path: document.path) }
      path = URL(fileURLWithPath: spoolFolder).standardizedFileURL.path + "/" + document.path
    } else {
      // The longest place that fits is the most exact one.
      let old = moved.keys.filter {
        path == $0 || path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/")
      }
      .max { $0.utf8.count < $1.utf8.count }
      if let old, let new = moved[old] { path = new + path.dropFirst(old.count) }
    }
    let status: FileStatus
    do { status = try FileStatus(path: path) } catch TextInputError.noSuchFile {
      if let place = lookAround(path, for: document) {
        throw TextInputError.moved(path: path, to: place)
      }
      throw TextInputError.vanished(path: path)
    }
    guard status.kind == .file, status.size == document.size else {
      throw TextInputError.changed(path: path)
    }
    return path
  }

  /// The file beside a missing one that has its size and its hash.
  private static func lookAround(_ path: String, for document: CorpusManifest.Document) -> String? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }.first { candidate in
      guard let status = try? FileStatus(path: candidate), status.kind == .file,
        status.size == document.size, let file = try? ReadableFile(path: candidate)
      else { return false }
      return (try? CorpusScanner().scan(file, .bytes))?.hash == document.hash
    }
  }
}
