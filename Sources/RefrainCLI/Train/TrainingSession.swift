import ArgumentParser
import Refrain

/// Tells what happens in a training.
protocol TrainingReporter<Run>: AnyObject {
  associatedtype Run: TrainingRun

  /// Before the first step of a new run, or of one that goes on.
  func begin(_ run: Run) throws
  /// What has happened.
  func show(_ event: Told<Run.Made>, of run: Run) throws
  /// The user has stopped the training, and its model is saved.
  func interrupted(_ run: Run) throws
}

/// Who tells about a training: for people or for programs.
func reporter<Run: TrainingRun>(json: Bool) -> any TrainingReporter<Run> {
  json ? TrainingJSON<Run>() : TrainingScreen<Run>()
}

/// A training from its first event to its last.
struct TrainingSession<Run: TrainingRun> {
  let run: Run
  let reporter: any TrainingReporter<Run>
  let interruption: Interruption

  /// Tells what is to be learned and trains until the limits end it, or the user does.
  ///
  /// - Throws: ``ExitCode`` after an interruption, ``Failure`` where the training diverges, and what
  ///   reading and writing throw.
  func train() async throws {
    try reporter.begin(run)
    interruption.whenRequested { [trainer = run.trainer] in trainer.stop() }
    for try await event in run {
      let told = Run.told(by: event)
      try reporter.show(told, of: run)
      guard case .training(let event) = told else { continue }
      switch event {
      case .checkpoint: interruption.endAtOnce(after: nil)
      case .end(.diverged(let loss, let step)):
        throw Failure(TrainingEnd.diverged(loss: loss, step: step).explanation)
      case .end: return
      case .step, .evaluation: break
      }
    }
    // Without an end it was stopped, and its last event was a checkpoint.
    try reporter.interrupted(run)
    throw ExitCode(interruption.exitStatus)
  }
}
