public import Refrain

/// An LSTM whose gates look at the cell value, with one weight per unit (Gers & Schmidhuber 2000): the
/// input and forget gates at the previous value, the output gate at the new one.
public struct PeepholeLSTM: Cell {
  /// Creates the cell; a layer's parameters belong to the network.
  public init() {}

  /// Input, forget, candidate and output; all see the input and the previous output.
  public let gates = (input: 0, both: 4, recurrent: 0)
  /// The cell value.
  public let cellStates = 1
  /// The tanh of the cell value.
  public let saved = 1
  /// One peephole for each gate but the candidate.
  public let parameterNames = ["peephole_i", "peephole_f", "peephole_o"]

  /// One step of the cell state; leaves the gates after their nonlinearities.
  public func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>
  ) {
    let count = saved.count
    for j in 0..<count {
      let before = previous[count + j]
      let i = Scalar.sigmoid(gates[j] + parameters[j] * before)
      let f = Scalar.sigmoid(gates[count + j] + parameters[count + j] * before)
      let g = Scalar.tanh(gates[2 * count + j])
      let cell = f * before + i * g
      let o = Scalar.sigmoid(gates[3 * count + j] + parameters[2 * count + j] * cell)
      let cellTanh = Scalar.tanh(cell)
      gates[j] = i
      gates[count + j] = f
      gates[2 * count + j] = g
      gates[3 * count + j] = o
      saved[j] = cellTanh
      next[j] = o * cellTanh
      next[count + j] = cell
    }
  }

  /// The step's gradient, the output gate first: a part of the cell value's came through it.
  public func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>
  ) {
    let count = saved.count
    for j in 0..<count {
      let before = previous[count + j]
      let cell = next[count + j]
      let i = gates[j]
      let f = gates[count + j]
      let g = gates[2 * count + j]
      let o = gates[3 * count + j]
      let dOutput = dNext[j] * saved[j] * o * (1 - o)
      var dCell = dNext[count + j] + dNext[j] * o * (1 - saved[j] * saved[j])
      dCell += dOutput * parameters[2 * count + j]
      let dInput = dCell * g * i * (1 - i)
      let dForget = dCell * before * f * (1 - f)
      gates[j] = dInput
      gates[count + j] = dForget
      gates[2 * count + j] = dCell * i * (1 - g * g)
      gates[3 * count + j] = dOutput
      dPrevious[j] = 0
      dPrevious[count + j] =
        dCell * f + dInput * parameters[j] + dForget * parameters[count + j]
      dParameters[j] = dInput * before
      dParameters[count + j] = dForget * before
      dParameters[2 * count + j] = dOutput * cell
    }
  }
}
