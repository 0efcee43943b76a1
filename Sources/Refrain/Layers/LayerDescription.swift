/// One layer of a ``ModelDescription``.
public enum LayerDescription: Codable, Equatable, Sendable {
  /// Each token becomes a learned vector of this size. Without one, tokens are one-hot.
  case embedding(size: Int)
  /// A recurrent layer: `hidden` units.
  case recurrent(cell: CellKind, hidden: Int)
  /// Each value is dropped with probability `rate` while training, the others grow to make up for it.
  case dropout(rate: Float)
  /// Every output sees every input: `activation(W x + b)`. With a weight decay, `weightDecay / 2` times
  /// the sum of all squared weights (not biases) counts as loss, though it is not reported.
  case dense(size: Int, activation: ActivationFunction, weightDecay: Float? = nil)
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
  /// A causal convolution over time: each step sees the inputs of `width` steps, itself and earlier ones,
  /// each `dilation` steps from the next: `activation(b + Σⱼ Wⱼ x₋ⱼ)`, where `x₋ⱼ` was read `j · dilation`
  /// steps ago (van den Oord et al. 2016; Bai et al. 2018); where it is residual, plus the step's input.
  ///
  /// What was read before a sequence began, or in another document, counts as zero. With a dilation of 1
  /// this is a fully connected layer over a window of `width` steps.
  case convolution(
    size: Int, width: Int, dilation: Int, activation: ActivationFunction, isResidual: Bool)
  /// The values of each step are normalised by their own mean and deviation, then scaled and moved (Ba,
  /// Kiros & Hinton 2016).
  case layerNorm
  /// In a decoder: each step looks at all steps of what the encoder said, at each as much as suits the
  /// values `h` that it has itself; what it saw, `c`, and those become `tanh(C c + H h + b)`, of `size`
  /// values. A step's weight is the softmax of `(Q h + q) · e` over the steps `e` (Luong et al. 2015, “general”).
  case attention(size: Int)
  /// In a decoder: to each step's values is added what a dense layer makes of the encoder's summary.
  case repeatOverTime

  /// What a dense layer or a convolution applies to its sums.
  public enum ActivationFunction: String, Codable, Sendable {
    /// Nothing.
    case linear
    /// The hyperbolic tangent.
    case tanh
    /// The rectifier: `max(x, 0)` (Nair & Hinton 2010).
    case relu
  }
}
