import ArgumentParser
import Foundation
import Refrain
import RefrainText

/// Tells what happens in a training.
protocol TrainingReporter: AnyObject {
  /// Before the first step of a new run, or of one that goes on.
  func begin(_ run: TextRun) throws
  /// What has happened.
  func show(_ event: TextRun.Event, of run: TextRun) throws
  /// The user has stopped the training, and its model is saved.
  func interrupted(_ run: TextRun) throws
}

/// A training from its first event to its last.
struct TrainingSession {
  let run: TextRun
  let reporter: any TrainingReporter
  let interruption: Interruption

  /// Trains until the limits end it, or the user does.
  ///
  /// - Throws: ``ExitCode`` after an interruption, ``Failure`` where the training diverges, and what
  ///   reading and writing throw.
  func train() async throws {
    for try await event in run {
      try reporter.show(event, of: run)
      guard case .training(let event) = event else { continue }
      switch event {
      case .checkpoint: interruption.endAtOnce(after: nil)
      case .end(.diverged(let loss, let step)):
        throw Failure(TrainingEnd.diverged(loss: loss, step: step).explanation)
      case .end: return
      case .step, .evaluation: break
      }
      if interruption.isRequested && isPlaceToStop(event) {
        try run.save()
        try reporter.interrupted(run)
        throw ExitCode(interruption.exitStatus)
      }
    }
  }

  /// Whether nothing that belongs to the steps already done is still to come.
  private func isPlaceToStop(_ event: TrainingEvent) -> Bool {
    switch event {
    case .checkpoint: true
    case .step(let report): report.step % run.trainer.configuration.evaluateEvery != 0
    case .evaluation, .end: false
    }
  }
}
