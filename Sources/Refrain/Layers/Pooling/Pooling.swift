/// How many steps become one.
enum StepPooling {
  case last
  case mean
  case max
}

/// Lets only the last of all steps go on: many to one. Every sequence is then read from an empty state.
public struct LastStep: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.lastStep
  /// The last step.
  public init() {}
}

/// Lets the mean of all steps go on: many to one. Every sequence is then read from an empty state.
public struct MeanOverTime: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.meanOverTime
  /// The mean over time.
  public init() {}
}

/// Lets each value's greatest of all steps go on: many to one. Every sequence is then read from an empty
/// state.
public struct MaxOverTime: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.maxOverTime
  /// The maximum over time.
  public init() {}
}

/// A layer that makes one step of all.
protocol PoolingKind: LayerKind {
  var how: StepPooling { get }
}

extension PoolingKind {
  var traits: LayerTraits { [.spansSteps, .learnsNothing] }
  var pooling: StepPooling? { how }

  func engineLayer(_ site: LayerSite) -> (any Layer)? {
    PoolingLayer(how, input: site.input.activation, plan: site.plan)
  }
}

extension LastStep: PoolingKind {
  var inWords: String { "last step" }
  var how: StepPooling { .last }
}

extension MeanOverTime: PoolingKind {
  var inWords: String { "mean over time" }
  var how: StepPooling { .mean }
}

extension MaxOverTime: PoolingKind {
  var inWords: String { "max over time" }
  var how: StepPooling { .max }
}
