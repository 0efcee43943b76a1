import ArgumentParser
import Foundation
import Refrain
import RefrainText

/// `refrain compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Trains several units at equal size on the same text, and compares them.",
    usage: "refrain compare <input> ... [<options>]",
    discussion: """
      Each unit is trained on the same text, from the same seed, for the same minutes or steps, in a \
      network of as many parameters as the LSTM of --hidden and --layers has: the number of units is \
      chosen for that. A table and a picture say which has learned best. Nothing but the picture is kept. \
      Ctrl-C ends the comparison with the table of what is done.

        refrain compare poems/ --minutes 1
        refrain compare novel.txt --cells lstm,gru --hidden 256 --steps 2000
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and folders of text; may be .gz, or - for standard input.", valueName: "input"))
  var inputs: [String] = []

  @OptionGroup(title: "The comparison")
  var options: CompareOptions
  @OptionGroup(title: "Optimisation")
  var optimizer: OptimizerOptions
  @OptionGroup(title: "Running")
  var threads: ThreadsOption

  func run() async throws {
    guard !inputs.isEmpty else {
      throw UsageError("Name the text to compare on: files, folders, or - for standard input.")
    }
    let kind = try InputKind(of: inputs)
    guard kind == .text else {
      throw UsageError(
        "\(inputs[0]) \(kind.predicate), and units are compared on text; name a text.")
    }
    let units = try options.units.map(\.unit)
    try options.checkOutput()
    let request = try options.request(inputs: inputs, optimizer, threads)
    if request.validation == .tail(0) {
      throw UsageError(
        "--validation must be greater than 0, as units are compared on text that none has learned.")
    }
    let interruption = Interruption()
    let comparison = try begin(request, units, interruption)
    let screen = options.json ? nil : ComparisonScreen(comparison)
    try screen?.begin()
    for try await event in comparison {
      try screen?.show(event)
      if options.json, case .end(let result) = event { try tell(result, of: comparison) }
      if interruption.isRequested { break }
    }
    try finish(comparison, screen)
    if interruption.isRequested { throw ExitCode(interruption.exitStatus) }
  }

  private func begin(
    _ request: TextTrainingRequest, _ units: [SequenceUnit], _ interruption: Interruption
  ) throws -> UnitComparison {
    let folder = NSTemporaryDirectory() + "refrain-comparison-\(UUID().uuidString)"
    interruption.endAtOnce { RunFolder(folder).remove() }
    defer { interruption.endAtOnce(after: nil) }
    let begin = { try UnitComparison(request, units: units, temporaryFolder: folder) }
    return try options.json ? begin() : reading("text", begin)
  }

  private func finish(
    _ comparison: UnitComparison, _ screen: ComparisonScreen?
  ) throws {
    if options.json, let last = comparison.results.last, last.end == nil {
      try tell(last, of: comparison)
    }
    let picture = ComparisonPicture(comparison).svg
    if let picture { try DurableFile.write(Array(picture.utf8), to: options.output) }
    try screen?.finish(picture: picture == nil ? nil : options.output)
  }

  private func tell(_ result: ComparedResult, of comparison: UnitComparison) throws {
    try Terminal.output.json(result.json(unit: comparison.corpus.vocabulary.unit))
  }
}
