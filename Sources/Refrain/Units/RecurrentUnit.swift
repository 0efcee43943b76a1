import UnitSteps

/// What a recurrent unit is: layout, sizes, parameters, words, options and checks are read from this. A
/// built-in unit declares it in `BuiltInUnits.swift`, a unit of the user's own in its ``Cell``.
package struct RecurrentUnit: Sendable {
  /// What files and commands call it.
  let name: String
  /// As people write it: `LSTM`.
  let words: String
  /// What tells it from the best known units; nil for those.
  let explanation: String?
  /// Gate blocks that see the input only, both, the previous output only, in this order in memory.
  let gates: (input: Int, both: Int, recurrent: Int)
  /// The name of each block; nil for one that is only a sum.
  let gateNames: [String?]
  /// `fileOrder[i]` is the block of a model file, whose order is PyTorch's, that block `i` of those that see
  /// the input is.
  let fileOrder: [Int]
  /// The name of the bias of the blocks that see the previous output only, where it is a parameter apart.
  let recurrentBias: String?
  /// The block of the forget gate, whose bias begins at 1 (Jozefowicz et al. 2015).
  let forgetGate: Int?
  /// Cell states, vectors kept besides the output.
  let cellStates: Int
  /// Vectors that the forward step leaves for its gradient, besides the gates.
  let saved: Int
  /// The parameters that are neither weights nor biases, a vector each.
  let parameterNames: [String]
  /// Rounds in which input and previous output alter each other before a step, the input first; each
  /// has a matrix of its own.
  let rounds: Int
  /// What is computed element by element.
  let code: Code

  /// What computes a step.
  enum Code {
    /// The kernel of a built-in unit in each set: portable, with AVX2, with AVX-512.
    case kernels(any UnitKernel.Type, any UnitKernel.Type, any UnitKernel.Type)
    case cell(CustomCell)
  }

  /// - Parameters:
  ///   - inputGates: the names of the gate blocks that see the input only.
  ///   - gates: those of the blocks that see input and previous output.
  ///   - recurrentGates: those of the blocks that see the previous output only.
  init(
    _ name: String, words: String, explanation: String? = nil, inputGates: [String?] = [],
    gates: [String?] = [], recurrentGates: [String?] = [], fileOrder: [Int]? = nil,
    recurrentBias: String? = nil, forgetGate: Int? = nil, cellStates: Int = 0, saved: Int = 0,
    parameters: [String] = [], rounds: Int = 0, code: Code
  ) {
    self.name = name
    self.words = words
    self.explanation = explanation
    self.gates = (inputGates.count, gates.count, recurrentGates.count)
    gateNames = inputGates + gates + recurrentGates
    self.fileOrder = fileOrder ?? Array(0..<inputGates.count + gates.count)
    self.recurrentBias = recurrentBias
    self.forgetGate = forgetGate
    self.cellStates = cellStates
    self.saved = saved
    parameterNames = parameters
    self.rounds = rounds
    self.code = code
  }

  /// A unit of the user's own, whose gates have no names.
  init(_ cell: CustomCell) {
    let gates = { (count: Int) in [String?](repeating: nil, count: count) }
    self.init(
      cell.name, words: cell.name, inputGates: gates(cell.gates.input),
      gates: gates(cell.gates.both), recurrentGates: gates(cell.gates.recurrent),
      cellStates: cell.cellStates, saved: cell.saved, parameters: cell.parameterNames,
      code: .cell(cell))
  }

  /// What computes a step of a built-in unit; nil for one of the user's own.
  func kernel(_ choice: KernelChoice) -> (any UnitKernel.Type)? {
    guard case .kernels(let portable, let avx2, let avx512) = code else { return nil }
    return switch choice {
    case .portable: portable
    case .avx2: avx2
    case .avx512: avx512
    }
  }

  /// How many parameters there are that are neither weights nor biases.
  var ownParameters: Int { parameterNames.count }
  /// All gate blocks.
  var blocks: Int { gates.input + gates.both + gates.recurrent }
  /// Blocks that see the input.
  package var inputBlocks: Range<Int> { 0..<gates.input + gates.both }
  /// Blocks that see the previous output.
  package var recurrentBlocks: Range<Int> { gates.input..<blocks }
  /// Whether any block sees the previous output; where none does, units do not see each other.
  var hasRecurrentBlocks: Bool { !recurrentBlocks.isEmpty }
}
