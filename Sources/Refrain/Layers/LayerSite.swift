/// A layer of the engine, and the part of a pass that it belongs to.
struct PlacedLayer {
  let layer: any Layer
  let section: Section
}

/// Where the engine's layers for one layer of a description are made.
struct LayerSite {
  let plan: WorkspacePlan
  let section: Section
  /// What the names of all its network's parameters begin with, and its number among the layers.
  let stack: String
  let index: Int
  /// What it reads.
  let input: LayerInput
  /// Whether it reads the frames that the network reads.
  let readsFrames: Bool
  /// What reads the layer; nil for the output.
  let next: LayerDescription?
  /// What a decoder's layer may see of the encoder.
  let encoder: EncoderOutput?

  /// What the names of its parameters begin with: `layers.0.`.
  var prefix: String { "\(stack)\(index)." }

  /// What the names of the parameters of the layer above begin with.
  var nextPrefix: String { "\(stack)\(index + 1)." }

  /// What tells its random numbers from another layer's. An encoder's layers draw their own.
  var stream: Int { index + (section == .encoder || section == .summary ? 1 << 16 : 0) }

  /// A layer as part of what is made here.
  func place(_ layer: any Layer) -> PlacedLayer { PlacedLayer(layer: layer, section: section) }
}

/// What an encoder has made, for its decoder's layers.
struct EncoderOutput {
  /// What comes out of it at each step.
  let encoded: Activation
  /// Its one-step summary.
  let summary: Activation
  /// Going back, the last of those that read the summary comes first; the others add to its gradient.
  let isLastReader: Bool
}
