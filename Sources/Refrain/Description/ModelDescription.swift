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

  /// What the network says at each step, and with it the loss.
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
  }

  /// How a frame that a network says is compared with the one that came.
  public enum FrameLoss: String, Codable, Sendable {
    /// The mean over all values of the squared difference.
    case meanSquaredError
  }

  /// What the network reads at each step.
  public var input: Input
  /// The layers, first to last.
  public var layers: [LayerDescription]
  /// What the network says at each step.
  public var output: Output

  /// A description from its parts.
  public init(
    input: Input, output: Output, @LayerBuilder layers: () -> [LayerDescription]
  ) {
    self.init(input: input, output: output, layers: layers())
  }

  /// A description from its parts.
  public init(input: Input, output: Output, layers: [LayerDescription]) {
    self.input = input
    self.layers = layers
    self.output = output
  }

  /// The number of values that go in: `V` tokens, as one-hot, or `D` values of a frame.
  public var inputSize: Int {
    switch input {
    case .tokens(let size), .frames(let size): return size
    }
  }

  /// The number of values that are predicted: `V` tokens or `D` values of a frame.
  public var outputSize: Int {
    switch output {
    case .softmax(let size), .mixture(_, let size, _): return size
    case .linear: return layers.reduce(inputSize) { $1.outputs(inputs: $0) }
    }
  }

  /// True where the network reads frames, not tokens.
  public var readsFrames: Bool {
    if case .frames = input { return true }
    return false
  }

  /// True where the network says frames, not tokens.
  public var saysFrames: Bool {
    if case .softmax = output { return false }
    return true
  }

  /// True where one output follows a whole sequence: many to one.
  public var saysOnlyLast: Bool { layers.contains { $0.pooling != nil } }

  /// True where a step depends on later ones, so that nothing can be said before a sequence has ended.
  public var looksAhead: Bool {
    layers.contains {
      if case .bidirectional = $0 { return true }
      return false
    }
  }
}

/// One layer of a ``ModelDescription``.
public enum LayerDescription: Codable, Equatable, Sendable {
  /// Each token becomes a learned vector of this size. Without one, tokens are one-hot.
  case embedding(size: Int)
  /// A recurrent layer: `hidden` units with a memory.
  case recurrent(cell: CellKind, hidden: Int)
  /// Each value is dropped with probability `rate` while training, the others grow to make up for it.
  case dropout(rate: Float)
  /// Every output sees every input: `activation(W x + b)`. With a weight decay, `weightDecay / 2` times
  /// the sum of all squared weights (not biases) counts as loss, though it is not reported.
  case dense(size: Int, activation: Activation, weightDecay: Float? = nil)
  /// Each value is normalised by its mean and deviation over the batch, then scaled and moved.
  case batchNorm
  /// While training, each value is moved at random, by `deviation` on average.
  case noise(deviation: Float)
  /// Of all steps, only the last goes on: many to one.
  case lastStep
  /// One step goes on, the mean of all: many to one.
  case meanOverTime
  /// One step goes on, each value the greatest of all steps: many to one.
  case maxOverTime
  /// Two recurrent layers of `hidden` units, one of which reads each sequence from its end; what comes out
  /// is what the first says, then what the second says (Schuster & Paliwal 1997).
  case bidirectional(cell: CellKind, hidden: Int)

  /// What a dense layer applies to its sums.
  public enum Activation: String, Codable, Sendable {
    /// Nothing.
    case linear
    /// The hyperbolic tangent.
    case tanh
  }
}

/// How many steps become one.
enum StepPooling {
  case last
  case mean
  case max
}

extension LayerDescription {
  /// How this layer makes one step of all; nil where it does not.
  var pooling: StepPooling? {
    switch self {
    case .lastStep: return .last
    case .meanOverTime: return .mean
    case .maxOverTime: return .max
    default: return nil
    }
  }
}

/// Which recurrent unit a layer is made of.
public enum CellKind: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The simple unit: `h = tanh(W x + U h + b)`.
  case rnn
  /// Long short-term memory.
  case lstm
  /// The gated recurrent unit, reset after the matrix product.
  case gru
  /// Long short-term memory whose gates see the cell value: input and forget gate the previous one, output
  /// gate the new one, with one weight per unit each (Gers & Schmidhuber 2000).
  case peepholeLSTM
  /// Long short-term memory whose input gate is what its forget gate leaves: `i = 1 - f` (“CIFG”, Greff
  /// et al. 2017).
  case coupledLSTM
  /// The gated recurrent unit without anything that sees the previous output but the update itself:
  /// `h = (1 - z) h₋ + z (W x + b)` (Feng et al. 2024).
  case minGRU
  /// Its sibling with two gates, which are made to add up to one: `h = f' h₋ + i' (W x + b)` with
  /// `f' = f / (f + i)`, `i' = i / (f + i)` (Feng et al. 2024).
  case minLSTM
  /// A unit of the user's own, by the name that it is registered under (``CustomCell``).
  case custom(String)

  /// The built-in units.
  private static let builtIn: [CellKind] = [
    .rnn, .lstm, .gru, .peepholeLSTM, .coupledLSTM, .minGRU, .minLSTM,
  ]

  /// `rnn`, `lstm`, `gru`, `peephole`, `coupled`, `mingru`, `minlstm` or `custom:NAME`.
  public var description: String {
    switch self {
    case .rnn: return "rnn"
    case .lstm: return "lstm"
    case .gru: return "gru"
    case .peepholeLSTM: return "peephole"
    case .coupledLSTM: return "coupled"
    case .minGRU: return "mingru"
    case .minLSTM: return "minlstm"
    case .custom(let name): return "custom:" + name
    }
  }

  /// The kind that `description` names.
  public init?(_ description: String) {
    if let kind = Self.builtIn.first(where: { $0.description == description }) {
      self = kind
    } else {
      guard description.hasPrefix("custom:") else { return nil }
      self = .custom(String(description.dropFirst("custom:".count)))
    }
  }

  /// Reads the kind's name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let kind = CellKind(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "There is no recurrent unit called “\(name)”.")
    }
    self = kind
  }

  /// Writes the kind's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
