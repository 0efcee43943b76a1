/// A network as a value: what goes in, the layers, what comes out.
///
/// It reads like the picture of the network:
///
/// ```swift
/// let simple = ModelDescription(input: .tokens(28), output: .softmax(28)) {
///   LSTM(28)
/// }
/// ```
///
/// It is stored in the model file, compared on resume, and printed as a table.
public struct ModelDescription: Codable, Equatable, Sendable {
  /// What the network reads at each step.
  public enum Input: Codable, Equatable, Sendable {
    /// One token out of a vocabulary of this many.
    case tokens(Int)
    /// One frame of this many values: `D`.
    case frames(Int)
  }

  /// What the network predicts at each step, and with it the loss.
  public enum Output: Codable, Equatable, Sendable {
    /// A dense layer and a softmax: a probability for each of this many tokens. The loss is the
    /// cross-entropy in nats.
    case softmax(Int)
    /// The values of the last layer themselves: the next frame. The loss is of the given kind.
    case linear(loss: FrameLoss)
    /// A dense layer and a mixture of this many Gaussian distributions over the next frame of `size`
    /// values, each with a mean and a deviation per value (Bishop 1994). The loss is the negative
    /// logarithm of the density in nats, per value.
    ///
    /// To all means, each value of the last `history` frames is added, times a factor that is learned
    /// for each; at first 1 for the last frame, so that learning begins with “the next is like this one”.
    case mixture(components: Int, size: Int, history: Int)
    /// A dense layer and a sigmoid: a probability for each of this many labels, several of which may be
    /// true at once, as the notes of a chord. The loss is the binary cross-entropy in nats, summed over the
    /// labels (Boulanger-Lewandowski et al. 2012).
    case labels(Int)
  }

  /// How a frame that a network predicts is compared with the one that came.
  public enum FrameLoss: String, Codable, Sendable {
    /// The mean over all values of the squared difference.
    case meanSquaredError
  }

  /// What reads a sequence to its end before the network, then called a decoder, makes its first step (Sutskever et
  /// al. 2014).
  ///
  /// The mean over time of its last layer's output, or the output of a layer that makes one step of all, is its
  /// summary: dense layers with a hyperbolic tangent make of it the states that the decoder's recurrent
  /// layers begin with (as in Nematus, Sennrich et al. 2017).
  public struct Encoder: Codable, Equatable, Sendable {
    /// What the encoder reads at each step.
    public var input: Input
    /// The layers, first to last.
    public var layers: [LayerDescription]

    /// An encoder from its parts.
    public init(input: Input, @LayerBuilder layers: () -> [LayerDescription]) {
      self.init(input: input, layers: layers())
    }

    /// An encoder from its parts.
    public init(input: Input, layers: [LayerDescription]) {
      self.input = input
      self.layers = layers
    }
  }

  /// What the network reads at each step.
  public var input: Input
  /// What reads another sequence first; nil: nothing does.
  public var encoder: Encoder?
  /// The layers, first to last.
  public var layers: [LayerDescription]
  /// What the network predicts at each step.
  public var output: Output

  /// A description from its parts.
  public init(
    input: Input, output: Output, encoder: Encoder? = nil,
    @LayerBuilder layers: () -> [LayerDescription]
  ) {
    self.init(input: input, output: output, encoder: encoder, layers: layers())
  }

  /// A description from its parts.
  public init(
    input: Input, output: Output, encoder: Encoder? = nil, layers: [LayerDescription]
  ) {
    self.input = input
    self.encoder = encoder
    self.layers = layers
    self.output = output
  }

  /// The number of values that go in: `V` tokens, as one-hot, or `D` values of a frame.
  public var inputSize: Int { input.size }

  /// The number of values that are predicted: `V` tokens, `D` values of a frame or `N` labels.
  public var outputSize: Int {
    output.kind.size ?? layers.reduce(inputSize) { $1.outputs(inputs: $0) }
  }

  /// True where the network reads frames, not tokens.
  public var readsFrames: Bool { input.isFrames }

  /// True where the network predicts frames or labels, not tokens: its targets are rows of a
  /// ``FrameTable``.
  public var predictsFrames: Bool {
    if case .softmax = output { return false }
    return true
  }

  /// True where the network predicts labels, each true or not.
  public var predictsLabels: Bool {
    if case .labels = output { return true }
    return false
  }

  /// True where one output follows a whole sequence: many to one.
  public var predictsOnlyLast: Bool { layers.contains(where: \.makesOneStep) }

  /// True where a step depends on later ones, so that nothing can be predicted before a sequence has ended.
  public var looksAhead: Bool { layers.contains { $0.has(.looksAhead) } }
}

extension ModelDescription.Output {
  /// The output itself: the one place where kinds of outputs are told apart.
  var kind: any OutputKind {
    switch self {
    case .softmax(let size): SoftmaxOutput(size)
    case .linear(.meanSquaredError): LinearOutput()
    case .mixture(let components, let size, let history):
      MixtureOutput(components: components, values: size, history: history)
    case .labels(let size): LabelsOutput(size)
    }
  }
}

extension ModelDescription.Input {
  /// The number of values that go in.
  var size: Int {
    switch self {
    case .tokens(let size), .frames(let size): return size
    }
  }

  /// True for frames.
  var isFrames: Bool {
    if case .frames = self { return true }
    return false
  }

  /// Calls `body` with each of the layers that stand on this input, one on the other, and its place.
  ///
  /// - Parameter encoded: the values of each step of an encoder's output; nil without one.
  /// - Returns: the number of values that come out of the last.
  @discardableResult
  func forEach(
    of layers: [LayerDescription], encoded: Int? = nil, cells: [CustomCell] = [],
    _ body: (_ index: Int, _ kind: any LayerKind, _ place: LayerPlace) throws -> Void
  ) rethrows -> Int {
    var inputs = size
    var pooled: (any LayerKind)?
    for (index, kind) in layers.map(\.kind).enumerated() {
      let place = LayerPlace(
        inputs: inputs, readsTokens: index == 0 && !isFrames, pooled: pooled, encoded: encoded,
        cells: cells)
      try body(index, kind, place)
      // Only what has been checked can be relied on to have a size.
      inputs = kind.outputs(inputs: inputs)
      if pooled == nil && kind.pooling != nil { pooled = kind }
    }
    return inputs
  }
}

extension ModelDescription.Encoder {
  /// True where a layer makes one step of all.
  var predictsOnlyLast: Bool { layers.contains(where: \.makesOneStep) }

  /// True where a layer reads sequences from their end.
  var looksAhead: Bool { layers.contains { $0.has(.looksAhead) } }
}
