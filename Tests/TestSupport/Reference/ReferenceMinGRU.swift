/// The minimal gated recurrent unit (Feng et al. 2024), gate and candidate in the order z, n:
///
///     z = σ(a_z)   n = a_n                            where a = W_ih x + b
///     h' = (1 - z) h + z n
package struct ReferenceMinGRU<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 2 }

  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    inputShapes(inputs: inputs, hidden: hidden)
  }

  private let hidden: Int

  package struct Record {
    /// `h` before the step, `[B, H]`.
    let previous: [Scalar]
    /// z after its nonlinearity and n, `[B, 2H]`.
    var gates: [Scalar]
  }

  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    (1 - gate("update gate")) * before + gate("update gate") * gate("candidate")
  }

  package init(_ parameters: ReferenceTensors<Scalar>) {
    hidden = parameters["bias"]!.values.count / Self.gates
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func forward(
    projection a: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record) {
    var new = state
    var record = Record(previous: state.h, gates: a)
    for index in state.h.indices {
      let (b, j) = index.quotientAndRemainder(dividingBy: hidden)
      let row = b * 2 * hidden + j
      let z = Scalar.sigmoid(a[row])
      new.h[index] = (1 - z) * state.h[index] + z * a[row + hidden]
      record.gates[row] = z
    }
    return (new, record)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>) {
    var da = record.gates
    var dh = gradient.h
    for index in dh.indices {
      let (b, j) = index.quotientAndRemainder(dividingBy: hidden)
      let row = b * 2 * hidden + j
      let z = record.gates[row]
      let n = record.gates[row + hidden]
      da[row] = gradient.h[index] * (n - record.previous[index]) * z * (1 - z)
      da[row + hidden] = gradient.h[index] * z
      dh[index] = gradient.h[index] * (1 - z)
    }
    return (da, ReferenceState(h: dh, c: gradient.c))
  }
}
