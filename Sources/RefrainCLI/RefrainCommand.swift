import ArgumentParser
import Foundation
import Refrain

@main
struct RefrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refrain",
    abstract: "Trains recurrent networks on your own text, music, notes or tables, and uses them.",
    discussion: """
      Train on text, generate more of it, and continue the training:

        refrain train poems/ --to poems-run
        refrain generate poems-run --prompt "The sea" --length 400
        refrain resume poems-run --epochs 100

      Train on music and generate a sound file:

        refrain train recordings/ --to music-run
        refrain generate music-run --seconds 30 --output new.flac

      Train on a table and predict one of its columns for new rows:

        refrain train speakers.csv --to speakers-run --target-column speaker
        refrain predict speakers-run new.csv

      Find out which kind of network suits a text:

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
