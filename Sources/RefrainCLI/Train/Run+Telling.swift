import Refrain
import RefrainRuns

extension Run where M: CommandMaterial {
  /// Whether a part is kept to validate on.
  var hasValidation: Bool { material.validation != nil }

  /// A loss in every measure that has a meaning here.
  func measures(_ loss: Double) -> String {
    material.measures(loss, of: trainer.network.description)
  }

  /// What one training step reads.
  var batchInWords: String {
    let configuration = trainer.configuration
    if case .rows = material.training {
      return "\(configuration.batchSize.of("row")) in each training step"
    }
    return
      "\(configuration.batchSize.of("sequence")) of \(configuration.sequenceLength.of("time step")) "
      + "in each training step"
  }

  /// Whether the training has hardly begun.
  var hasFewSteps: Bool { trainer.progress.step < material.words.fewSteps.limit }

  /// The command that gives a training that has ended more.
  func commandForMore(after end: TrainingEnd) -> String {
    let command = "refrain resume \(folder.path.quotedForShell)"
    if case .noImprovement = end { return "\(command) --allow-config-change --patience 0" }
    let limits = trainer.checkpoint().limits
    let factor = hasFewSteps ? 20 : 2
    if let epochs = limits.epochs { return "\(command) --epochs \(factor * epochs)" }
    if let steps = limits.steps { return "\(command) --steps \(factor * steps)" }
    guard let minutes = limits.minutes else { return command }
    return "\(command) --minutes \(minutes.plain)"
  }
}
