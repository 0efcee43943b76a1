internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import RefrainTables
internal import RefrainText

/// `refrain evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Measures how well a model predicts text, music or notes, beside what needs no network, or how well "
      + "it answers rows.",
    discussion: """
      Without INPUT, on the validation part of what the model was trained with. A model of text stands \
      beside an n-gram model and gzip, one of music beside copying the last frame and the mean one, one of \
      notes beside how often each key follows itself. Of a collection of pieces it is the test part. \
      A model of a table is measured by what suits its scheme, on the rows kept to test on, or to validate on.

        refrain evaluate poems-run
        refrain evaluate poems-run another.txt --json
        refrain evaluate music-run another.flac
        refrain evaluate notes-run chorales.json
        refrain evaluate speakers-run more.csv
      """)

  @Argument(help: "A run folder (its best model) or a model file.")
  var model: String

  @Argument(
    help: ArgumentHelp(
      "Files or folders of text, or of sound for a model of music, or of MIDI (or a collection of "
        + "pieces) for one of notes; - is text on standard input.",
      valueName: "input"))
  var inputs: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of a model of a table that says sequences: how many beginnings are followed side by side, from 1 "
        + "(default: 5).", valueName: "n"))
  var beam: Int?

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object instead of a table.")
  var json = false

  func run() async throws {
    let path = try RunFolder.model(at: model)
    let file = try ModelFile(contentsOf: path)
    if file.isMusic { return try evaluateMusic(file, path) }
    if file.isNotes { return try evaluateNotes(file, path) }
    if file.isTable { return try evaluateTable(file, path) }
    if beam != nil {
      throw UsageError("--beam is for models of tables that say sequences; leave it out.")
    }
    if let notes = inputs.first(where: { NotesListing.kind(ofFileAt: $0) == .midi }) {
      throw Failure(
        "\(notes) holds notes and \(model) is a model of text: name files of text, or a model of "
          + "notes.")
    }
    if let sound = inputs.first(where: SoundFile.looksLikeSound) {
      throw Failure(
        "\(sound) is sound and \(model) is a model of text: name files of text, or a model of music."
      )
    }
    try evaluateText(file, path)
  }

  private func evaluateMusic(_ file: ModelFile, _ path: String) throws {
    if let text = inputs.first(where: { $0 == "-" || TextFile.looksLikeText($0) }) {
      throw Failure(
        "\(text == "-" ? "Standard input" : text) is text and \(model) is a model of music: name "
          + "sound files, or a model of text.")
    }
    let measured = try reading("music") {
      try MusicMeasurement(
        file, path: path, inputs: inputs, weights: weights.weights, threads: threads.count)
    }
    for note in measured.notes { try Terminal.error.line("refrain: " + note) }
    if json { return try Terminal.output.json(measured.json) }
    try Terminal.output.write(measured.text)
  }

  private func evaluateNotes(_ file: ModelFile, _ path: String) throws {
    let measured = try reading("notes") {
      try NotesMeasurement(
        file, path: path, inputs: inputs, weights: weights.weights, threads: threads.count)
    }
    for note in measured.notes { try Terminal.error.line("refrain: " + note) }
    if json { return try Terminal.output.json(measured.json) }
    try Terminal.output.write(measured.text)
  }

  private func evaluateTable(_ file: ModelFile, _ path: String) throws {
    guard weights.weights == .f32 else {
      throw UsageError("--weights is for models of text, music and notes; leave it out.")
    }
    let measured = try reading("table") {
      try TableMeasurement(
        file, path: path, inputs: inputs, beam: beam ?? 5, threads: threads.count)
    }
    if json { return try Terminal.output.json(measured.json) }
    try Terminal.output.write(measured.text)
  }

  private func evaluateText(_ file: ModelFile, _ path: String) throws {
    let evaluator = try TextEvaluator(
      file, path: path, weights: weights.weights, threads: threads.count)
    let folder = RunFolder.containing(model: path)?.path
    let evaluation: TextEvaluation
    var report: CorpusReport?
    if inputs.isEmpty {
      evaluation = try evaluator.evaluateValidation(folder: folder)
    } else {
      let result = try evaluator.evaluate(inputs, folder: folder)
      (evaluation, report) = (result.0, result.1)
    }
    for note in report?.readingNotes ?? [] { try Terminal.error.line("refrain: " + note) }
    if json { return try Terminal.output.json(Self.json(evaluation)) }
    try Terminal.output.write(
      ComparisonTable(
        evaluation, unit: evaluator.unit, model: path, isValidationPart: inputs.isEmpty
      ).text)
  }

  private static func json(_ evaluation: TextEvaluation) -> JSONValue {
    func value(_ baseline: TextEvaluation.Baseline) -> JSONValue {
      [
        "nats_per_token": .number(baseline.natsPerToken),
        "bits_per_character": .number(baseline.bitsPerCharacter),
      ]
    }
    var members: [(key: String, value: JSONValue)] = [
      ("tokens", .integer(evaluation.tokens)),
      ("nats_per_token", .number(evaluation.natsPerToken)),
      ("bits_per_character", .number(evaluation.bitsPerCharacter)),
      ("perplexity", .number(evaluation.perplexity)),
      (
        "baselines",
        evaluation.baselines.map { ["ngram": value($0.ngram), "gzip": value($0.gzip)] } ?? .null
      ),
    ]
    if let note = evaluation.note { members.append(("note", .string(note))) }
    return .object(members)
  }
}
