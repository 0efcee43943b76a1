internal import Refrain
internal import RefrainRuns
internal import RefrainTables
internal import RefrainTools

extension TableMaterial {
  static let generateOptions: Set<String> = []

  static func generate(_ command: GenerateCommand, _ model: TrainedModel) throws {
    throw Failure(
      "\(command.model) is a model of a table, which predicts rows: use refrain predict.")
  }

  static let evaluateOptions: Set<String> = ["--beam"]

  static func evaluate(
    _ command: EvaluateCommand, _ model: TrainedModel
  ) throws -> Measurement {
    let measured = try TableMeasurement(
      model, inputs: command.inputs, beam: command.beam ?? 5,
      threads: command.threads.count)
    return Measurement(text: measured.text, json: measured.json)
  }

  static func compare(
    _ command: CompareCommand, _ training: TrainOptions, _ interruption: Interruption
  ) async throws {
    var training = training
    let request = try request(&training, inputs: command.inputs)
    try command.checkValidation(request.validation != .share(0) || request.columns.part != nil)
    let task = try command.read(name, interruption) { try TableComparison(request) }
    try await command.compare(
      task, ComparisonWords(task), command.options.units(task.data.task.scheme), interruption)
  }
}
