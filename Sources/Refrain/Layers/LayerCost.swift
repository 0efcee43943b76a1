/// What a layer costs: multiplications by its weights, each with an addition, in a forward pass over one
/// sequence. Training takes about three times as many. What is done value by value does not count.
public struct LayerCost: Equatable, Sendable {
  /// At each step.
  public internal(set) var perStep = 0
  /// Once per sequence: by what follows a last step, and by what begins with an encoder's summary.
  public internal(set) var perSequence = 0
  /// At each step, for each step that an encoder has read: by an attention.
  public internal(set) var perStepRead = 0

  static func + (one: LayerCost, other: LayerCost) -> LayerCost {
    LayerCost(
      perStep: one.perStep + other.perStep, perSequence: one.perSequence + other.perSequence,
      perStepRead: one.perStepRead + other.perStepRead)
  }

  /// The same where only one step is left of all.
  var oncePerSequence: LayerCost {
    LayerCost(perSequence: perStep + perSequence, perStepRead: perStepRead)
  }
}

extension [ParameterTensor] {
  /// Multiplications of values by the parameters, each with an addition.
  var multiplications: Int { reduce(0) { $0 + ($1.isMultiplied ? $1.count : 0) } }
}
