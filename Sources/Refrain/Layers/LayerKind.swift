/// What there is to know about a layer: each kind of layer is a type of its own, with its engine beside it in the
/// file or folder of its name.
protocol LayerKind {
  /// The layer in a few words.
  var inWords: String { get }
  /// What else it does than make values of each step's values.
  var traits: LayerTraits { get }
  /// How it makes one step of all; nil where it does not.
  var pooling: StepPooling? { get }

  /// Checks sizes, and whether the layer can stand where it does.
  ///
  /// - Throws: ``ModelDescriptionError``.
  func check(_ place: LayerPlace) throws

  /// The number of values that come out when `inputs` go in.
  func outputs(inputs: Int) -> Int

  /// What is trained.
  func parameters(_ place: LayerPlace) throws -> [ParameterTensor]

  /// What is saved with the parameters, but not trained.
  func statistics(_ place: LayerPlace) -> [ParameterTensor]

  /// What the layer with these parameters costs while all steps reach it.
  func cost(_ parameters: [ParameterTensor], _ place: LayerPlace) -> LayerCost

  /// The sizes of the vectors that it keeps of each sequence from one batch to the next.
  func stateSizes(_ place: LayerPlace) throws -> [Int]

  /// The engine's layer for it; nil where it does nothing.
  func engineLayer(_ site: LayerSite) -> (any Layer)?

  /// The same where it may consist of several, the last of which has its output.
  func engineLayers(_ site: LayerSite) -> [PlacedLayer]
}

/// What a layer may do besides.
struct LayerTraits: OptionSet {
  let rawValue: Int

  /// It can read tokens as they are, as one-hot rows.
  static let readsTokens = LayerTraits(rawValue: 1 << 0)
  /// It keeps a state from one batch to the next.
  static let keepsState = LayerTraits(rawValue: 1 << 1)
  /// A step depends on others.
  static let spansSteps = LayerTraits(rawValue: 1 << 2)
  /// A step depends on later ones.
  static let looksAhead = LayerTraits(rawValue: 1 << 3)
  /// It has a place only beside an encoder.
  static let needsEncoder = LayerTraits(rawValue: 1 << 4)
  /// In a decoder, it reads the encoder's summary.
  static let readsSummary = LayerTraits(rawValue: 1 << 5)
  /// It reads the encoder's outputs of all steps.
  static let readsEncodedSteps = LayerTraits(rawValue: 1 << 6)
  /// It has nothing to learn.
  static let learnsNothing = LayerTraits(rawValue: 1 << 7)
  /// A network that is only used does without it.
  static let isForTraining = LayerTraits(rawValue: 1 << 8)
}

extension LayerKind {
  var traits: LayerTraits { [] }
  var pooling: StepPooling? { nil }
  func check(_ place: LayerPlace) throws {}
  func outputs(inputs: Int) -> Int { inputs }
  func parameters(_ place: LayerPlace) throws -> [ParameterTensor] { [] }
  func statistics(_ place: LayerPlace) -> [ParameterTensor] { [] }
  func cost(_ parameters: [ParameterTensor], _ place: LayerPlace) -> LayerCost {
    LayerCost(perStep: parameters.multiplications)
  }
  func stateSizes(_ place: LayerPlace) throws -> [Int] { [] }
  func engineLayer(_ site: LayerSite) -> (any Layer)? { nil }
  func engineLayers(_ site: LayerSite) -> [PlacedLayer] {
    engineLayer(site).map { [site.place($0)] } ?? []
  }
}

extension LayerDescription {
  /// The layer itself: the one place where kinds of layers are told apart.
  var kind: any LayerKind {
    switch self {
    case .embedding(let size): Embedding(size)
    case .recurrent(let cell, let hidden): Recurrent(cell, hidden)
    case .dropout(let rate): Dropout(rate)
    case .dense(let size, let activation, let weightDecay):
      Dense(size, activation: activation, weightDecay: weightDecay ?? 0)
    case .batchNorm: BatchNorm()
    case .noise(let deviation): Noise(deviation)
    case .lastStep: LastStep()
    case .meanOverTime: MeanOverTime()
    case .maxOverTime: MaxOverTime()
    case .bidirectional(let cell, let hidden): Bidirectional(cell, hidden)
    case .convolution(let size, let width, let dilation, let activation, let isResidual):
      Convolution(
        size, width: width, dilation: dilation, activation: activation, residual: isResidual)
    case .layerNorm: LayerNorm()
    case .attention(let size): Attention(size)
    case .repeatOverTime: RepeatOverTime()
    }
  }

  /// The layer in a few words.
  var inWords: String { kind.inWords }
  /// Whether the layer has a trait.
  func has(_ trait: LayerTraits) -> Bool { kind.traits.contains(trait) }
  /// Whether the layer makes one step of all.
  var makesOneStep: Bool { kind.pooling != nil }
  /// The number of values that come out when `inputs` go in.
  func outputs(inputs: Int) -> Int { kind.outputs(inputs: inputs) }
}
