/// The unit with a forget gate only (van der Westhuizen & Lasenby 2018), gate and candidate in the order f, g:
///
///     f = σ(a_f)   i = 1 - σ(a_f - 1)   g = tanh(a_g)           where a = W_ih x + b + W_hh h
///     h' = f h + i g
package struct ReferenceJANET<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 2 }

  /// `[2H, H]`.
  private let recurrent: ReferenceTensor<Scalar>

  package struct Record {
    /// `h` before the step, `[B, H]`.
    let previous: [Scalar]
    /// The sums, `[B, 2H]`.
    let sums: [Scalar]
  }

  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    // With e = exp(-s), the gate is 1 / (1 + e), and what is new counts 1 - 1 / (1 + e · exp(1)).
    let forget = gate("forget gate")
    let input = 1 - 1 / (1 + (1 / forget - 1) * Scalar.exp(1))
    return forget * before + input * gate("candidate")
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
    for n in state.h.indices {
      let (b, j) = n.quotientAndRemainder(dividingBy: hidden)
      let row = b * 2 * hidden + j
      let f = Scalar.sigmoid(a[row])
      let i = 1 - Scalar.sigmoid(a[row] - 1)
      new.h[n] = f * state.h[n] + i * Scalar.tanh(a[row + hidden])
    }
    return (new, Record(previous: state.h, sums: a))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>) {
    let hidden = recurrent.shape[1]
    var da = record.sums
    var dh = gradient.h
    for n in dh.indices {
      let (b, j) = n.quotientAndRemainder(dividingBy: hidden)
      let row = b * 2 * hidden + j
      let f = Scalar.sigmoid(record.sums[row])
      let i = 1 - Scalar.sigmoid(record.sums[row] - 1)
      let g = Scalar.tanh(record.sums[row + hidden])
      da[row] = gradient.h[n] * (record.previous[n] * f * (1 - f) - g * i * (1 - i))
      da[row + hidden] = gradient.h[n] * i * (1 - g * g)
      dh[n] = gradient.h[n] * f
    }
    let through = recurrent.timesBackward(da, record.previous, into: &gradients["weight_hh"]!)
    return (da, ReferenceState(h: referenceSum(dh, through), c: gradient.c))
  }
}
