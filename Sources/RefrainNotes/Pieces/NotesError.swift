/// Why notes cannot be read; every description is a sentence, which begins with the file's name where it
/// is known.
public enum NotesError: Error, Equatable, CustomStringConvertible {
  /// No key of a piano has this MIDI number.
  case noKey(Int)
  /// A file of pieces is not written as it has to be.
  case notPieces(path: String, reason: String)
  /// A file is not a Standard MIDI File that can be read.
  case notMIDI(path: String, reason: String)
  /// Neither a MIDI file nor a collection of pieces was found.
  case noNotes(path: String)
  /// A collection of pieces comes with its parts: it cannot be read beside other files.
  case notAlone(path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .noKey(let note):
      "the note \(note) is no key of a piano: those are \(KeySet.keys.lowerBound) to "
        + "\(KeySet.keys.upperBound) in MIDI's numbers."
    case .notPieces(let path, let reason):
      "\(path) does not hold pieces of notes (\(reason)): write {\"train\": [[[60, 64], …], …], "
        + "\"valid\": …, \"test\": …}, MIDI numbers in time steps in pieces."
    case .notMIDI(let path, let reason):
      "\(path) cannot be read as a Standard MIDI File (\(reason)): save it anew as format 0 or 1."
    case .noNotes(let path):
      "\(path) holds no notes: name MIDI files, folders of them, or a JSON file that begins with "
        + "{\"train\": [."
    case .notAlone(let path):
      "\(path) is a collection of pieces with parts of its own to train on and to test on: name it "
        + "alone."
    }
  }
}
