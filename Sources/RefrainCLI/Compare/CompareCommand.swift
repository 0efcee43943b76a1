import ArgumentParser
import Foundation
import Refrain
import RefrainRuns
import RefrainTools

/// `refrain compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Trains several kinds of networks of equal size on the same data and compares them.",
    usage: "refrain compare <input> ... [<options>]",
    discussion: """
      For each kind of unit, one network is trained on the same text or table, with the same seed and for \
      the same time or number of steps. All networks have about as many parameters as an LSTM with --hidden \
      and --layers; the number of units per layer is chosen accordingly. The result is a table, with the \
      lowest validation loss first, and a picture of the losses over time. The models are not kept. \
      Ctrl-C stops the comparison and prints the table of the results so far.

        refrain compare poems/ --minutes 1
        refrain compare novel.txt --cells lstm,gru --hidden 256 --steps 2000
        refrain compare speakers.csv --target-column speaker --minutes 1
      """)

  @Argument(
    help: ArgumentHelp(
      "Files or folders of text (.gz is read too), - for text on standard input, or one table.",
      valueName: "input"))
  var inputs: [String] = []

  @OptionGroup(title: "The comparison")
  var options: CompareOptions
  @OptionGroup(title: "Tables")
  var table: TableTrainOptions
  @OptionGroup(title: "Optimisation")
  var optimizer: OptimizerOptions
  @OptionGroup(title: "Running")
  var threads: ThreadsOption

  func run() async throws {
    guard !inputs.isEmpty else {
      throw UsageError(
        "Name the data to compare on: files or folders of text, a table, or - for text on standard input."
      )
    }
    _ = try options.namedUnits
    try options.checkOutput()
    let training = try options.training(optimizer, table, threads)
    let material = try Register.material(of: inputs, training)
    try training.checkMeaning(for: material, "\(inputs[0]) \(material.predicate)")
    let interruption = Interruption()
    try await material.compare(self, training, interruption)
    if interruption.isRequested { throw ExitCode(interruption.exitStatus) }
  }

  func checkValidation(_ isThere: Bool) throws {
    if isThere { return }
    throw UsageError(
      "--validation must be greater than 0: units are compared on data that none was trained on.")
  }

  /// - Parameter folder: what is left over if it is interrupted.
  func read<Task>(
    _ material: String, _ interruption: Interruption, folder: String? = nil,
    _ begin: () throws -> Task
  ) throws -> Task {
    interruption.endAtOnce { if let folder { RunFolder(folder).remove() } }
    defer { interruption.endAtOnce(after: nil) }
    return try options.json ? begin() : reading(material, begin)
  }

  func compare(
    _ task: some ComparedTask, _ words: ComparisonWords, _ units: [SequenceUnit],
    _ interruption: Interruption
  ) async throws {
    let comparison = try UnitComparison(task, units: units)
    let screen = options.json ? nil : ComparisonScreen(comparison, words)
    try screen?.begin()
    for try await event in comparison {
      if case .begin = event, let trainer = comparison.trainer {
        interruption.whenRequested { trainer.stop() }
      }
      // A training that was stopped has no end.
      if case .end(let result) = event, result.end == nil { break }
      try screen?.show(event)
      if options.json, case .end(let result) = event {
        try Terminal.output.json(result.json(words))
      }
      if interruption.isRequested { break }
    }
    if options.json, let last = comparison.results.last, last.end == nil {
      try Terminal.output.json(last.json(words))
    }
    let picture = ComparisonPicture(comparison, words).svg
    if let picture { try DurableFile.write(Array(picture.utf8), to: options.output) }
    try screen?.finish(picture: picture == nil ? nil : options.output)
  }
}
