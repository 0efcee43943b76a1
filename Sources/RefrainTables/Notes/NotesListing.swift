internal import Foundation
internal import Refrain

/// The files of notes that some files and folders stand for: MIDI files, or one collection of pieces.
///
/// Folders are searched for MIDI files to the bottom, in the order of names. Hidden files and links to
/// folders are passed over, and so is a run of Refrain's: nobody wants to learn from what was made.
public struct NotesListing: Equatable, Sendable {
  /// A file of notes.
  public struct Entry: Equatable, Sendable {
    /// As the user knows it.
    public let path: String
    /// Whether the user named it, rather than a folder that holds it.
    public let isNamed: Bool
  }

  /// What a file of notes is, by how it begins.
  public enum Kind: Sendable {
    /// A Standard MIDI File.
    case midi
    /// A ``PianoRollCollection``.
    case collection
  }

  /// The files, each once.
  public private(set) var entries: [Entry] = []
  /// Files in folders that are not MIDI.
  public private(set) var others: [String] = []

  /// Lists what `inputs` stand for; nothing is read but the beginnings of files.
  ///
  /// - Throws: ``NotesError`` if a named file does not hold notes, or there are none at all; `FileError` if
  ///   one cannot be read.
  public init(_ inputs: [String]) throws {
    for input in inputs {
      if isFolder(input) {
        addFolder(input)
      } else {
        // What cannot be opened at all is said by the file itself.
        _ = try ByteFile(input)
        guard Self.kind(ofFileAt: input) != nil else { throw NotesError.noNotes(path: input) }
        add(Entry(path: input, isNamed: true))
      }
    }
    guard let first = inputs.first else { throw NotesError.nothingGiven }
    if entries.isEmpty { throw NotesError.noNotes(path: first) }
    let collection = entries.first { Self.kind(ofFileAt: $0.path) == .collection }
    if let collection, entries.count > 1 { throw NotesError.notAlone(path: collection.path) }
  }

  /// What the file at `path` begins like; nil where that is neither, or cannot be read.
  public static func kind(ofFileAt path: String) -> Kind? {
    guard let file = try? ByteFile(path),
      let head = try? file.read(at: 0, count: min(file.size, 256))
    else { return nil }
    if head.starts(with: "MThd".utf8) { return .midi }
    let text = String(decoding: head, as: UTF8.self)
    return text.prefixMatch(of: /\s*\{\s*"(train|valid|test)"\s*:\s*\[\s*(\[|\])/) == nil
      ? nil : .collection
  }

  private mutating func add(_ entry: Entry) {
    if !entries.contains(where: { $0.path == entry.path }) { entries.append(entry) }
  }

  private mutating func addFolder(_ path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") {
      let item = path.hasSuffix("/") ? path + name : path + "/" + name
      if isFolder(item) {
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: item)) != nil
        if !isLink && !RunFolder(item).isRun { addFolder(item) }
      } else if Self.kind(ofFileAt: item) == .midi {
        add(Entry(path: item, isNamed: false))
      } else {
        others.append(item)
      }
    }
  }
}

private func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}
