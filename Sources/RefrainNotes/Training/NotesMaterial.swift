public import Refrain
public import RefrainRuns

/// A training on notes in its run folder.
///
/// ```swift
/// let run = try NotesRun(NotesTrainingRequest(inputs: ["chorales.json"]), to: "notes-run")
/// for try await event in run { print(event) }
/// ```
public typealias NotesRun = Run<NotesMaterial>
/// What a training on notes is asked for.
public typealias NotesTrainingRequest = TrainingRequest<NotesMaterial>

/// Notes as something to learn: pieces, as the keys that are down time step by time step.
public struct NotesMaterial: Material {
  /// The name of the material in a model file and in sentences.
  public static let name = "notes"
  /// One step of it, in words.
  public static let element = "time step"

  /// The pieces.
  public let corpus: NotesCorpus
  /// What is learned from.
  public let training: TrainingData
  /// What is validated on; nil where there is nothing.
  public let validation: TrainingData?

  /// Opens the inputs of a new training.
  public init(
    _ request: NotesTrainingRequest, startingFrom start: TrainedModel?, in folder: RunFolder
  ) throws {
    var grid = request.stepsPerQuarter
    if let start {
      let learned = try start.record(of: NotesMaterial.self).stepsPerQuarter
      guard learned == grid ?? learned else {
        throw NotesTrainingError.otherGrid(path: start.path, stepsPerQuarter: learned)
      }
      grid = learned
    }
    try self.init(
      NotesCorpus(
        InputListing(notes: request.inputs), stepsPerQuarter: grid,
        validationFraction: request.validationFraction),
      transpose: request.transpose, seed: request.configuration.seed)
  }

  /// Opens the inputs of a training again.
  public init(
    reopening record: NotesRecord, of model: ModelFile, in folder: RunFolder, moved: MovedPaths
  ) throws {
    try self.init(
      NotesCorpus(reopening: record, moved: moved), transpose: record.transpose,
      seed: record.seed)
  }

  /// Time steps that a training needs at least.
  static let leastTimeSteps = 32

  private init(_ corpus: NotesCorpus, transpose: Int, seed: UInt64) throws {
    let timeSteps = corpus.training.reduce(0) { $0 + $1.frames.count }
    guard timeSteps >= Self.leastTimeSteps else {
      throw NotesTrainingError.tooShort(timeSteps: timeSteps)
    }
    self.corpus = corpus
    training = .stream(corpus.trainingFrames(transpose: transpose, seed: seed))
    validation =
      corpus.validation.isEmpty ? nil : .stream(NotesCorpus.frames(corpus.validation))
  }

  /// The network of a new training.
  public func description(
    _ request: NotesTrainingRequest, startingFrom start: TrainedModel?
  ) -> ModelDescription {
    start?.network.description ?? request.model.description
  }

  /// Gives a new network the weights that it begins with.
  public func prepare(
    _ network: Network, _ request: NotesTrainingRequest, startingFrom start: TrainedModel?
  ) throws -> [String] {
    if let start {
      try network.takeParameters(from: start.network)
    } else {
      KeyStatistics(corpus.training).begin(network, transpose: request.transpose)
    }
    return []
  }

  /// What the model files of a new training tell.
  public func record(_ request: NotesTrainingRequest) -> NotesRecord {
    NotesRecord(corpus, request)
  }

  /// Time steps of a sample: as long as most pieces are, within these bounds.
  private static let sampleTimeSteps = 16...512

  /// Prepares what makes samples.
  public func samples(
    of trainer: Trainer, _ record: NotesRecord, threads: Int
  ) -> (_ step: Int, _ path: String) throws -> NotesSample {
    { [network = trainer.network, seed = trainer.configuration.seed] step, path in
      let random = RandomStream(
        seed: seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
      let generator = NotesGenerator(
        FrameGenerator(network), record, temperature: 1, random: random)
      generator.start()
      let piece = generator.next(record.lengthOfPiece(within: Self.sampleTimeSteps))
      try piece.writeMIDI(to: path + ".mid", stepsPerQuarter: record.stepsPerQuarter)
      return NotesSample(path: path + ".mid", measures: NotesMeasures([piece]))
    }
  }
}

/// A piece that a model makes from nothing.
public struct NotesSample: Sendable {
  /// The MIDI file.
  public let path: String
  /// What it is like.
  public let measures: NotesMeasures
}
