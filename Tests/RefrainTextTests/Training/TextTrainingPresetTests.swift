import Foundation
import Refrain
import RefrainRuns
import RefrainText
import Testing

struct TextTrainingPresetTests {
  private let scratch = try! Scratch()

  @Test(arguments: TextTrainingPreset.allCases)
  func aPresetIsATrainingThatCanBegin(_ preset: TextTrainingPreset) async throws {
    let poem = String(repeating: "the sea came in, the sea went out.\n", count: 9)
    var request = TextTrainingRequest(inputs: [try scratch.write(poem)], preset: preset)
    #expect(request.limits == preset.limits)
    request.limits = TrainingLimits(steps: 2)
    let run = try TextRun(request, to: scratch.path + "/\(preset)")
    for try await _ in run {}
    #expect(run.trainer.progress.step == 2)
    // The text is short, so the batch is smaller than the preset's; nothing else is.
    #expect(run.trainer.configuration.learningRate == preset.configuration.learningRate)
    #expect(run.trainer.configuration.schedule == preset.configuration.schedule)
    let description = run.trainer.network.description
    #expect(TextModel(description) == preset.model)
  }

  @Test func laterOnesTakeLonger() {
    let minutes = TextTrainingPreset.allCases.compactMap(\.limits.minutes)
    #expect(minutes.count == 3)
    #expect(minutes == minutes.sorted())
  }
}
