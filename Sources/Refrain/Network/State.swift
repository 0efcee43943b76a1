/// What a network carries from step to step, outputs and cell states: a value that can be copied, saved and
/// compared. A network that goes on from a copy does not touch the original.
public struct State: Equatable, Sendable {
  /// One vector that a layer carries.
  public struct Vector: Equatable, Sendable {
    /// Which layer of the description it belongs to.
    public let layer: Int
    /// 0 is the layer's output; an LSTM's cell state is 1. A convolution has one vector, the inputs of
    /// the last steps, the oldest first.
    public let index: Int
    /// The number of values of each sequence: `H` units, or a convolution's steps times its inputs.
    public let hidden: Int
    /// `[B, H]`, row-major.
    public var values: [Float]
  }

  /// The number of sequences: `B`.
  public let batch: Int
  /// Every vector, first layer first.
  public var vectors: [Vector]
}
