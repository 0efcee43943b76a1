/// What the engine knows of a recurrent unit before it runs: gate blocks, memories, parameters.
struct RecurrentUnit {
  let kind: CellKind
  /// Gate blocks that see the input only, both, the previous output only, in this order in memory.
  let gates: (input: Int, both: Int, recurrent: Int)
  /// Vectors remembered besides the output.
  let memories: Int
  /// Vectors that the forward step leaves for its gradient, besides the gates.
  let saved: Int
  /// Set for a unit of the user's own.
  let custom: CustomCell?

  init(_ kind: CellKind, cells: [CustomCell]) throws {
    self.kind = kind
    switch kind {
    case .rnn:
      (gates, memories, saved, custom) = ((0, 1, 0), 0, 0, nil)
    case .lstm:
      (gates, memories, saved, custom) = ((0, 4, 0), 1, 1, nil)
    case .gru:
      (gates, memories, saved, custom) = ((1, 2, 1), 0, 0, nil)
    case .peepholeLSTM:
      (gates, memories, saved, custom) = ((0, 4, 0), 1, 1, nil)
    case .coupledLSTM:
      (gates, memories, saved, custom) = ((0, 3, 0), 1, 1, nil)
    case .minGRU:
      (gates, memories, saved, custom) = ((2, 0, 0), 0, 0, nil)
    case .minLSTM:
      (gates, memories, saved, custom) = ((3, 0, 0), 0, 0, nil)
    case .mogrifierLSTM:
      (gates, memories, saved, custom) = ((0, 4, 0), 1, 1, nil)
    case .custom(let name):
      guard let cell = cells.first(where: { $0.name == name }) else {
        throw ModelDescriptionError.unknownCell(name)
      }
      (gates, memories, saved, custom) = (cell.gates, cell.memories, cell.saved, cell)
    }
  }

  /// The parameters that are neither weights nor biases, a vector each.
  private var ownParameterNames: [String] {
    if kind == .peepholeLSTM { return ["peephole_i", "peephole_f", "peephole_o"] }
    return custom?.parameterNames ?? []
  }
  /// How many those are.
  var ownParameters: Int { ownParameterNames.count }
  /// All gate blocks.
  var blocks: Int { gates.input + gates.both + gates.recurrent }
  /// Blocks that see the input.
  var inputBlocks: Range<Int> { 0..<gates.input + gates.both }
  /// Blocks that see the previous output.
  var recurrentBlocks: Range<Int> { gates.input..<blocks }
  /// Whether any block sees the previous output; where none does, units do not see each other.
  var hasRecurrentBlocks: Bool { !recurrentBlocks.isEmpty }
  /// Rounds in which input and previous output alter each other before a step, the input first; each
  /// has a matrix of its own.
  var rounds: Int { kind == .mogrifierLSTM ? 5 : 0 }
  /// The block of the forget gate, whose bias begins at 1 (Jozefowicz et al. 2015).
  private var forgetBlock: Int? {
    [.lstm: 1, .peepholeLSTM: 1, .coupledLSTM: 0, .mogrifierLSTM: 1][kind]
  }

  /// The name of a round's matrix, which counts from 0: `mogrifier_q1`, `mogrifier_r2` and so on, q where
  /// it is the input that is altered.
  static func roundName(_ round: Int) -> String {
    "mogrifier_" + (altersInput(round) ? "q" : "r") + "\(round + 1)"
  }

  /// Whether a round alters the input, not the previous output.
  static func altersInput(_ round: Int) -> Bool { round.isMultiple(of: 2) }

  /// The unit's parameters under PyTorch's names, with one bias per gate. Where no block sees the
  /// previous output, there is no `weight_hh`.
  func parameters(prefix: String, inputs: Int, hidden: Int) -> [ParameterTensor] {
    let range = 1 / Float(hidden).squareRoot()
    // The GRU's blocks lie as n r z m, so that both products read neighbours; PyTorch's order is r z n.
    let inputOrder = kind == .gru ? [2, 0, 1] : Array(0..<inputBlocks.count)
    var tensors: [ParameterTensor] = [
      .matrix(
        prefix + "weight_ih", blocks: inputOrder, columns: hidden, rows: inputs, range: range)
    ]
    if hasRecurrentBlocks {
      tensors.append(
        .matrix(
          prefix + "weight_hh", blocks: Array(0..<recurrentBlocks.count), columns: hidden,
          rows: hidden, range: range))
    }
    tensors.append(
      .vector(
        prefix + "bias", blocks: kind == .gru ? inputOrder : Array(0..<blocks), columns: hidden,
        range: range, onesBlock: forgetBlock))
    if kind == .gru {
      tensors.append(.vector(prefix + "bias_hn", columns: hidden, range: range))
    }
    for name in ownParameterNames {
      tensors.append(.vector(prefix + name, columns: hidden, range: range))
    }
    for round in 0..<rounds {
      let (columns, rows) = Self.altersInput(round) ? (inputs, hidden) : (hidden, inputs)
      tensors.append(
        .matrix(prefix + Self.roundName(round), columns: columns, rows: rows, range: range))
    }
    return tensors
  }
}
