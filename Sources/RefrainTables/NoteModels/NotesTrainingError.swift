/// Why a training on notes cannot begin or go on; every description is a sentence.
public enum NotesTrainingError: Error, Equatable, CustomStringConvertible {
  /// The model is not one of notes.
  case notNotes(path: String)
  /// The model to start from has moments of another length than were asked for.
  case otherGrid(path: String, momentsPerQuarter: Int)
  /// There is too little to learn from.
  case tooShort(moments: Int)
  /// A file of notes is no longer there.
  case vanished(path: String)
  /// A file of notes is not what it was.
  case changed(path: String)
  /// A model has no part to validate on.
  case noValidation(path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .notNotes(let path):
      return "\(path) is no model of notes: it was trained on text or on sound."
    case .otherGrid(let path, let momentsPerQuarter):
      return
        "\(path) has \(momentsPerQuarter) moments in a quarter note; leave out --grid, or begin "
        + "without --start-from."
    case .tooShort(let moments):
      return "There are only \(moments) moments to learn from, and \(leastMoments) are needed at "
        + "least: name more pieces."
    case .vanished(let path):
      return "\(path) is no longer there: put it back, or say where it (or its folder) is now with "
        + "--moved OLD=NEW."
    case .changed(let path):
      return "\(path) is no longer the file that this run was begun with; put the old one back, or "
        + "begin a new run."
    case .noValidation(let path):
      return "\(path) has no validation part: name files of notes to evaluate it on."
    }
  }
}

/// Moments that a training needs at least.
let leastMoments = 32
