import Refrain
import RefrainText

/// Trains on a file of text, or a folder of them, and leaves the model and what it writes in a run folder.
func trainOnText(_ text: String, to folder: String) async throws {
  var request = TextTrainingRequest(inputs: [text])
  request.model.hidden = 64
  request.model.layers = 1
  request.configuration.batchSize = 16
  request.configuration.sequenceLength = 40
  request.configuration.learningRate = 0.01
  request.configuration.evaluateEvery = 200
  request.limits = TrainingLimits(steps: 800)

  let run = try TextRun(request, to: folder)
  for try await event in run {
    switch event {
    case .training(.evaluation(let report)):
      print("step \(report.step): validation loss \(report.loss)")
    case .sample(let text, let step): print("written after step \(step): \(text)")
    default: continue
    }
  }
}
