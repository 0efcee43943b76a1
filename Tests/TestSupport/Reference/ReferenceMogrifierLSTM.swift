/// The Mogrifier LSTM (Melis, Kočiský & Blunsom 2020): before each step of an LSTM, input and previous
/// output alter each other,
///
///     x ← 2σ(Q1 h) x   h ← 2σ(R2 x) h   x ← 2σ(Q3 h) x   h ← 2σ(R4 x) h   x ← 2σ(Q5 h) x
///
/// It is given the input itself.
package struct ReferenceMogrifierLSTM<Scalar: ReferenceScalar>: ReferenceCell {
  package static var gates: Int { 4 }

  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    var shapes = inputShapes(inputs: inputs, hidden: hidden)
    shapes["weight_hh"] = [gates * hidden, hidden]
    for name in ["q1", "q3", "q5"] { shapes["mogrifier_" + name] = [inputs, hidden] }
    for name in ["r2", "r4"] { shapes["mogrifier_" + name] = [hidden, inputs] }
    return shapes
  }

  private let parameters: ReferenceTensors<Scalar>
  private let lstm: ReferenceLSTM<Scalar>

  package struct Record {
    /// Input and previous output before each round and, last, after all.
    var vectors: [(x: [Scalar], h: [Scalar])]
    /// `2σ(…)` of each round.
    var factors: [[Scalar]] = []
    var lstm: ReferenceLSTM<Scalar>.Record?
  }

  package init(_ parameters: ReferenceTensors<Scalar>) {
    self.parameters = parameters
    lstm = ReferenceLSTM(parameters)
  }

  /// The rounds' matrices; those called q alter the input.
  private let names = ["q1", "r2", "q3", "r4", "q5"].map { "mogrifier_" + $0 }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func forward(
    projection input: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record) {
    let weight = parameters["weight_ih"]!
    let (inputs, hidden) = (weight.shape[1], weight.shape[0] / 4)
    var (x, h) = (input, state.h)
    var record = Record(vectors: [(x, h)])
    for (round, name) in names.enumerated() {
      let altersInput = round % 2 == 0
      let sums = parameters[name]!.times(
        altersInput ? h : x, size: altersInput ? hidden : inputs)
      let factors = sums.map { 2 * Scalar.sigmoid($0) }
      if altersInput {
        x = zip(factors, x).map { $0 * $1 }
      } else {
        h = zip(factors, h).map { $0 * $1 }
      }
      record.factors.append(factors)
      record.vectors.append((x, h))
    }
    let product = weight.times(x, size: inputs)
    let bias = parameters["bias"]!.values
    let projection = product.indices.map { product[$0] + bias[$0 % bias.count] }
    let step = lstm.forward(projection: projection, state: ReferenceState(h: h, c: state.c))
    record.lstm = step.record
    return (step.state, record)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>) {
    let step = lstm.backward(gradient, record: record.lstm!, into: &gradients)
    referenceAddRows(step.projection, to: &gradients["bias"]!)
    var dx = parameters["weight_ih"]!.timesBackward(
      step.projection, record.vectors.last!.x, into: &gradients["weight_ih"]!)
    var dh = step.state.h
    for (round, name) in names.enumerated().reversed() {
      let altersInput = round % 2 == 0
      let (before, factors) = (record.vectors[round], record.factors[round])
      let (vector, seen) = altersInput ? (before.x, before.h) : (before.h, before.x)
      let d = altersInput ? dx : dh
      let dSums = d.indices.map { d[$0] * vector[$0] * factors[$0] * (1 - factors[$0] / 2) }
      let direct = zip(d, factors).map { $0 * $1 }
      let fromSums = parameters[name]!.timesBackward(dSums, seen, into: &gradients[name]!)
      (dx, dh) =
        altersInput ? (direct, referenceSum(dh, fromSums)) : (referenceSum(dx, fromSums), direct)
    }
    return (dx, ReferenceState(h: dh, c: step.state.c))
  }
}
