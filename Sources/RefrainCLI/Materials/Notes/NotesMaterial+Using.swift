internal import Refrain
internal import RefrainNotes
internal import RefrainRuns

extension NotesMaterial {
  static let generateOptions: Set<String> = [
    "--output", "--seconds", "--tempo", "--prompt-file", "--with-prompt", "--weights", "--threads",
  ]

  static func generate(_ command: GenerateCommand, _ model: TrainedModel) throws {
    guard let output = command.music.output, command.music.isMIDI else {
      throw UsageError("Name the file to write: --output new.mid.")
    }
    let interruption = GenerateCommand.interruption(whileWriting: output)
    defer { withExtendedLifetime(interruption) {} }
    let generator = try NotesGenerator(
      model, seed: command.seed,
      temperature: command.sampling.temperature ?? 1, weights: command.weights.weights,
      threads: command.threads.given ?? 1)
    try NotesFile(
      output: output, prompt: command.promptFile, includesPrompt: command.music.withPrompt,
      seconds: command.music.seconds ?? 30, tempo: command.music.tempo ?? 90, asJSON: command.json
    ).make(with: generator)
  }

  static let evaluateOptions: Set<String> = ["--weights"]

  static func evaluate(
    _ command: EvaluateCommand, _ model: TrainedModel
  ) throws -> Measurement {
    let measured = try NotesMeasurement(
      model, inputs: command.inputs, weights: command.weights.weights,
      threads: command.threads.count)
    return Measurement(text: measured.text, json: measured.json, remarks: measured.remarks)
  }
}
