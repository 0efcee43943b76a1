public import Refrain
public import RefrainRuns

/// Pieces of notes to train on and to validate on.
public struct NotesCorpus: Sendable {
  /// The pieces to train on.
  public let training: [PianoRoll]
  /// The pieces to validate on.
  public let validation: [PianoRoll]
  /// The pieces that a collection keeps to test on.
  public let test: [PianoRoll]
  /// The files.
  public let sources: [InputFile]
  /// Whether the parts are those of a ``PianoRollCollection``.
  public let isCollection: Bool
  /// How many time steps make a quarter note.
  public let stepsPerQuarter: Int
  /// Files that could not be read, each with its reason in a sentence.
  public let skipped: [String]

  /// Time steps of a quarter note where none are named: a MIDI file is read in sixteenths, and the time steps of
  /// a collection count as quarter notes.
  public static func standardGrid(isCollection: Bool) -> Int { isCollection ? 1 : 4 }

  /// Reads MIDI files, each a piece, or one collection of pieces, with the parts that it comes in. Pieces of
  /// a single time step are left out: there is nothing to predict.
  ///
  /// - Parameters:
  ///   - listing: the files.
  ///   - stepsPerQuarter: how many time steps make a quarter note, 1 to 64; nil: ``standardGrid(isCollection:)``.
  ///   - validationFraction: the share of MIDI files, the last ones, to validate on; in 0..<1. It means nothing
  ///     for a collection.
  /// - Throws: ``NotesError`` where a named file cannot be read, or nothing can.
  public init(
    _ listing: InputListing, stepsPerQuarter: Int? = nil, validationFraction: Double = 0.1
  ) throws {
    precondition((0..<1).contains(validationFraction), "the validation part lies in 0..<1")
    let first = listing.entries[0].path
    isCollection = NotesFileKind(ofFileAt: first) == .collection
    let grid = stepsPerQuarter ?? Self.standardGrid(isCollection: isCollection)
    self.stepsPerQuarter = grid
    if isCollection {
      let pieces = try PianoRollCollection(path: first)
      training = pieces.training.filter(\.canBePredicted)
      validation = pieces.validation.filter(\.canBePredicted)
      test = pieces.test.filter(\.canBePredicted)
      sources = [try InputFile(first)]
      skipped = []
      return
    }
    var (pieces, sources, skipped): ([PianoRoll], [InputFile], [String]) = ([], [], [])
    for entry in listing.entries {
      do {
        let piece = try PianoRoll(midiFile: entry.path, stepsPerQuarter: grid)
        sources.append(try InputFile(entry.path))
        if piece.canBePredicted { pieces.append(piece) }
      } catch {
        if entry.isNamed { throw error }
        skipped.append("\(error)")
      }
    }
    let kept =
      pieces.count > 1 && validationFraction > 0
      ? max(1, Int((Double(pieces.count) * validationFraction).rounded())) : 0
    training = Array(pieces.dropLast(kept))
    validation = Array(pieces.suffix(kept))
    test = []
    (self.sources, self.skipped) = (sources, skipped)
  }

  /// The frames that a network learns from: every piece in each transposition from `transpose` half-tones down
  /// to as many up that stays on the piano, in an order that the seed decides.
  public func trainingFrames(transpose: Int = 0, seed: UInt64) -> FrameCorpus {
    var pieces = training
    for halfTones in -transpose...transpose where halfTones != 0 {
      pieces += training.compactMap { $0.transposed(by: halfTones) }
    }
    var random = RandomStream(seed: seed, purpose: .shuffling)
    return Self.frames(pieces.shuffled(using: &random))
  }

  /// Pieces as a network reads them, one after the other.
  public static func frames(_ pieces: [PianoRoll]) -> FrameCorpus {
    let table = FrameTable(size: KeySet.keys.count)
    for piece in pieces {
      table.beginRecording()
      for frame in piece.frames { table.append(frame.values) }
    }
    return FrameCorpus(table)
  }
}

extension PianoRoll {
  /// Whether a time step follows another.
  fileprivate var canBePredicted: Bool { frames.count > 1 }
}
