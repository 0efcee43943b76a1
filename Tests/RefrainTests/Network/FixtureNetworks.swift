import PeepholeLSTM
import Refrain
import TestSupport
import Testing

/// The fast network that a reference network describes, with the same parameters and statistics. The
/// reference's dropout is a mask and its noise is given; the fast network draws its own at rate
/// `dropout` and deviation `noise`.
/// LSTMs with peepholes are the built-in ones, or those that a user has written.
func fastNetwork(
  _ reference: ReferenceNetwork<Double>, dropout: Float = 0, noise: Float = 0,
  peephole: CellKind = .peepholeLSTM
) throws -> Network {
  let layers = reference.layers.map { layer -> LayerDescription in
    if let kind = cell(of: layer, peephole), let hidden = layer.hidden {
      return .recurrent(cell: kind, hidden: hidden)
    }
    switch layer {
    case .embedding(let size): return .embedding(size: size)
    case .dropout: return .dropout(rate: dropout)
    case .dense(let outputs, let decay): return dense(outputs, .linear, decay)
    case .denseTanh(let outputs, let decay): return dense(outputs, .tanh, decay)
    case .denseReLU(let outputs, let decay): return dense(outputs, .relu, decay)
    case .convolution(let make): return convolution(make)
    case .layerNorm: return .layerNorm
    case .batchNorm: return .batchNorm
    case .noise: return .noise(deviation: noise)
    case .lastStep: return .lastStep
    case .meanOverTime: return .meanOverTime
    case .maxOverTime: return .maxOverTime
    case .bidirectional(let layer):
      return .bidirectional(cell: cell(of: layer, peephole)!, hidden: layer.hidden!)
    case .recurrent: preconditionFailure("a recurrent layer has a cell")
    }
  }
  let description = ModelDescription(
    input: reference.frames == nil ? .tokens(reference.vocabulary) : .frames(reference.vocabulary),
    output: output(of: reference), layers: layers)
  let network = try Network(description, cells: [CustomCell("peephole", PeepholeLSTM())])
  for name in network.parameterNames {
    let tensor = try #require(reference.parameters[name], "the reference lacks \(name)")
    #expect(tensor.shape == network.shape(of: name))
    network.setValues(of: name, to: tensor.values.map(Float.init))
  }
  for tensor in network.layout.statistics.tensors {
    let expected = try #require(
      reference.statistics[tensor.name], "the reference lacks \(tensor.name)")
    network.set(tensor, in: network.statistics, to: expected.values.map(Float.init))
  }
  return network
}

/// The unit of a recurrent layer; nil for any other.
private func cell(of layer: ReferenceLayer<Double>, _ peephole: CellKind) -> CellKind? {
  guard case .recurrent(let kind, _) = layer else { return nil }
  return kind == .peepholeLSTM ? peephole : kind
}

private func dense(
  _ size: Int, _ activation: LayerDescription.ActivationFunction, _ weightDecay: Double
) -> LayerDescription {
  .dense(
    size: size, activation: activation, weightDecay: weightDecay == 0 ? nil : Float(weightDecay))
}

private func convolution(_ make: ReferenceConvolution) -> LayerDescription {
  let activation: LayerDescription.ActivationFunction =
    switch make.activation {
    case .linear: .linear
    case .tanh: .tanh
    case .relu: .relu
    }
  return .convolution(
    size: make.outputs, width: make.width, dilation: make.dilation, activation: activation,
    isResidual: make.isResidual)
}

private func output(of reference: ReferenceNetwork<Double>) -> ModelDescription.Output {
  switch reference.output {
  case .softmax: .softmax(reference.outputs)
  case .labels: .labels(reference.outputs)
  case .meanSquaredError: .linear(loss: .meanSquaredError)
  case .mixture(let components, let history):
    .mixture(components: components, size: reference.outputs, history: history)
  }
}

/// The table of a reference's frames; nil for a network of tokens.
func fastFrames(_ reference: ReferenceNetwork<Double>) -> FrameTable? {
  fastTable(reference.frames, recordings: reference.recordings)
}

/// The table of what a reference should predict, where it is not that of its frames.
func fastTargetFrames(_ reference: ReferenceNetwork<Double>) -> FrameTable? {
  fastTable(reference.targetFrames)
}

private func fastTable(
  _ frames: ReferenceTensor<Double>?, recordings: Set<Int> = []
) -> FrameTable? {
  frames.map { frames in
    let table = FrameTable(size: frames.shape[1])
    for n in 0..<frames.shape[0] {
      if recordings.contains(n) { table.beginRecording() }
      table.append(frames.row(Int32(n)).map(Float.init))
    }
    return table
  }
}

/// What batch normalisation has met, by name.
func statistics(of network: Network) -> [String: [Float]] {
  Dictionary(
    uniqueKeysWithValues: network.layout.statistics.tensors.map {
      ($0.name, network.values(of: $0, in: network.statistics))
    })
}

/// The fast network's batch.
func fastBatch(_ reference: ReferenceBatch) -> Batch {
  Batch(
    steps: reference.steps, sequences: reference.sequences, tokens: reference.tokens,
    targets: reference.targets,
    starts: reference.starts, lengths: reference.lengths)
}

/// The reference's initial state, one `ReferenceState` per layer that keeps one, as the fast network has it.
func fastState(_ states: [ReferenceState<Double>], of workspace: Workspace, sequences: Int) -> State
{
  var state = workspace.state(sequences: sequences)
  var layer = -1
  for place in state.vectors.indices {
    if state.vectors[place].index == 0 { layer += 1 }
    let values = state.vectors[place].index == 0 ? states[layer].h : states[layer].c
    state.vectors[place].values = values.map(Float.init)
  }
  return state
}
