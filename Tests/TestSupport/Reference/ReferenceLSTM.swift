/// The long short-term memory; its gates stand in the order i, f, g, o in the rows of the weights:
///
///     i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)     where a = W_ih x + b + W_hh h
///     c' = f c + i g
///     h' = o tanh(c')
package struct ReferenceLSTM<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 4 }

  /// `[4H, H]`.
  private let recurrent: ReferenceTensor<Scalar>

  package struct Record {
    /// The state before the step.
    let previous: ReferenceState<Scalar>
    /// i, f, g, o after their nonlinearities, `[B, 4H]`.
    var gates: [Scalar]
    /// `c` after the step, `[B, H]`.
    var cell: [Scalar]
  }

  package init(_ parameters: ReferenceTensors<Scalar>) {
    recurrent = parameters["weight_hh"]!
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
      let i = Scalar.sigmoid(a[row])
      let f = Scalar.sigmoid(a[row + hidden])
      let g = Scalar.tanh(a[row + 2 * hidden])
      let o = Scalar.sigmoid(a[row + 3 * hidden])
      new.c[n] = f * state.c[n] + i * g
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
      let tanhCell = Scalar.tanh(record.cell[n])
      let dCell = gradient.c[n] + gradient.h[n] * o * (1 - tanhCell * tanhCell)
      da[row] = dCell * g * i * (1 - i)
      da[row + hidden] = dCell * record.previous.c[n] * f * (1 - f)
      da[row + 2 * hidden] = dCell * i * (1 - g * g)
      da[row + 3 * hidden] = gradient.h[n] * tanhCell * o * (1 - o)
      dc[n] = dCell * f
    }
    let dh = recurrent.timesBackward(da, record.previous.h, into: &gradients["weight_hh"]!)
    return (da, ReferenceState(h: dh, c: dc))
  }
}
