public import Refrain

/// What a model can be of: text, music, notes, a table, or something of your own.
///
/// A material says how its inputs are opened and opened again, what its model files tell of them, which
/// network suits and how that begins, and what a sample is. ``Run`` does the rest: folders, training, saving,
/// resuming.
public protocol Material: Sendable {
  /// What a training on it can be asked for, besides what every training can.
  associatedtype Options: Sendable
  /// What its model files tell of the inputs.
  associatedtype Record: MaterialRecord
  /// What a model of it makes along the way: a text, a sound.
  associatedtype Sample: Sendable

  /// The name of its record in a model file, and of the material in sentences: `music`.
  static var name: String { get }
  /// One step of it: `frame`.
  static var element: String { get }

  /// Opens the inputs of a new training.
  ///
  /// - Parameters:
  ///   - request: what the training is asked for.
  ///   - start: the model to begin with, if there is one.
  ///   - folder: the run's folder, where inputs can be kept that can be read only once.
  /// - Throws: a sentence about what cannot be learned.
  init(_ request: TrainingRequest<Self>, startingFrom start: TrainedModel?, in folder: RunFolder)
    throws

  /// Opens the inputs of a training again.
  ///
  /// - Throws: ``InputFileError`` where they are not what or where they were.
  init(
    reopening record: Record, of model: ModelFile, in folder: RunFolder, moved: MovedPaths) throws

  /// What is learned from.
  var training: TrainingData { get }
  /// What is validated on; nil: the training loss decides which model is best.
  var validation: TrainingData? { get }
  /// The table between tokens and indices, if it has one.
  var vocabulary: Vocabulary? { get }
  /// Sentences for the user about what was decided for them.
  var remarks: [String] { get }

  /// How a training is configured; as requested, if a material does not say otherwise.
  func configuration(_ request: TrainingRequest<Self>) -> TrainingConfiguration

  /// The network of a new training.
  ///
  /// - Throws: a sentence if there can be no such network.
  func description(
    _ request: TrainingRequest<Self>, startingFrom start: TrainedModel?
  ) throws -> ModelDescription

  /// Gives a new network the weights that it begins with, where these are not random: by itself, those of
  /// `start`.
  ///
  /// - Returns: sentences for the user.
  func prepare(
    _ network: Network, _ request: TrainingRequest<Self>, startingFrom start: TrainedModel?
  ) throws -> [String]

  /// What the model files of a new training tell.
  func record(_ request: TrainingRequest<Self>) throws -> Record

  /// Prepares what makes samples.
  ///
  /// - Returns: a function that makes a sample after a step and writes it to a path, to which it adds the
  ///   ending.
  func samples(
    of trainer: Trainer, _ record: Record, threads: Int
  ) throws -> (_ step: Int, _ path: String) throws -> Sample
}

extension Material {
  /// The table between tokens and indices.
  public var vocabulary: Vocabulary? { nil }
  /// Sentences about what was decided for the user.
  public var remarks: [String] { [] }

  /// How the training is configured.
  public func configuration(_ request: TrainingRequest<Self>) -> TrainingConfiguration {
    request.configuration
  }

  /// Gives a new network the weights that it begins with.
  public func prepare(
    _ network: Network, _ request: TrainingRequest<Self>, startingFrom start: TrainedModel?
  ) throws -> [String] {
    if let start { try network.takeParameters(from: start.network) }
    return []
  }
}
