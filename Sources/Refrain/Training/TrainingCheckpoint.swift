/// Everything that is needed to go on with a training besides the network itself.
public struct TrainingCheckpoint: Equatable, Sendable {
  /// What the training computes.
  public let configuration: TrainingConfiguration
  /// When it was to end.
  public let limits: TrainingLimits
  /// Where it stands.
  public let progress: TrainingProgress
  /// One moment of the optimizer: for each parameter of the network, its values.
  public struct Moment: Equatable, Sendable {
    /// Such as `first_moment`.
    public let name: String
    /// Values in the order of ``Network/parameterNames``.
    public let values: [[Float]]
  }
  /// The optimizer's moments.
  public let moments: [Moment]
  /// The network's state for each sequence of the batch.
  public let state: State
}

extension TrainingCheckpoint {
  /// The same without a plan of its steps.
  package var withoutPlan: TrainingCheckpoint {
    var progress = progress
    progress.plan = nil
    return TrainingCheckpoint(
      configuration: configuration, limits: limits, progress: progress, moments: moments,
      state: state)
  }
}

extension TrainingLoop {
  func checkpoint() -> TrainingCheckpoint {
    let tensors = network.layout.parameters.tensors
    return TrainingCheckpoint(
      configuration: configuration, limits: limits, progress: progress,
      moments: zip(configuration.optimizer.momentNames, optimizer.moments).map { name, flat in
        .init(name: name, values: tensors.map { network.values(of: $0, in: flat) })
      },
      state: workspace.state())
  }

  /// Puts back the states of the optimizer and the network, as far as they still fit.
  ///
  /// - Throws: ``TrainingConfigurationError/otherTraining`` if it never did.
  func restore(_ checkpoint: TrainingCheckpoint) throws {
    let counts = network.layout.parameters.tensors.map(\.count)
    guard checkpoint.moments.map(\.name) == checkpoint.configuration.optimizer.momentNames,
      checkpoint.moments.allSatisfy({ $0.values.map(\.count) == counts }),
      checkpoint.state.hasVectors(of: workspace.state(sequences: 0))
    else { throw TrainingConfigurationError.otherTraining }
    optimizer.steps = progress.step - progress.optimizerBegan
    if configuration.optimizer.isOfKind(checkpoint.configuration.optimizer) {
      for (moment, flat) in zip(checkpoint.moments, optimizer.moments) {
        for (tensor, values) in zip(network.layout.parameters.tensors, moment.values) {
          network.set(tensor, in: flat, to: values)
        }
      }
    }
    if configuration.hasBatches(of: checkpoint.configuration) {
      workspace.setState(checkpoint.state)
    }
  }
}

extension TrainingProgress {
  /// Goes on with a configuration that may have changed: with other batches at the same share of the
  /// epoch, with another optimizer from its beginning.
  ///
  /// - Throws: ``TrainingConfigurationError/otherTraining`` if the text has no such place.
  mutating func go(
    on checkpoint: TrainingCheckpoint, with configuration: TrainingConfiguration, _ plan: BatchPlan
  ) throws {
    let old = checkpoint.configuration
    guard batch < plan.batchesPerEpoch(old) else {
      throw TrainingConfigurationError.otherTraining
    }
    if !configuration.hasBatches(of: old) {
      let share = Double(batch) / Double(plan.batchesPerEpoch(old))
      let count = plan.batchesPerEpoch(configuration)
      batch = min(Int(share * Double(count)), count - 1)
    }
    if !configuration.optimizer.isOfKind(old.optimizer) { optimizerBegan = step }
  }
}

extension TrainingConfiguration {
  fileprivate func hasBatches(of other: TrainingConfiguration) -> Bool {
    (batchSize, sequenceLength) == (other.batchSize, other.sequenceLength)
  }
}

extension Optimizer {
  /// Whether the moments of `other` mean the same here. Adam's and AdamW's do.
  fileprivate func isOfKind(_ other: Optimizer) -> Bool { momentNames == other.momentNames }
}

extension State {
  fileprivate func hasVectors(of other: State) -> Bool {
    vectors.count == other.vectors.count
      && zip(vectors, other.vectors).allSatisfy {
        $0.layer == $1.layer && $0.index == $1.index && $0.hidden == $1.hidden
          && $0.values.count == batch * $0.hidden
      }
  }
}
