public import Refrain

/// What a training is asked for: what every training can be, and the ``options`` of its material, which are
/// read and written as if they were properties of the request.
///
/// ```swift
/// var request = TrainingRequest<TextMaterial>(inputs: ["poems.txt"])
/// request.limits = TrainingLimits(minutes: 5)
/// request.model.hidden = 256
/// ```
@dynamicMemberLookup
public struct TrainingRequest<M: Material>: Sendable {
  /// Files and folders.
  public var inputs: [String]
  /// How it is trained.
  public var configuration: TrainingConfiguration
  /// When the training ends.
  public var limits: TrainingLimits
  /// A model file or run folder whose weights to begin with.
  public var startFrom: String?
  /// The plan of another training by minutes to follow instead of the clock; then ``limits`` have minutes.
  public var repeating: RepeatedPlan?
  /// Steps between two samples of what the model makes; 0: one at each evaluation.
  public var sampleEvery = 0
  /// Models of the last evaluations to keep besides the best and the last.
  public var keep = 0
  /// How many threads to use; 0: all cores.
  public var threads = 0
  /// What only this material can be asked for.
  public var options: M.Options

  /// A training with these options.
  public init(
    inputs: [String], options: M.Options,
    configuration: TrainingConfiguration = TrainingConfiguration(),
    limits: TrainingLimits = TrainingLimits(epochs: 50)
  ) {
    self.inputs = inputs
    self.options = options
    self.configuration = configuration
    self.limits = limits
  }

  /// An option of the material.
  public subscript<Value>(dynamicMember path: WritableKeyPath<M.Options, Value>) -> Value {
    get { options[keyPath: path] }
    set { options[keyPath: path] = newValue }
  }
}
