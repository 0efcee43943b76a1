/// The gated recurrent unit, its reset after the matrix product, gates in the order r, z, n:
///
///     r = σ(a_r + u_r)   z = σ(a_z + u_z)             where a = W_ih x + b, u = W_hh h
///     n = tanh(a_n + r (u_n + b_hn))
///     h' = (1 - z) n + z h
package struct ReferenceGRU<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 3 }

  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    var shapes = inputShapes(inputs: inputs, hidden: hidden)
    shapes["weight_hh"] = [gates * hidden, hidden]
    shapes["bias_hn"] = [hidden]
    return shapes
  }

  /// `[3H, H]`.
  private let recurrent: ReferenceTensor<Scalar>
  /// `b_hn`, `[H]`.
  private let biasN: [Scalar]

  package struct Record {
    /// `h` before the step, `[B, H]`.
    let previous: [Scalar]
    /// r, z, n after their nonlinearities, `[B, 3H]`.
    var gates: [Scalar]
    /// What r is multiplied with, `u_n + b_hn`, `[B, H]`.
    var candidate: [Scalar]
  }

  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    gate("update gate") * before + (1 - gate("update gate")) * gate("candidate")
  }

  package init(_ parameters: ReferenceTensors<Scalar>) {
    recurrent = parameters["weight_hh"]!
    biasN = parameters["bias_hn"]!.values
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func forward(
    projection a: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record) {
    let hidden = recurrent.shape[1]
    let u = recurrent.times(state.h, size: hidden)
    var new = state
    var record = Record(previous: state.h, gates: a, candidate: state.h)
    for index in state.h.indices {
      let (b, j) = index.quotientAndRemainder(dividingBy: hidden)
      let row = b * 3 * hidden + j
      let candidate = u[row + 2 * hidden] + biasN[j]
      let r = Scalar.sigmoid(a[row] + u[row])
      let z = Scalar.sigmoid(a[row + hidden] + u[row + hidden])
      let n = Scalar.tanh(a[row + 2 * hidden] + r * candidate)
      new.h[index] = (1 - z) * n + z * state.h[index]
      record.gates[row] = r
      record.gates[row + hidden] = z
      record.gates[row + 2 * hidden] = n
      record.candidate[index] = candidate
    }
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
    var du = record.gates
    var dh = gradient.h
    for index in dh.indices {
      let (b, j) = index.quotientAndRemainder(dividingBy: hidden)
      let row = b * 3 * hidden + j
      let r = record.gates[row]
      let z = record.gates[row + hidden]
      let n = record.gates[row + 2 * hidden]
      let dN = gradient.h[index] * (1 - z) * (1 - n * n)
      let dZ = gradient.h[index] * (record.previous[index] - n) * z * (1 - z)
      let dR = dN * record.candidate[index] * r * (1 - r)
      (da[row], du[row]) = (dR, dR)
      (da[row + hidden], du[row + hidden]) = (dZ, dZ)
      (da[row + 2 * hidden], du[row + 2 * hidden]) = (dN, dN * r)
      gradients["bias_hn"]!.values[j] += dN * r
      dh[index] = gradient.h[index] * z
    }
    let through = recurrent.timesBackward(du, record.previous, into: &gradients["weight_hh"]!)
    return (da, ReferenceState(h: referenceSum(dh, through), c: gradient.c))
  }
}
