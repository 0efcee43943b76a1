/// The plain recurrent unit: `h' = tanh(W_ih x + b + W_hh h)`.
package struct TwinRNN<Scalar: TwinScalar>: TwinCell {
  package static var gates: Int { 1 }

  /// `[H, H]`.
  private let recurrent: TwinTensor<Scalar>

  package struct Record {
    /// `h` before the step, `[B, H]`.
    let previous: [Scalar]
    /// `h` after it, `[B, H]`.
    let output: [Scalar]
  }

  package init(_ parameters: TwinTensors<Scalar>) {
    recurrent = parameters["weight_hh"]!
  }

  package func forward(
    projection: [Scalar], state: TwinState<Scalar>
  ) -> (state: TwinState<Scalar>, record: Record) {
    let sum = twinSum(projection, recurrent.times(state.h, size: recurrent.shape[1]))
    let output = sum.map { Scalar.tanh($0) }
    return (TwinState(h: output, c: state.c), Record(previous: state.h, output: output))
  }

  package func backward(
    _ gradient: TwinState<Scalar>, record: Record, into gradients: inout TwinTensors<Scalar>
  ) -> (projection: [Scalar], state: TwinState<Scalar>) {
    let d = tanhBackward(gradient.h, output: record.output)
    let dh = recurrent.timesBackward(d, record.previous, into: &gradients["weight_hh"]!)
    return (d, TwinState(h: dh, c: gradient.c))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func tanhBackward(_ dy: [Scalar], output y: [Scalar]) -> [Scalar] {
    y.indices.map { dy[$0] * (1 - y[$0] * y[$0]) }
  }
}
