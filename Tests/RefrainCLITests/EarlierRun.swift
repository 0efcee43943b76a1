import Foundation
import Refrain
import RefrainMusic
import Testing

/// A small training of which the runs of earlier versions are kept in `Tests/Fixtures/EarlierRuns`, stopped in
/// the middle, with what came of them: that must never change.
struct EarlierRun: CustomTestStringConvertible, Sendable {
  let name: String
  /// What it learns, in the folder of inputs.
  let input: String
  let options: [String]
  /// Whether its run is kept; of a large network only the hash of the model is.
  var isKept = true

  var testDescription: String { name }

  /// The steps after which it was stopped, and those of the whole training.
  private static let steps = (stopped: "6", whole: "9")

  /// What came of a run, as text for a file.
  struct Outcomes: Codable, Equatable {
    /// The hash of the last model for each set of kernels.
    var trained: [String: String] = [:]
    /// The same for the run when it had gone on to its end, with the portable kernels.
    var resumed: String?
    /// The hash of what its model makes, or answers.
    var generated: String?
    /// What programs are told of its model by `evaluate` and `info`.
    var evaluated: String?
    var information: String?
  }

  /// Trains from the beginning.
  ///
  /// - Returns: the hash of the last model.
  func train(in sandbox: Sandbox, kernels: KernelChoice = .portable) throws -> String {
    let folder = "\(name)-\(kernels)"
    try run(
      ["train", "inputs/\(input)", "--to", folder, "--steps", Self.steps.stopped, "--threads", "1"]
        + options, sandbox, kernels)
    return try Self.hash(ofModel: folder + "/last.safetensors", sandbox)
  }

  /// What comes of the stopped run in `folder`, whose inputs lay in `old`.
  func outcomes(of folder: String, inputsWere old: String, in sandbox: Sandbox) throws -> Outcomes {
    var outcomes = Outcomes()
    outcomes.generated = try generate(with: folder, sandbox)
    outcomes.information = try told(["info", folder, "--json"], sandbox)
    try run(
      [
        "resume", folder, "--steps", Self.steps.whole, "--moved",
        "\(old)=\(sandbox.path("inputs"))",
      ], sandbox)
    outcomes.resumed = try Self.hash(ofModel: folder + "/last.safetensors", sandbox)
    if !name.hasPrefix("table") {
      outcomes.evaluated = try told(
        ["evaluate", folder + "/last.safetensors", "inputs/\(input)", "--json"], sandbox)
    }
    return outcomes
  }

  private func generate(with folder: String, _ sandbox: Sandbox) throws -> String {
    let file = sandbox.path(name)
    switch name.prefix { $0 != "-" } {
    case "text":
      let text = try run(["generate", folder, "--prompt", "The ", "--length", "80"], sandbox)
      return FileHash(of: Array(text.bytes)).hex
    case "music":
      try run(["generate", folder, "--seconds", "1", "--output", file + ".wav"], sandbox)
      let samples = try Recording.read(file + ".wav", sampleRate: 8000).recording.channels
      return FileHash(of: Array("\(samples)".utf8)).hex
    case "notes":
      try run(["generate", folder, "--seconds", "5", "--output", file + ".mid"], sandbox)
      return FileHash(of: Array(try sandbox.bytes(name + ".mid"))).hex
    default:
      let answers = try run(["predict", folder, "inputs/\(input)"], sandbox)
      return FileHash(of: Array(answers.bytes)).hex
    }
  }

  private func told(_ arguments: [String], _ sandbox: Sandbox) throws -> String {
    let lines = try run(arguments, sandbox).output
    return lines.replacing(/"[^"]*\/inputs\//, with: "\"").replacing(/"model":"[^"]*",/, with: "")
      .replacing(/,"note":"[^"]*"/, with: "")
  }

  @discardableResult
  private func run(
    _ arguments: [String], _ sandbox: Sandbox, _ kernels: KernelChoice = .portable
  ) throws -> Outcome {
    let outcome = try sandbox.refrain(
      arguments, environment: ["REFRAIN_KERNELS": kernels.rawValue])
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome
  }

