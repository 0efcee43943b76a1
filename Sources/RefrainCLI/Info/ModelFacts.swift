internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import RefrainTables
internal import RefrainText

/// What `info` says of a model, for people and as JSON.
struct ModelFacts {
  let model: ModelFile
  let path: String
  let run: TextRunSummary?
  /// What it says of its music, if it is a model of music.
  let music: MusicRunInformation?
  /// What it says of its notes, if it is a model of notes.
  let notes: NotesRunInformation?
  /// What it says of its table, if it is a model of one.
  let table: TableRunInformation?
  /// Bytes of the file.
  let fileSize: Int
  private let layerFigures: [LayerFigures]

  /// - Throws: ``ModelFileError`` if what it says of its music, notes or table cannot be.
  init(_ model: ModelFile, path: String) throws {
    self.model = model
    self.path = path
    run = TextRunSummary(model)
    layerFigures = try model.network.description.layerFigures()
    music = model.isMusic ? try model.musicRunInformation(path: path) : nil
    notes = model.isNotes ? try model.notesRunInformation(path: path) : nil
    table = model.isTable ? try TableRunInformation(model, path: path) : nil
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    fileSize = (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Bits per character of a loss, where tokens are characters or bytes.
  func bits(_ nats: Double?) -> Double? {
    model.vocabulary.map { $0.unit != .word } == true ? nats.map { $0 / log(2) } : nil
  }

  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("model", .string(path)), ("file_bytes", .integer(fileSize)),
      ("format_version", .integer(ModelFile.version)),
      ("layers", .string(model.network.description.layersInWords)),
      ("layer_figures", .array(layerFigures.map(\.json))),
      ("parameters", .integer(model.network.parameterCount)),
      ("vocabulary", vocabularyJSON),
    ]
    if let training = model.training { members.append(("training", trainingJSON(training))) }
    if let run { members.append(("text", textJSON(run))) }
    if let music { members.append(("music", Self.json(music))) }
    if let notes { members.append(("notes", Self.json(notes))) }
    if let table { members.append(("table", Self.json(table))) }
    return .object(members)
  }

  private var vocabularyJSON: JSONValue {
    guard let vocabulary = model.vocabulary else { return .null }
    return [
      "tokens": .string(vocabulary.unit.rawValue), "size": .integer(vocabulary.count),
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

  private func textJSON(_ text: TextRunSummary) -> JSONValue {
    func documents(_ documents: [TextRunSummary.Document]) -> JSONValue {
      .array(documents.map { ["path": .string($0.path), "bytes": .integer($0.bytes)] })
    }
    return [
      "tokens": .integer(text.tokens), "documents": documents(text.documents),
      "validation_tokens": .integer(text.validationTokens),
      "validation_documents": documents(text.validationDocuments),
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
