public import Refrain

/// What the losses of a training say about what to do next.
///
/// ```swift
/// var advice = TrainingAdvice(learning: "text", output: network.description.output)
/// if let sentence = advice.add(training: 1.2, validation: 1.9) { print(sentence) }
/// ```
public struct TrainingAdvice: Sendable {
  /// What can be seen in the losses.
  public enum Finding: Equatable, Sendable {
    /// The validation loss has not become better for this many evaluations while training goes on
    /// falling.
    case learnsByHeart(evaluations: Int)
    /// The validation loss still falls, but training runs away from it.
    case gapGrows
    /// Neither loss falls any more.
    case stands
    /// Both losses fall.
    case falls
  }

  private let material: String
  private let isDensity: Bool
  private var losses: [(training: Double, validation: Double)] = []
  private var best = 0
  private var last: Finding?

  /// Evaluations that a finding rests on.
  private static let window = 4
  /// A loss falls that loses this share from one evaluation to the next.
  private static let falling = 0.002
  /// The gap is one beyond this share of the validation loss.
  private static let gap = 0.1

  /// At the beginning of a training, or where it goes on.
  ///
  /// - Parameters:
  ///   - material: what is learned, for the sentences: `text`, `music`.
  ///   - output: what the network predicts, and with it the loss. That of a density passes zero, so that no share
  ///     of it means anything: its differences are judged, as if it were the logarithm of an error.
  public init(learning material: String, output: ModelDescription.Output) {
    self.material = material
    if case .mixture = output { isDensity = true } else { isDensity = false }
  }

  /// What a share of a loss is in the loss's own measure. A squared error that shrinks by a share takes half
  /// of it, in nats per value, off the loss of a Gaussian density.
  private func share(_ share: Double, of loss: Double) -> Double {
    share * (isDensity ? 0.5 : loss)
  }

  /// Takes in an evaluation.
  ///
  /// - Parameters:
  ///   - training: the mean training loss since the evaluation before.
  ///   - validation: the loss on the validation part.
  /// - Returns: a sentence of advice, if there is something that has not been said yet.
  public mutating func add(training: Double, validation: Double) -> Sentence? {
    losses.append((training, validation))
    if validation < losses[best].validation { best = losses.count - 1 }
    guard let finding else { return nil }
    switch (finding, last) {
    case (.falls, _): return nil
    // Said again only once it has gone on for twice as long.
    case (.learnsByHeart(let now), .learnsByHeart(let then)) where now < 2 * then: return nil
    case (.gapGrows, .gapGrows), (.stands, .stands), (.gapGrows, .learnsByHeart): return nil
    default: break
    }
    last = finding
    return sentence(finding)
  }

  /// What to say when all steps are done: whether more of them would help.
  public var atTheEnd: Sentence? {
    finding.map(sentence)
  }

  /// What the losses show now; nil while there are too few.
  public var finding: Finding? {
    guard let last = losses.last, losses.count >= Self.window else { return nil }
    let before = losses[losses.count - Self.window]
    let steps = Double(Self.window - 1)
    let trainingFalls =
      before.training - last.training > share(Self.falling * steps, of: before.training)
    let sinceBest = losses.count - 1 - best
    if sinceBest >= Self.window - 1 {
      return trainingFalls ? .learnsByHeart(evaluations: sinceBest) : .stands
    }
    let gap = last.validation - last.training
    let gapBefore = before.validation - before.training
    if gap > share(Self.gap, of: last.validation) && gap > 1.1 * gapBefore { return .gapGrows }
    let improvement = before.validation - losses[best].validation
    return improvement > share(Self.falling * steps, of: before.validation) ? .falls : .stands
  }

  private func sentence(_ finding: Finding) -> Sentence {
    switch finding {
    case .learnsByHeart(let evaluations):
      return
        "The validation loss has not improved for \(evaluations) evaluations, while the training "
        + "loss still falls: the model begins to learn the \(material) by heart. Stop here (the best "
        + "model is kept), or start again with a higher \(.dropout) or a lower \(.hidden)."
    case .gapGrows:
      return
        "The training loss falls faster than the validation loss: a higher \(.dropout), or more "
        + "\(material), would help the model to generalise."
    case .stands:
      return
        "Neither the training nor the validation loss falls much any more: try a higher \(.hidden), "
        + "or another \(.learningRate) with \(.schedule) cosine."
    case .falls:
      return
        "The training and the validation loss are still falling together: train longer, or use a "
        + "larger model (\(.hidden), \(.layers))."
    }
  }
}
