/// A causal convolution over time: each step sees itself and earlier ones (van den Oord et al. 2016; Bai et
/// al. 2018).
///
/// It keeps what it needs of the steps before a batch, so a network of convolutions reads streams and
/// generates step by step as recurrent ones do. `Convolution(64, width: n)` is a fully connected layer over a
/// window of `n` steps.
public struct Convolution: LayerConvertible {
  let size: Int
  let width: Int
  let dilation: Int
  let activation: LayerDescription.ActivationFunction
  let isResidual: Bool

  /// The layer it stands for.
  public var layer: LayerDescription {
    .convolution(
      size: size, width: width, dilation: dilation, activation: activation, isResidual: isResidual)
  }

  /// `size` outputs, 1 or more, each a sum over the inputs of several steps.
  ///
  /// - Parameters:
  ///   - size: how many outputs.
  ///   - width: how many steps each step sees, itself among them: 1 to 1,024.
  ///   - dilation: how many steps lie from one of these to the next: 1 to 65,536.
  ///   - activation: the function that each sum goes through.
  ///   - residual: whether the step's input, which then has `size` values too, is added to what the activation
  ///     gives (He et al. 2016).
  public init(
    _ size: Int, width: Int, dilation: Int = 1,
    activation: LayerDescription.ActivationFunction = .linear, residual: Bool = false
  ) {
    self.size = size
    self.width = width
    self.dilation = dilation
    self.activation = activation
    isResidual = residual
  }
}

extension Convolution: LayerKind {
  /// The most steps that one step sees.
  private static let widthLimit = 1024
  /// The most steps from one of those to the next.
  private static let dilationLimit = 1 << 16

  /// How many steps before its own a step sees at most.
  private var stepsBack: Int { (width - 1) * dilation }

  var inWords: String {
    (isResidual ? "residual " : "") + "convolution \(size)"
      + (activation == .linear ? "" : " \(activation)")
      + " over \(width) step\(width == 1 ? "" : "s")"
      + (dilation == 1 || width == 1 ? "" : " \(dilation) apart")
  }

  var traits: LayerTraits { width > 1 ? [.keepsState, .spansSteps] : [] }

  func check(_ place: LayerPlace) throws {
    try ModelDescriptionError.check("A convolution's size", size)
    try ModelDescriptionError.check("A convolution's width", width, limit: Self.widthLimit)
    try ModelDescriptionError.check("A convolution's dilation", dilation, limit: Self.dilationLimit)
    if isResidual && size != place.inputs {
      throw ModelDescriptionError.misplaced(
        layer: "A residual convolution of size \(size)",
        reason: "its input, of size \(place.inputs), is added to its output")
    }
    if width > 1 { try place.checkSteps(of: "A convolution over several steps") }
  }

  func outputs(inputs: Int) -> Int { size }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    let range = 1 / Float(place.inputs * width).squareRoot()
    return [
      .taps("weight", width: width, columns: size, rows: place.inputs, range: range),
      .vector("bias", columns: size, range: range),
    ]
  }

  func stateSizes(_ place: LayerPlace) -> [Int] {
    stepsBack > 0 ? [stepsBack * place.inputs] : []
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? { ConvolutionLayer(self, site) }
}
