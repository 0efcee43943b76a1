import ArgumentParser
import Refrain
import RefrainRuns

/// Tells what happens in a training.
protocol TrainingReporter<M>: AnyObject {
  associatedtype M: CommandMaterial

  /// Before the first step of a new run, or of one that goes on.
  func begin(_ run: Run<M>) throws
  /// What has happened.
  func show(_ event: Run<M>.Event, of run: Run<M>) throws
  /// The user has stopped the training, and its model is saved.
  func interrupted(_ run: Run<M>) throws
}

/// Who tells about a training: for people or for programs.
func reporter<M: CommandMaterial>(json: Bool) -> any TrainingReporter<M> {
  json ? TrainingJSON<M>() : TrainingScreen<M>()
}

/// A training from its first event to its last.
struct TrainingSession<M: CommandMaterial> {
  let run: Run<M>
  let reporter: any TrainingReporter<M>
  let interruption: Interruption

  /// Tells what is to be learned and trains until the limits end it, or the user does.
  ///
  /// - Throws: ``ExitCode`` after an interruption, ``Failure`` where the training diverges, and what
  ///   reading and writing throw.
  func train() async throws {
    try reporter.begin(run)
    interruption.whenRequested { [trainer = run.trainer] in trainer.stop() }
    for try await event in run {
      try reporter.show(event, of: run)
      guard case .training(let event) = event else { continue }
      switch event {
      case .checkpoint: interruption.endAtOnce(after: nil)
      case .end(.diverged(let loss, let step)):
        throw Failure(TrainingEnd.diverged(loss: loss, step: step).explanation.inCommand)
      case .end: return
      case .step, .evaluation: break
      }
    }
    // Without an end it was stopped, and its last event was a checkpoint.
    try reporter.interrupted(run)
    throw ExitCode(interruption.exitStatus)
  }
}
