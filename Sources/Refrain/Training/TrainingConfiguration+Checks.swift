/// Why a training cannot begin or go on.
public enum TrainingConfigurationError: Error, Equatable, CustomStringConvertible {
  /// A setting is not what it must be.
  case setting(String, mustBe: String)
  /// The training to go on with was one of another network or of another text.
  case otherTraining
  /// The network reads from both ends what is read as a stream.
  case readsFromTheEnd
  /// The network has an encoder, and what is read is a stream.
  case needsRows
  /// A row, counted from 0, does not suit the network.
  case row(Int, String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .setting(let name, let range): return "\(name) must be \(range)."
    case .otherTraining:
      return "The training to go on with does not belong to this network and text; take all three "
        + "from the same run."
    case .needsRows:
      return "A network with an encoder learns from rows, each with a sequence to read and one to "
        + "say, and a text or music is one stream; give it rows."
    case .row(let row, let problem): return "Row \(row + 1) \(problem)."
    case .readsFromTheEnd:
      return
        "A network that reads from both ends needs sequences that end, and a text or music that is "
        + "read as a stream has no end; let one output follow each sequence (a last step, a mean or "
        + "a maximum over time), or read in one direction."
    }
  }
}

// What comes out of a file can be anything.
extension TrainingConfiguration {
  /// - Throws: ``TrainingConfigurationError``.
  func check() throws {
    try require(batchSize >= 1, "The batch size", "1 or more")
    try require(sequenceLength >= 1, "The sequence length", "1 or more")
    try require(evaluateEvery >= 1, "The steps between two evaluations", "1 or more")
    try require(saveEvery >= 0, "The steps between two saved models", "0 or more")
    try require(patience >= 0, "The patience", "0 or more")
    try require(learningRate >= 0 && learningRate.isFinite, "The learning rate", "0 or more")
    try require(clip >= 0 && clip.isFinite, "The clip", "0 or more")
    try require((0...most).contains(schedule.warmup), "The warm-up", "0 steps or more")
  }
}

extension TrainingLimits {
  /// - Throws: ``TrainingConfigurationError``.
  func check() throws {
    try require((0...most).contains(steps ?? 0), "The number of steps", "0 or more")
    try require((0...most).contains(epochs ?? 0), "The number of epochs", "0 or more")
    let minutes = minutes ?? 0
    try require(minutes >= 0 && minutes.isFinite, "The number of minutes", "0 or more")
  }
}

extension TrainingProgress {
  /// - Throws: ``TrainingConfigurationError``.
  func check() throws {
    let counts =
      [
        step, batch, epoch, bestStep ?? 0, evaluationsSinceBest, plateaus, evaluationsOnPlateau,
      ] + (plan?.revisions ?? []).flatMap { [$0.decided, $0.steps] }
    for count in counts { try require((0...most).contains(count), "A count", "0 or more") }
    try require((0...step).contains(optimizerBegan), "The optimizer's beginning", "a past step")
  }
}

/// More steps than anyone trains, with room to count on.
private let most = 1 << 48

private func require(_ condition: Bool, _ name: String, _ range: String) throws {
  if !condition { throw TrainingConfigurationError.setting(name, mustBe: range) }
}
