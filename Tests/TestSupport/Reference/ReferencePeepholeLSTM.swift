/// The long short-term memory whose gates also see the cell (Gers & Schmidhuber 2000): i and f its
/// old value, o its new one. The gates stand in the order i, f, g, o:
///
///     i = σ(a_i + p_i c)   f = σ(a_f + p_f c)   g = tanh(a_g)    where a = W_ih x + b + W_hh h
///     c' = f c + i g
///     o = σ(a_o + p_o c')
///     h' = o tanh(c')
package struct ReferencePeepholeLSTM<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 4 }

  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    var shapes = inputShapes(inputs: inputs, hidden: hidden)
    shapes["weight_hh"] = [gates * hidden, hidden]
    for gate in ["i", "f", "o"] { shapes["peephole_" + gate] = [hidden] }
    return shapes
  }

  /// `[4H, H]`.
  private let recurrent: ReferenceTensor<Scalar>
  /// `[H]` each.
  private let (peepholeI, peepholeF, peepholeO): ([Scalar], [Scalar], [Scalar])

  package typealias Record = ReferenceLSTM<Scalar>.Record

  package init(_ parameters: ReferenceTensors<Scalar>) {
    recurrent = parameters["weight_hh"]!
    peepholeI = parameters["peephole_i"]!.values
    peepholeF = parameters["peephole_f"]!.values
    peepholeO = parameters["peephole_o"]!.values
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func forward(
    projection: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record) {
    let hidden = recurrent.shape[1]
    let a = referenceSum(projection, recurrent.times(state.h, size: hidden))
    var new = state
    var record = Record(previous: state, gates: a, cell: state.c)
    for n in state.h.indices {
      let (b, j) = n.quotientAndRemainder(dividingBy: hidden)
      let row = b * 4 * hidden + j
      let i = Scalar.sigmoid(a[row] + peepholeI[j] * state.c[n])
      let f = Scalar.sigmoid(a[row + hidden] + peepholeF[j] * state.c[n])
      let g = Scalar.tanh(a[row + 2 * hidden])
      new.c[n] = f * state.c[n] + i * g
      let o = Scalar.sigmoid(a[row + 3 * hidden] + peepholeO[j] * new.c[n])
      new.h[n] = o * Scalar.tanh(new.c[n])
      record.gates[row] = i
      record.gates[row + hidden] = f
      record.gates[row + 2 * hidden] = g
      record.gates[row + 3 * hidden] = o
    }
    record.cell = new.c
    return (new, record)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>) {
    let hidden = recurrent.shape[1]
    var da = record.gates
    var dc = gradient.c
    for n in dc.indices {
      let (b, j) = n.quotientAndRemainder(dividingBy: hidden)
      let row = b * 4 * hidden + j
      let i = record.gates[row]
      let f = record.gates[row + hidden]
      let g = record.gates[row + 2 * hidden]
      let o = record.gates[row + 3 * hidden]
      let (previous, cell) = (record.previous.c[n], record.cell[n])
      let tanhCell = Scalar.tanh(cell)
      // The output gate comes first: the new cell's gradient has a part that came through it.
      let dO = gradient.h[n] * tanhCell * o * (1 - o)
      let dCell =
        gradient.c[n] + gradient.h[n] * o * (1 - tanhCell * tanhCell) + dO * peepholeO[j]
      let dI = dCell * g * i * (1 - i)
      let dF = dCell * previous * f * (1 - f)
      da[row] = dI
      da[row + hidden] = dF
      da[row + 2 * hidden] = dCell * i * (1 - g * g)
      da[row + 3 * hidden] = dO
      gradients["peephole_i"]!.values[j] += dI * previous
      gradients["peephole_f"]!.values[j] += dF * previous
      gradients["peephole_o"]!.values[j] += dO * cell
      dc[n] = dCell * f + dI * peepholeI[j] + dF * peepholeF[j]
    }
    let dh = recurrent.timesBackward(da, record.previous.h, into: &gradients["weight_hh"]!)
    return (da, ReferenceState(h: dh, c: dc))
  }
}
