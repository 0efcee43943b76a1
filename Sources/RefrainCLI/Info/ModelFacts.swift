internal import Foundation
internal import Refrain
internal import RefrainRuns

/// What `info` says of a model, for people and as JSON.
struct ModelFacts {
  let model: TrainedModel
  /// What it tells of what it has learned.
  let material: MaterialFacts
  /// Bytes of the file.
  let fileSize: Int
  private let layerFigures: [LayerFigures]
  private let name: String

  /// - Throws: ``ModelFileError`` if what it tells of what it has learned cannot be.
  init(_ model: TrainedModel) throws {
    self.model = model
    layerFigures = try model.network.description.layerFigures()
    let learned = Register.material(of: model.file)
    material = try learned.facts(model)
    name = learned.name
    let attributes = try? FileManager.default.attributesOfItem(atPath: model.path)
    fileSize = (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Bits per character of a loss, where tokens are characters or bytes.
  func bits(_ nats: Double?) -> Double? {
    model.file.vocabulary.map { $0.tokenKind != .word } == true ? nats.map { $0 / log(2) } : nil
  }

  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("model", .string(model.path)), ("file_bytes", .integer(fileSize)),
      ("format_version", .integer(model.file.version)),
      ("layers", .string(model.network.description.layersInWords)),
      ("layer_figures", .array(layerFigures.map(\.json))),
      ("parameters", .integer(model.network.parameterCount)),
      ("vocabulary", vocabularyJSON),
    ]
    if let training = model.file.training { members.append(("training", trainingJSON(training))) }
    if let json = material.json { members.append((name, json)) }
    return .object(members)
  }

  private var vocabularyJSON: JSONValue {
    guard let vocabulary = model.file.vocabulary else { return .null }
    return [
      "tokens": .string(vocabulary.tokenKind.rawValue), "size": .integer(vocabulary.count),
    ]
  }

  private func trainingJSON(_ training: TrainingCheckpoint) -> JSONValue {
    let configuration = training.configuration
    let progress = training.progress
    return [
      "step": .integer(progress.step), "epoch": .integer(progress.epoch),
      "best_step": .integer(orNull: progress.bestStep),
      "best_loss": .number(orNull: progress.bestLoss),
      "best_bits_per_character": .number(orNull: bits(progress.bestLoss)),
      "batch_size": .integer(configuration.batchSize),
      "sequence_length": .integer(configuration.sequenceLength),
      "optimizer": .string(OptimizerName(configuration.optimizer).rawValue),
      "learning_rate": .number(configuration.learningRate),
      "schedule": .string(ScheduleName(configuration.schedule.shape).rawValue),
      "clip": .number(configuration.clip),
      "seed": .string(String(configuration.seed)),
      "limits": [
        "steps": .integer(orNull: training.limits.steps),
        "epochs": .integer(orNull: training.limits.epochs),
        "minutes": .number(orNull: training.limits.minutes),
      ],
    ]
  }
}

extension LayerFigures {
  fileprivate var json: JSONValue {
    [
      "layer": .string(name), "outputs": .integer(outputs), "parameters": .integer(parameters),
      "multiply_adds_per_step": .integer(cost.perStep),
      "multiply_adds_per_sequence": .integer(cost.perSequence),
      "multiply_adds_per_step_and_step_read": .integer(cost.perStepRead),
    ]
  }
}
