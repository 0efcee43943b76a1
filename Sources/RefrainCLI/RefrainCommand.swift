import ArgumentParser
import Foundation
import Refrain

@main
struct RefrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refrain",
    abstract: "Trains recurrent networks on your own text or music, and lets them go on with it.",
    discussion: """
      For example:

        refrain train poems/ --to poems-run
        refrain generate poems-run --prompt "The sea" --length 400
        refrain resume poems-run --epochs 100
        refrain train recordings/ --to music-run
        refrain train speakers.csv --to speakers-run --target-column speaker
        refrain predict speakers-run new.csv
        refrain compare poems/ --cells lstm,gru,tcn --minutes 2
      """,
    version: RefrainVersion.version,
    subcommands: [
      DemoCommand.self, TrainCommand.self, ResumeCommand.self, GenerateCommand.self,
      PredictCommand.self, EvaluateCommand.self, CompareCommand.self, InfoCommand.self,
      ReplayCommand.self, DoctorCommand.self, BenchmarkCommand.self,
    ])

  /// Runs the command; whatever goes wrong becomes one sentence on standard error.
  static func main() async {
    // A file at its limit of size is an error with a sentence, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      ErrorReport(error, of: self).end()
    }
  }
}
