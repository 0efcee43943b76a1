/// The minimal long short-term memory (Feng et al. 2024), gates and candidate in the order f, i, n:
///
///     f = σ(a_f)   i = σ(a_i)   n = a_n                            where a = W_ih x + b
///     h' = f / (f + i) h + i / (f + i) n
package struct ReferenceMinLSTM<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 3 }

  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    inputShapes(inputs: inputs, hidden: hidden)
  }

  private let hidden: Int

  package typealias Record = ReferenceMinGRU<Scalar>.Record

  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    (gate("forget gate") * before + gate("input gate") * gate("candidate"))
      / (gate("forget gate") + gate("input gate"))
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
      let row = b * 3 * hidden + j
      let f = Scalar.sigmoid(a[row])
      let i = Scalar.sigmoid(a[row + hidden])
      new.h[index] = (f * state.h[index] + i * a[row + 2 * hidden]) / (f + i)
      record.gates[row] = f
      record.gates[row + hidden] = i
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
      let row = b * 3 * hidden + j
      let f = record.gates[row]
      let i = record.gates[row + hidden]
      let sum = f + i
      let d = gradient.h[index] * (record.previous[index] - record.gates[row + 2 * hidden])
      // h' is n + f / (f + i) (h - n).
      da[row] = d * i / (sum * sum) * f * (1 - f)
      da[row + hidden] = -d * f / (sum * sum) * i * (1 - i)
      da[row + 2 * hidden] = gradient.h[index] * i / sum
      dh[index] = gradient.h[index] * f / sum
    }
    return (da, ReferenceState(h: dh, c: gradient.c))
  }
}
