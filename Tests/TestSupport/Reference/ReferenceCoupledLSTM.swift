/// The long short-term memory with coupled gates (Greff et al. 2017); they stand in the order f, g, o:
///
///     f = σ(a_f)   i = 1 - f   g = tanh(a_g)   o = σ(a_o)       where a = W_ih x + b + W_hh h
///     c' = f c + i g
///     h' = o tanh(c')
package struct ReferenceCoupledLSTM<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 3 }

  /// `[3H, H]`.
  private let recurrent: ReferenceTensor<Scalar>

  package typealias Record = ReferenceLSTM<Scalar>.Record

  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    gate("forget gate") * before + (1 - gate("forget gate")) * gate("candidate")
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
      let row = b * 3 * hidden + j
      let f = Scalar.sigmoid(a[row])
      let g = Scalar.tanh(a[row + hidden])
      let o = Scalar.sigmoid(a[row + 2 * hidden])
      new.c[n] = f * state.c[n] + (1 - f) * g
      new.h[n] = o * Scalar.tanh(new.c[n])
      record.gates[row] = f
      record.gates[row + hidden] = g
      record.gates[row + 2 * hidden] = o
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
      let row = b * 3 * hidden + j
      let f = record.gates[row]
      let g = record.gates[row + hidden]
      let o = record.gates[row + 2 * hidden]
      let tanhCell = Scalar.tanh(record.cell[n])
      let dCell = gradient.c[n] + gradient.h[n] * o * (1 - tanhCell * tanhCell)
      da[row] = dCell * (record.previous.c[n] - g) * f * (1 - f)
      da[row + hidden] = dCell * (1 - f) * (1 - g * g)
      da[row + 2 * hidden] = gradient.h[n] * tanhCell * o * (1 - o)
      dc[n] = dCell * f
    }
    let dh = recurrent.timesBackward(da, record.previous.h, into: &gradients["weight_hh"]!)
    return (da, ReferenceState(h: dh, c: dc))
  }
}
