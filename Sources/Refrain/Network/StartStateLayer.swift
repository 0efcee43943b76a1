/// Where the state of a recurrent layer before the first step of a pass comes from.
enum StateBeginning {
  /// The pass before left it.
  case carried
  /// It is zero.
  case zero
  /// Another layer makes it, which is told its gradient.
  case given
}

/// A layer of recurrent units.
protocol RecurrentEngine: Layer {
  /// What another layer may begin it with.
  var initialState: InitialState { get }
  var unit: RecurrentUnit { get }
  var hidden: Int { get }
  var buffers: CellBuffers { get }
}

/// What a recurrent layer begins with, and the gradient of it: rows `0..<B` of its matrices of states.
struct InitialState {
  /// Panels of units.
  let units: Int
  let output: Panels
  let memories: Panels
  let dOutput: Panels
  let dMemories: Panels
}

/// The state that a recurrent layer of a decoder begins with: `tanh(W s + b)` of the encoder's summary `s`.
final class StartStateLayer: Layer {
  let output: Activation
  private let state: InitialState
  private let parameters: DenseParameters
  private let addsGradient: Bool

  /// - Parameter addsGradient: true where another layer has asked the summary for its gradient before.
  init(
    _ state: InitialState, vectors: Int, prefix: String, summary: Activation, addsGradient: Bool,
    network: Network, plan: WorkspacePlan, memory: PanelMemory
  ) {
    self.state = state
    self.addsGradient = addsGradient
    output = plan.activation(size: vectors * state.units * Panels.width, memory)
    parameters = DenseParameters(
      prefix: prefix, input: summary, network: network, plan: plan, memory: memory)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: output.values, rows: rows, pass)
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.tanhForward(&values)
        let (matrix, place) = of(state.output, state.memories, panel)
        var start = matrix.write(rows, panel: place)
        pass.kernels.copy(&start, output.values.read(rows, panel: panel))
      }
    }
  }

  /// The matrix and panel of the state that panel `panel` of the output becomes.
  private func of(_ output: Panels, _ memories: Panels, _ panel: Int) -> (Panels, Int) {
    panel < state.units ? (output, panel) : (memories, panel - state.units)
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        let (matrix, place) = of(state.dOutput, state.dMemories, panel)
        var gradient = output.gradient.write(rows, panel: panel)
        pass.kernels.copy(&gradient, matrix.read(rows, panel: place))
        pass.kernels.tanhBackward(&gradient, output: output.values.read(rows, panel: panel))
      }
      parameters.inputGradient(
        from: output.gradient, rows: rows, pass, accumulate: addsGradient)
    }
  }

  var gradientCount: Int { parameters.gradientCount }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    parameters.gradient(item, from: output.gradient, pass)
  }

  var transposeCount: Int { parameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) { parameters.transpose(item, pass) }
}
