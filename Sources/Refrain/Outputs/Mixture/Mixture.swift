/// A dense layer and a mixture of Gaussian distributions over the next frame.
struct MixtureOutput: OutputKind {
  let components: Int
  /// Values of a frame.
  let values: Int
  /// Frames whose values are added to all means.
  let history: Int

  /// The most Gaussians.
  static let componentLimit = 64
  /// The most frames that it looks back at.
  private static let historyLimit = 64

  var inWords: String {
    let past = history == 0 ? "" : " and \(history) frame\(history == 1 ? "" : "s") back"
    return "dense\(past), \(components) Gaussian\(components == 1 ? "" : "s")"
  }

  var size: Int? { values }

  func check(_ place: OutputPlace) throws {
    try ModelDescriptionError.check(
      "The number of Gaussians", components, limit: Self.componentLimit)
    if !(0...Self.historyLimit).contains(history) {
      throw ModelDescriptionError.misplaced(
        layer: "A history of \(history) frames",
        reason: "a mixture looks back at none to \(Self.historyLimit)")
    }
    if history > 0 && place.frames != values {
      throw ModelDescriptionError.misplaced(
        layer: "A history of frames of \(values) values",
        reason: place.frames.map { "the frames that are read have \($0)" }
          ?? "the network reads tokens, not frames")
    }
  }

  func parameters(inputs: Int) -> [ParameterTensor] {
    let weights = [ParameterTensor].dense("output.weights.", inputs: inputs, outputs: components)
    let densities = [ParameterTensor].dense(
      "output.values.", inputs: inputs, outputs: values, blocks: Array(0..<2 * components))
    let past: [ParameterTensor] =
      history == 0 ? [] : [.history("output.history", history, columns: values)]
    return weights + densities + past
  }

  func head(_ input: Activation, _ plan: WorkspacePlan) -> any OutputHead {
    MixtureHead(
      components: components, size: values, history: history, input: input, plan: plan)
  }

  /// The logarithm of a density may be of either sign.
  func mostLoss(after first: Double, factor: Double) -> Double { first + factor }
}
