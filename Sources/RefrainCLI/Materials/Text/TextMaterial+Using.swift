internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainText
internal import RefrainTools

extension TextMaterial {
  static let generateOptions: Set<String> = [
    "--prompt", "--prompt-file", "--length", "--count", "--beam", "--stop", "--top-k", "--top-p",
    "--min-p", "--repetition-penalty", "--weights", "--threads",
  ]

  /// Tokens to write where nothing is said.
  private static let standardLength = 500

  static func generate(_ command: GenerateCommand, _ model: TrainedModel) throws {
    let length = command.length ?? Self.standardLength
    let prompt = try command.promptText()
    let sampler = try command.sampling.sampler()
    let writer = try TextGenerator(
      model, sampler: sampler, weights: command.weights.weights,
      threads: command.threads.given ?? 1)
    if let explanation = writer.start(prompt).explanation {
      try Terminal.error.line("refrain: " + explanation)
    }
    let output = GeneratedTextOutput(prompt: prompt, count: command.count, asJSON: command.json)
    let interruption = Interruption()
    defer { withExtendedLifetime(interruption) {} }
    interruption.endSoon()
    if let beam = command.beam {
      let texts = writer.beams(prompt: prompt, length: length, width: beam, stop: command.stop)
      for (index, result) in texts.prefix(command.count).enumerated() {
        try output.begin(index + 1)
        try output.add(result.text)
        try output.end(logProbability: result.logProbability)
      }
      return
    }
    for index in 1...command.count {
      var random = RandomStream(
        seed: command.seed, purpose: .sampling,
        lane: UInt32(index - 1))
      try output.begin(index)
      let tokens = try writer.write(
        prompt: prompt, length: length, stop: command.stop, using: &random
      ) { piece in
        try output.add(piece)
        return !interruption.isRequested
      }
      try output.end(tokens: tokens)
      if interruption.isRequested { throw ExitCode(interruption.exitStatus) }
    }
  }

  static let evaluateOptions: Set<String> = ["--weights"]

  static func evaluate(
    _ command: EvaluateCommand, _ model: TrainedModel
  ) throws -> Measurement {
    try Register.refuseOthers(than: Self.self, in: command.inputs, of: command.model)
    let evaluator = try TextEvaluator(
      model, weights: command.weights.weights, threads: command.threads.count)
    let folder = RunFolder.containing(model: model.path)?.path
    let evaluation: TextEvaluation
    var remarks: [String] = []
    if command.inputs.isEmpty {
      evaluation = try evaluator.evaluateValidation(folder: folder)
    } else {
      let result = try evaluator.evaluate(command.inputs, folder: folder)
      (evaluation, remarks) = (result.0, result.1.readingRemarks)
    }
    let table = TextEvaluationTable(
      evaluation, tokenKind: evaluator.tokenKind, model: model.path,
      isValidationPart: command.inputs.isEmpty)
    return Measurement(text: table.text, json: table.json, remarks: remarks)
  }

  static func compare(
    _ command: CompareCommand, _ training: TrainOptions, _ interruption: Interruption
  ) async throws {
    var training = training
    let request = try request(&training, inputs: command.inputs)
    try command.checkValidation(request.validation != .tail(0))
    let folder = NSTemporaryDirectory() + "refrain-comparison-\(UUID().uuidString)"
    let task = try command.read(name, interruption, folder: folder) {
      try TextComparison(request, temporaryFolder: folder)
    }
    try await command.compare(
      task, ComparisonWords(task), command.options.units(.manyToMany), interruption)
  }
}