  /// The hash of everything in a model file but where and when its inputs were written, and its own hash.
  private static func hash(ofModel file: String, _ sandbox: Sandbox) throws -> String {
    let bytes = try sandbox.bytes(file)
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = String(decoding: bytes.dropFirst(8).prefix(length), as: UTF8.self)
      .replacing(/"hash":"[0-9a-f]{32}",/, with: "")
      .replacing(/\\"modified\\":[0-9]+/, with: "")
      .replacing(/\\"path\\":\\"[^"]*\/inputs\//, with: "")
      .trimmingCharacters(in: .whitespaces)
    return FileHash(of: Array(header.utf8) + bytes.dropFirst(8 + length)).hex
  }
}

extension EarlierRun {
  private static let network = [
    "--hidden", "9", "--layers", "2", "--batch-size", "3", "--sequence-length", "7",
    "--evaluate-every", "4",
  ]

  private static func text(_ name: String, _ options: String...) -> EarlierRun {
    EarlierRun(name: "text-" + name, input: "poem.txt", options: network + options)
  }

  private static func table(_ name: String, _ file: String, _ options: String...) -> EarlierRun {
    EarlierRun(
      name: "table-" + name, input: file,
      options: ["--hidden", "9", "--embedding", "5", "--batch-size", "8", "--evaluate-every", "4"]
        + options)
  }

  /// Every unit, every material, every scheme, every optimizer.
  static let all: [EarlierRun] = [
    text("lstm"),
    text("rnn", "--cell", "rnn", "--optimizer", "rmsprop", "--schedule", "step"),
    text("gru", "--cell", "gru", "--optimizer", "sgd", "--schedule", "plateau"),
    text("peephole", "--cell", "peephole", "--dropout", "0.2"),
    text("coupled", "--cell", "coupled", "--validation", "0"),
    text("mingru", "--cell", "mingru", "--schedule", "cosine", "--warmup", "2"),
    text("minlstm", "--cell", "minlstm", "--patience", "3"),
    text("mogrifier", "--cell", "mogrifier", "--embedding", "5"),
    text("tcn", "--cell", "tcn", "--embedding", "7"),
    text("window", "--cell", "window", "--embedding", "7", "--dropout", "0.1"),
    text("words", "--tokens", "word", "--embedding", "5", "--optimizer", "adamw"),
    text("bytes", "--tokens", "byte", "--keep", "1", "--sample-every", "3"),
    EarlierRun(name: "music-lstm", input: "songs", options: network + smallFrames),
    EarlierRun(
      name: "music-stereo", input: "songs",
      options: network + smallFrames + ["--stereo", "--cell", "gru", "--components", "2"]),
    EarlierRun(
      name: "music-lecture", input: "songs",
      options: smallFrames + ["--preset", "lecture", "--learning-rate", "1e-4"], isKept: false),
    EarlierRun(name: "notes-pieces", input: "pieces", options: network + ["--batch-norm"]),
    EarlierRun(
      name: "notes-collection", input: "pieces.json",
      options: network + ["--transpose", "2", "--cell", "gru"]),
    table("one-to-one", "numbers.csv", "--target-column", "sum", "--layers", "2"),
    table("many-to-one", "words.tsv", "--target-column", "language", "--input-column", "word"),
    table(
      "pooled", "words.tsv", "--target-column", "language", "--input-column", "word", "--cell",
      "tcn",
      "--test", "0.2"),
    table("many-to-many", "letters.tsv", "--target-column", "cases", "--dropout", "0.1"),
    table(
      "one-to-many", "words.tsv", "--target-column", "word", "--input-column", "language",
      "--input-kind", "label"),
    table(
      "delayed", "words.tsv", "--target-column", "sounds", "--input-column", "word", "--scheme",
      "many-to-many-delayed", "--cell", "gru"),
  ]
}
