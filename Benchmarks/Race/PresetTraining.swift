internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainText

/// Our side: a training by a preset, exactly as `refrain train --preset` runs it.
struct PresetTraining {
  let preset: TextTrainingPreset
  let text: String
  let threads: Int

  var name: String { "Refrain, \(preset.rawValue)" }

  /// Trains in a folder that is removed afterwards.
  ///
  /// - Parameter tell: is told each evaluation as it comes.
  func run(tell: (Curve.Point) -> Void) async throws -> Curve {
    let folder = NSTemporaryDirectory() + "refrain-race-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var request = TextTrainingRequest(inputs: [text], preset: preset)
    request.threads = threads
    let clock = ContinuousClock()
    let begin = clock.now
    var curve = Curve(name)
    let run = try TextRun(request, to: folder)
    let tokensOfStep =
      run.trainer.configuration.batchSize * run.trainer.configuration.sequenceLength
    for try await event in run {
      switch event {
      case .training(.evaluation(let report)):
        let point = Curve.Point(
          seconds: (clock.now - begin) / .seconds(1), tokens: report.step * tokensOfStep,
          loss: report.loss)
        curve.points.append(point)
        tell(point)
      case .training(.end(.diverged(let loss, let step))):
        throw RaceError(TrainingEnd.diverged(loss: loss, step: step).explanation.description)
      default: break
      }
    }
    return curve
  }
}
