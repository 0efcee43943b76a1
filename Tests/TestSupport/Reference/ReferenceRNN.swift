/// The plain recurrent unit: `h' = tanh(W_ih x + b + W_hh h)`.
package struct ReferenceRNN<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 1 }

  /// `[H, H]`.
  private let recurrent: ReferenceTensor<Scalar>

  package struct Record {
    /// `h` before the step, `[B, H]`.
    let previous: [Scalar]
    /// `h` after it, `[B, H]`.
    let output: [Scalar]
  }

  package init(_ parameters: ReferenceTensors<Scalar>) {
    recurrent = parameters["weight_hh"]!
  }

  package func forward(
    projection: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record) {
    let sum = referenceSum(projection, recurrent.times(state.h, size: recurrent.shape[1]))
    let output = sum.map { Scalar.tanh($0) }
    return (ReferenceState(h: output, c: state.c), Record(previous: state.h, output: output))
  }

  package func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>) {
    let d = tanhBackward(gradient.h, output: record.output)
    let dh = recurrent.timesBackward(d, record.previous, into: &gradients["weight_hh"]!)
    return (d, ReferenceState(h: dh, c: gradient.c))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func tanhBackward(_ dy: [Scalar], output y: [Scalar]) -> [Scalar] {
    y.indices.map { dy[$0] * (1 - y[$0] * y[$0]) }
  }
}
