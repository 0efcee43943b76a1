internal import Foundation
public import Refrain

/// What the minutes of a training have come to: so many steps, with such learning rates. Another training
/// with the same inputs and settings repeats it bit for bit, whatever the clock says.
public struct RepeatedPlan: Sendable {
  /// The plan.
  public let plan: StepPlan
  /// The limits of that training.
  public let limits: TrainingLimits

  /// Reads the plan of the last model in a run folder, or of a model file.
  ///
  /// - Throws: ``RunFolderError``, ``/Refrain/ModelFileError``, ``RepeatedPlanError``.
  public init(of path: String) throws {
    let last = RunFolder(path).last
    let model = try TrainedModel(FileManager.default.fileExists(atPath: last) ? last : path)
    guard let training = model.file.training, training.limits.minutes != nil,
      let plan = training.progress.plan
    else { throw RepeatedPlanError(path: path) }
    (self.plan, limits) = (plan, training.limits)
  }
}

/// A training has no plan that could be repeated.
public struct RepeatedPlanError: SentenceError, Equatable {
  /// Its run folder or model file.
  public let path: String

  /// One sentence.
  public var sentence: Sentence {
    "\(path) was not trained by \(.minutes), so there is no plan to repeat: leave out \(.plan)."
  }
}
