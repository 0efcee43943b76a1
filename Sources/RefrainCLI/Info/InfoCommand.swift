internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainText

/// `refrain info`.
struct InfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Shows what a model is, how it was trained and how well it did.",
    discussion: "  refrain info poems-run")

  @Argument(help: "A run folder, of which the best model is used, or a model file.")
  var model: String

  @Flag(help: "Prints one JSON object instead of text.")
  var json = false

  func run() async throws {
    let facts = try ModelFacts(TrainedModel(model))
    if json { return try Terminal.output.json(facts.json) }
    try Terminal.output.write(try facts.text + "\n")
  }
}
