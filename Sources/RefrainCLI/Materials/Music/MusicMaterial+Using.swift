internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import RefrainRuns

extension MusicMaterial {
  static let generateOptions: Set<String> = [
    "--output", "--seconds", "--prompt-audio", "--from", "--with-prompt", "--loop", "--copies",
  ]

  static func generate(_ command: GenerateCommand, _ model: TrainedModel) throws {
    if command.music.isMIDI {
      throw Failure(
        "A MIDI file for --output is for models of notes, but \(command.model) is a model of music."
      )
    }
    guard let output = command.music.output else {
      throw UsageError(
        "Name the output: --output new.flac for a file, or --output - for a live stream.")
    }
    let temperature = command.sampling.temperature ?? 1
    let seed = command.seed
    if output == "-" {
      if command.json {
        throw UsageError(
          "--json needs a file for --output: with - the samples go to standard output.")
      }
      return try LiveMusic(
        model: model, start: command.music.start, seed: seed, temperature: temperature,
        seconds: command.music.seconds ?? 30
      ).play()
    }
    let interruption = GenerateCommand.interruption(whileWriting: output)
    defer { withExtendedLifetime(interruption) {} }
    var piece = try MusicPiece(modelPath: model.path.absolutePath)
    piece.start = command.music.start
    if case .clip(let clip) = piece.start {
      piece.clipHash = String(describing: try FileHash(ofFileAt: clip))
    }
    piece.includesStart = command.music.withPrompt
    piece.seconds = command.music.seconds ?? 30
    piece.isLoop = command.music.loop
    piece.temperature = temperature
    piece.seed = seed
    try MusicFile(
      piece: piece, output: output, findsCopies: command.music.copies, asJSON: command.json
    )
    .make(with: model)
  }

  static let evaluateOptions: Set<String> = ["--weights"]

  static func evaluate(
    _ command: EvaluateCommand, _ model: TrainedModel
  ) throws -> Measurement {
    try Register.refuseOthers(than: Self.self, in: command.inputs, of: command.model)
    let measured = try MusicMeasurement(
      model, inputs: command.inputs, weights: command.weights.weights,
      threads: command.threads.count)
    return Measurement(text: measured.text, json: measured.json, remarks: measured.remarks)
  }
}
