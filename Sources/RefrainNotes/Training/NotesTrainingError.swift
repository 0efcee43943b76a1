public import Refrain

/// Why a training on notes cannot begin or go on; every description is a sentence.
public enum NotesTrainingError: SentenceError, Equatable {
  /// The model to start from has time steps of another length than were asked for.
  case otherGrid(path: String, stepsPerQuarter: Int)
  /// There is too little to learn from.
  case tooShort(timeSteps: Int)
  /// A model has no part to validate on.
  case noValidation(path: String)

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .otherGrid(let path, let stepsPerQuarter):
      return
        "\(path) has \(stepsPerQuarter) time steps in a quarter note; leave out \(.grid), or begin "
        + "without \(.startFrom)."
    case .tooShort(let timeSteps):
      return
        "There are only \(timeSteps) time steps to learn from, and \(NotesMaterial.leastTimeSteps) are needed at "
        + "least: name more pieces."
    case .noValidation(let path):
      return "\(path) has no validation part: name files of notes to evaluate it on."
    }
  }
}
