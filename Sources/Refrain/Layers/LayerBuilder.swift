/// Collects the layers that stand in a ``ModelDescription``'s braces.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: any LayerConvertible) -> [LayerDescription] {
    [layer.layer]
  }
  /// The layers of a block, in order.
  public static func buildBlock(_ parts: [LayerDescription]...) -> [LayerDescription] {
    parts.flatMap { $0 }
  }
  /// The layers of an `if` without `else`.
  public static func buildOptional(_ part: [LayerDescription]?) -> [LayerDescription] {
    part ?? []
  }
  /// The layers of an `if`.
  public static func buildEither(first: [LayerDescription]) -> [LayerDescription] { first }
  /// The layers of an `else`.
  public static func buildEither(second: [LayerDescription]) -> [LayerDescription] { second }
  /// The layers of a loop.
  public static func buildArray(_ parts: [[LayerDescription]]) -> [LayerDescription] {
    parts.flatMap { $0 }
  }
}

/// Something that stands for a layer in a ``ModelDescription``.
public protocol LayerConvertible {
  /// The layer it stands for.
  var layer: LayerDescription { get }
}

extension LayerDescription: LayerConvertible {
  /// The layer itself.
  public var layer: LayerDescription { self }
}

/// A layer of simple recurrent units.
public struct RNN: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .rnn, hidden: hidden) }
}

/// A layer of long short-term memory units.
public struct LSTM: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .lstm, hidden: hidden) }
}

/// A layer of gated recurrent units.
public struct GRU: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .gru, hidden: hidden) }
}

/// A layer of any recurrent unit, the user's own among them.
public struct Recurrent: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units of kind `cell`.
  public init(_ cell: CellKind, _ hidden: Int) { layer = .recurrent(cell: cell, hidden: hidden) }
}

/// A learned vector for each token.
public struct Embedding: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// Vectors of `size` values, 1 or more.
  public init(_ size: Int) { layer = .embedding(size: size) }
}

/// Drops values while training (Srivastava et al. 2014).
public struct Dropout: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// Drops each value with probability `rate`, at least 0 and less than 1.
  public init(_ rate: Float) { layer = .dropout(rate: rate) }
}

/// A fully connected layer.
public struct Dense: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// `size` outputs, 1 or more.
  ///
  /// - Parameter weightDecay: 0 or more; `weightDecay / 2` times the sum of the squared weights counts as
  ///   loss (Krogh & Hertz 1992).
  public init(
    _ size: Int, activation: LayerDescription.Activation = .linear, weightDecay: Float = 0
  ) {
    layer = .dense(
      size: size, activation: activation, weightDecay: weightDecay == 0 ? nil : weightDecay)
  }
}

/// A causal convolution over time: each step sees itself and earlier ones (van den Oord et al. 2016; Bai et
/// al. 2018).
///
/// It remembers what it needs of the steps before a batch, so a network of convolutions reads streams and
/// generates step by step as recurrent ones do. `Convolution(64, width: n)` is a fully connected layer over a
/// window of `n` steps.
public struct Convolution: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// `size` outputs, 1 or more, each a sum over the inputs of several steps.
  ///
  /// - Parameters:
  ///   - width: how many steps each step sees, itself among them: 1 to 1,024.
  ///   - dilation: how many steps lie from one of these to the next: 1 to 65,536.
  ///   - residual: whether the step's input, which then has `size` values too, is added to what the
  ///     activation gives (He et al. 2016).
  public init(
    _ size: Int, width: Int, dilation: Int = 1,
    activation: LayerDescription.Activation = .linear, residual: Bool = false
  ) {
    layer = .convolution(
      size: size, width: width, dilation: dilation, activation: activation, isResidual: residual)
  }
}

/// Normalises the values of each step by their own mean and deviation (Ba, Kiros & Hinton 2016).
public struct LayerNorm: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.layerNorm
  /// Layer normalisation.
  public init() {}
}

/// Normalises each value by its mean and deviation over the batch; a network that is only used takes those
/// that it met while training (Ioffe & Szegedy 2015).
public struct BatchNorm: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.batchNorm
  /// Batch normalisation.
  public init() {}
}

/// Moves values at random while training, so that a network that reads what it said itself, which is
/// never quite right, has met the like.
public struct Noise: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// Noise of standard deviation `deviation`, 0 or more, uniform between ±√3 times that.
  public init(_ deviation: Float) { layer = .noise(deviation: deviation) }
}

/// A recurrent layer that reads each sequence from both ends: what comes out of a step knows all others.
/// Every sequence is then read from an empty state.
public struct Bidirectional: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// `hidden` units of kind `cell` for each direction; `2 · hidden` values come out.
  public init(_ cell: CellKind, _ hidden: Int) {
    layer = .bidirectional(cell: cell, hidden: hidden)
  }
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

/// Lets only the last of all steps go on: many to one. Every sequence is then read from an empty state.
public struct LastStep: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.lastStep
  /// The last step.
  public init() {}
}

/// Lets each step of a decoder look at all steps of what the encoder said (Luong et al. 2015).
public struct Attention: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// `size` values come out, 1 or more.
  public init(_ size: Int) { layer = .attention(size: size) }
}

/// Lets every step of a decoder know the encoder's summary: to its values is added what a dense layer makes
/// of that.
public struct RepeatOverTime: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.repeatOverTime
  /// The summary at every step.
  public init() {}
}
