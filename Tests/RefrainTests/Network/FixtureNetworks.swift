import PeepholeLSTM
import Refrain
import TestSupport
import Testing

/// The fast network that a twin describes, with the twin's parameters. A twin's dropout is a mask; the
/// fast network's draws its own at rate `dropout`.
func fastNetwork(_ twin: TwinNetwork<Double>, dropout: Float = 0) throws -> Network {
  let layers = twin.layers.map { layer -> LayerDescription in
    switch layer {
    case .embedding(let size): .embedding(size: size)
    case .rnn(let hidden): .recurrent(cell: .rnn, hidden: hidden)
    case .lstm(let hidden): .recurrent(cell: .lstm, hidden: hidden)
    case .gru(let hidden): .recurrent(cell: .gru, hidden: hidden)
    case .peepholeLSTM(let hidden): .recurrent(cell: .custom("peephole"), hidden: hidden)
    case .dropout: .dropout(rate: dropout)
    case .dense(let outputs): .dense(size: outputs, activation: .linear)
    case .denseTanh(let outputs): .dense(size: outputs, activation: .tanh)
    }
  }
  let description = ModelDescription(
    input: .tokens(twin.vocabulary), output: .softmax(twin.vocabulary), layers: layers)
  let network = try Network(description, cells: [CustomCell("peephole", PeepholeLSTM())])
  for name in network.parameterNames {
    let tensor = try #require(twin.parameters[name], "the twin lacks \(name)")
    #expect(tensor.shape == network.shape(of: name))
    network.setValues(of: name, to: tensor.values.map(Float.init))
  }
  return network
}

/// The fast network's batch.
func fastBatch(_ twin: TwinBatch) -> Batch {
  Batch(
    steps: twin.steps, sequences: twin.sequences, tokens: twin.tokens, targets: twin.targets,
    starts: twin.starts)
}

/// The twin's initial state, one `TwinState` per recurrent layer, as the fast network has it.
func fastState(_ states: [TwinState<Double>], of workspace: Workspace, sequences: Int) -> State {
  var state = workspace.state(sequences: sequences)
  var layer = -1
  for place in state.vectors.indices {
    if state.vectors[place].index == 0 { layer += 1 }
    let values = state.vectors[place].index == 0 ? states[layer].h : states[layer].c
    state.vectors[place].values = values.map(Float.init)
  }
  return state
}
