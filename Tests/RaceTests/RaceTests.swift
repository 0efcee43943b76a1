import Foundation
import Race
import Refrain
import RefrainText
import Testing

@Suite("The race")
struct RaceTests {
  private let curve = Curve(
    "ours",
    [
      .init(seconds: 2.04, tokens: 500_000, loss: 2.1),
      .init(seconds: 4, tokens: 1_000_000, loss: 1.88),
      .init(seconds: 6.06, tokens: 1_500_000, loss: 1.7),
      .init(seconds: 8, tokens: 2_000_000, loss: 1.75),
    ])

  @Test func theGoalIsReachedAtTheFirstEvaluationBelowIt() {
    #expect(curve.seconds(to: RaceReport.goal) == 4)
    #expect(curve.seconds(to: 1.6) == nil)
    #expect(curve.best?.seconds == 6.06)
  }

  @Test func aTableHasALinePerTraining() {
    let slow = Curve("slow", [.init(seconds: 9, tokens: 90_000, loss: 2.5)])
    #expect(
      RaceReport([curve, slow, Curve("nothing")]).table == """
        | training | seconds to 1.88 | best validation loss | after seconds | tokens read |
        |---|--:|--:|--:|--:|
        | ours | 4.0 | 1.700 | 6 | 1.5 M |
        | slow | – | 2.500 | 9 | 0.1 M |

        """)
  }

  @Test func aFolderHasNumbersTableAndPicture() throws {
    let folder = NSTemporaryDirectory() + "refrain-race-test-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try RaceReport([curve, .nanoGPT]).write(to: folder)
    let csv = try String(contentsOfFile: folder + "/race.csv", encoding: .utf8)
    #expect(csv.split(separator: "\n").count == 6)
    #expect(csv.contains("\"ours\",6.1,1500000,1.7000\n"))
    let picture = try String(contentsOfFile: folder + "/race.svg", encoding: .utf8)
    #expect(picture.contains("ours") && picture.contains("nanoGPT (recorded)"))
    #expect(FileManager.default.fileExists(atPath: folder + "/race.md"))
  }

  @Test func aPeersLineIsAnEvaluation() throws {
    let line = #"{"seconds": 30.5, "tokens": 102400, "loss": 2.25}"#
    #expect(
      try PyTorchTraining.point(line) == Curve.Point(seconds: 30.5, tokens: 102_400, loss: 2.25))
    #expect(throws: (any Error).self) { try PyTorchTraining.point("Killed") }
  }

  @Test(arguments: TextTrainingPreset.allCases)
  func thePeerGetsThePresetsRecipe(_ preset: TextTrainingPreset) throws {
    let training = PyTorchTraining(preset: preset, text: "in.txt", threads: 2, python: "python3")
    let arguments = training.arguments
    for (name, value) in [
      ("--hidden", "\(preset.model.hidden)"), ("--threads", "2"),
      ("--learning-rate", "\(preset.configuration.learningRate)"),
    ] {
      let place = try #require(arguments.firstIndex(of: name))
      #expect(arguments[place + 1] == value)
    }
  }
}
