public import Refrain
public import RefrainRuns

/// What a model file tells of the pieces that the model was trained on.
public struct NotesRecord: MaterialRecord {
  /// The files of notes.
  public var sources: [InputFile]
  /// Whether they are one collection of pieces, with its own parts.
  public var isCollection: Bool
  /// How many time steps make a quarter note.
  public var stepsPerQuarter: Int
  /// Half-tones, up to which each piece is learned in every transposition.
  public var transpose: Int
  /// The share of MIDI files, the last ones, to validate on.
  public var validationFraction: Double
  /// Pieces to learn from, and to validate on.
  public var pieces: Parts
  /// Their time steps.
  public var timeSteps: Parts
  /// What can be predicted from them without a network.
  public var statistics: KeyStatistics
  /// What they are like.
  public var usual: NotesMeasures
  /// How pieces begin that it learned from: MIDI numbers of keys.
  var beginnings: [[Int]]
  /// What the order of the pieces depends on.
  var seed: UInt64
  /// Steps between two samples; 0: one at each evaluation.
  public var sampleEvery: Int
  /// Models of the last evaluations to keep; nil: none.
  public var keep: Int?

  /// The names in model files.
  private enum CodingKeys: String, CodingKey {
    case sources, isCollection
    case stepsPerQuarter = "momentsPerQuarter"
    case transpose, validationFraction, pieces
    case timeSteps = "moments"
    case statistics, usual, beginnings, seed, sampleEvery, keep
  }

  /// Counts of what is learned and what is validated on.
  public struct Parts: Codable, Equatable, Sendable {
    /// What is learned.
    public let training: Int
    /// What is validated on.
    public let validation: Int
  }
}

extension NotesRecord {
  /// Time steps of a piece that it learned from, on average, or the nearest in `bounds`.
  func lengthOfPiece(within bounds: ClosedRange<Int>) -> Int {
    let mean = timeSteps.training / max(pieces.training, 1)
    return min(max(mean, bounds.lowerBound), bounds.upperBound)
  }
}

extension NotesRecord {
  /// Whether the numbers belong to each other: a file can say anything.
  public func isPossible(with description: ModelDescription) -> Bool {
    description.isOfNotes && !sources.isEmpty && (1...64).contains(stepsPerQuarter)
      && (0...NotesMaterial.Options.mostHalfTones).contains(transpose)
      && (0..<1).contains(validationFraction)
      && statistics.isPossible && usual.isPossible && !beginnings.isEmpty
      && beginnings.allSatisfy { (try? KeySet($0)) != nil }
      && [pieces.training, pieces.validation, timeSteps.training, timeSteps.validation]
        .allSatisfy { (0..<1 << 40).contains($0) }
  }
}

extension ModelDescription {
  /// Whether it reads keys and predicts the next ones, step by step.
  fileprivate var isOfNotes: Bool {
    input == .frames(KeySet.keys.count) && output == .labels(KeySet.keys.count) && !predictsOnlyLast
      && !looksAhead
  }
}
