public import ArgumentParser
internal import Foundation
public import RefrainText

/// `make race`: validation loss against seconds, ours and PyTorch's, by the same recipes.
@main
struct RaceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Race",
    abstract: "Trains on a text by each preset, here and in PyTorch, and compares the losses.")

  @Argument(help: "The text; tiny-shakespeare is what recorded figures are of.")
  var text: String

  @Option(help: "Only this preset; may be repeated (default: quick and best).")
  var only: [TextTrainingPreset] = []

  @Option(
    help:
      "A Python that has PyTorch (default: .build/bench-peers/pytorch/bin/python, if there).")
  var python: String?

  @Flag(help: "Leaves PyTorch out.")
  var alone = false

  @Option(help: "Threads of both; 0: all cores.")
  var threads = 0

  @Option(help: "The folder for race.csv, race.md and race.svg.")
  var to = "race"

  private static let usualPython = ".build/bench-peers/pytorch/bin/python"

  func validate() throws {
    if !FileManager.default.fileExists(atPath: text) {
      throw ValidationError(
        "There is no text at \(text); name one: make race DATA=path/to/tinyshakespeare.txt. "
          + "Tiny-shakespeare is data/tinyshakespeare/input.txt of github.com/karpathy/char-rnn.")
    }
    if !(0...1024).contains(threads) {
      throw ValidationError("--threads must be between 0 and 1024, not \(threads).")
    }
    if let python, !FileManager.default.isExecutableFile(atPath: python) {
      throw ValidationError("There is no program at \(python); give the path of a Python.")
    }
  }

  func run() async throws {
    var curves: [Curve] = []
    let python = peer()
    for preset in only.isEmpty ? [.quick, .best] : only {
      let ours = PresetTraining(preset: preset, text: text, threads: threads)
      curves.append(try await ours.run { tell($0, of: ours.name) })
      if let python {
        let theirs = PyTorchTraining(
          preset: preset, text: text, threads: threads, python: python)
        curves.append(try theirs.run { tell($0, of: theirs.name) })
      }
    }
    let report = RaceReport(curves + [.nanoGPT])
    try report.write(to: to)
    print("\n\(report.table)\nThe curves are in \(to)/race.csv and \(to)/race.svg.")
  }

  /// The Python that PyTorch is run with; nil: it is left out, and that is said.
  private func peer() -> String? {
    if alone { return nil }
    if let python { return python }
    if FileManager.default.isExecutableFile(atPath: Self.usualPython) { return Self.usualPython }
    print("PyTorch is left out: make bench-peers installs it, --python names another Python.")
    return nil
  }

  private func tell(_ point: Curve.Point, of name: String) {
    print(
      name + String(format: "  %7.1f s  %.4f nats per character", point.seconds, point.loss))
    fflush(nil)
  }
}

extension TextTrainingPreset: ExpressibleByArgument {}

/// Why a race has no result.
struct RaceError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
