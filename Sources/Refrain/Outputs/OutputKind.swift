/// What there is to know about an output: each kind of output is a type of its own, with its engine beside it in
/// the file or folder of its name.
protocol OutputKind {
  /// What comes out, in a few words.
  var inWords: String { get }
  /// The number of values that are predicted; nil for those of the last layer.
  var size: Int? { get }

  /// Checks what is not a matter of the size alone.
  ///
  /// - Throws: ``ModelDescriptionError``.
  func check(_ place: OutputPlace) throws

  /// What is trained, for a last layer of `inputs` values.
  func parameters(inputs: Int) -> [ParameterTensor]

  /// What computes it from the last layer's values.
  func head(_ input: Activation, _ plan: WorkspacePlan) -> any OutputHead

  /// A loss above this has exploded, where the first was `first`, and `factor` says how much is too much.
  func mostLoss(after first: Double, factor: Double) -> Double
}

/// What an output is part of.
struct OutputPlace {
  /// The values of a frame that the network reads; nil where it reads tokens.
  let frames: Int?
  /// Whether any layer has something to learn.
  let layersLearn: Bool
}

extension OutputKind {
  func check(_ place: OutputPlace) throws {}
}
