internal import Foundation
public import Refrain
public import RefrainRuns
public import RefrainTools

/// A text that several units learn, to be compared.
///
/// ```swift
/// var request = TextTrainingRequest(inputs: ["poems.txt"])
/// request.limits = TrainingLimits(minutes: 2)
/// let comparison = try UnitComparison(TextComparison(request), units: [.lstm, .gru, .tcn])
/// for try await event in comparison {
///   if case .end(let result) = event { print(result.compared.unit, result.best?.loss ?? .nan) }
/// }
/// ```
public struct TextComparison: ComparedTask {
  /// The text.
  public let corpus: TextCorpus
  /// The training part's tokens and the validation part's.
  public let tokens: (training: Int, validation: Int)
  /// How all units are trained, with the batch and the length that the text allows.
  public let configuration: TrainingConfiguration
  /// Sentences about what a short text has reduced.
  public let remarks: [String]
  /// When each training ends.
  public let limits: TrainingLimits
  private let training: any TokenCorpus
  private let validation: any TokenCorpus
  private let model: TextModel
  private let threads: Int
  private let folder: TemporaryFolder

  /// Reads the text.
  ///
  /// - Parameters:
  ///   - request: the training that all units have in common, whatever its own unit is. It starts from no
  ///     other model, and makes no samples.
  ///   - path: the folder to make for inputs that can be read only once; it is deleted with the comparison.
  /// - Throws: ``TextInputError``, ``TextTrainingError``, ``/RefrainFiles/FileError``.
  public init(_ request: TextTrainingRequest, temporaryFolder path: String? = nil) throws {
    folder = TemporaryFolder(
      path: path ?? NSTemporaryDirectory() + "refrain-comparison-\(UUID().uuidString)")
    let run = RunFolder(folder.path)
    corpus = try TextCorpus(request, tokenKind: request.tokenKind ?? .character, in: run)
    let parts = try TextParts(request.validation, of: corpus, in: run)
    guard let validation = parts.validation else { throw TextTrainingError.noValidation }
    training = parts.training
    self.validation = validation
    tokens = (parts.training.count, validation.count)
    let asked = request.configuration
    var configuration = asked
    (configuration.sequenceLength, configuration.batchSize) = TokenBatches.fitting(
      count: parts.training.count, steps: asked.sequenceLength, sequences: asked.batchSize)
    self.configuration = configuration
    remarks = TextRun.reductions(asked, configuration, .stream(parts.training))
    (model, limits, threads) = (request.model, request.limits, request.threads)
  }

  /// Units of each layer of the LSTM.
  public var hidden: Int { model.hidden }

  /// The network of a unit.
  public func network(of unit: SequenceUnit, hidden: Int) throws -> ComparedNetwork {
    var model = model
    (model.cell, model.hidden) = (unit, hidden)
    model.layers = max(model.layers, unit.layers(seeing: configuration.sequenceLength))
    return ComparedNetwork(
      model.description(vocabularySize: corpus.vocabulary.count), layers: model.layers)
  }

  /// Bytes of the workspace that a network is trained in.
  ///
  /// - Throws: `TrainingMemoryError`, `ModelDescriptionError`.
  public func workspaceBytes(of description: ModelDescription) throws -> Double {
    let memory = try TrainingMemory(
      description, configuration, training: .stream(training), validation: .stream(validation))
    try memory.check()
    return memory.workspace
  }

  /// The training of a network.
  public func trainer(of network: Network) throws -> Trainer {
    try Trainer(
      network, training: training, validation: validation, configuration: configuration,
      limits: limits, threads: threads)
  }
}

/// A folder that is deleted when nobody uses it any more.
private final class TemporaryFolder: Sendable {
  let path: String

  init(path: String) { self.path = path }

  deinit { RunFolder(path).remove() }
}
