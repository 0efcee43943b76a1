internal import Refrain
public import RefrainRuns

/// What a file of notes is, by how it begins.
public enum NotesFileKind: Sendable {
  /// A Standard MIDI File.
  case midi
  /// A ``PianoRollCollection``.
  case collection

  /// What the file at `path` begins like; nil where that is neither, or cannot be read.
  public init?(ofFileAt path: String) {
    guard let file = try? ByteFile(path),
      let head = try? file.read(at: 0, count: min(file.size, 256))
    else { return nil }
    if head.starts(with: "MThd".utf8) {
      self = .midi
    } else {
      let text = String(decoding: head, as: UTF8.self)
      let beginning = /\s*\{\s*"(train|valid|test)"\s*:\s*\[\s*(\[|\])/
      guard text.prefixMatch(of: beginning) != nil else { return nil }
      self = .collection
    }
  }
}

extension InputListing {
  /// The files of notes that some files and folders stand for: the MIDI files in them, or one collection of
  /// pieces; nothing is read but the beginnings of files.
  ///
  /// - Throws: `InputFileError`, or ``NotesError`` if a named file does not hold notes, or there are none at all.
  public init(notes inputs: [String]) throws {
    try self.init(inputs) { path, isNamed in
      let kind = NotesFileKind(ofFileAt: path)
      if isNamed && kind == nil {
        // What cannot be opened at all is said by the file itself.
        _ = try ByteFile(path)
        throw NotesError.noNotes(path: path)
      }
      return kind == .midi || isNamed ? nil : "it is not a MIDI file"
    }
    if entries.isEmpty { throw NotesError.noNotes(path: inputs[0]) }
    let collection = entries.first { NotesFileKind(ofFileAt: $0.path) == .collection }
    if let collection, entries.count > 1 { throw NotesError.notAlone(path: collection.path) }
  }
}
