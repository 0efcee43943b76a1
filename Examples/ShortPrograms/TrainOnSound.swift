import Refrain
import RefrainMusic

/// Trains on the sound files in a folder, and leaves the model and what it plays in a run folder.
func trainOnSound(_ recordings: String, to folder: String) async throws {
  var request = MusicTrainingRequest(inputs: [recordings])
  request.settings.sampleRate = 8000
  request.settings.fftSize = 256
  request.settings.window = 256
  request.settings.hop = 64
  request.model?.hidden = 32
  request.configuration.evaluateEvery = 50
  request.limits = TrainingLimits(steps: 100)

  let run = try MusicRun(request, to: folder)
  print("\(run.material.corpus.frames.count) frames of sound")
  for try await event in run {
    guard case .sample(let sample, let step) = event else { continue }
    let evaluation = sample.evaluation
    print("step \(step): error \(evaluation.error), by repetition \(evaluation.copyError)")
    print("listen to \(sample.sound), look at \(sample.picture)")
  }
}
