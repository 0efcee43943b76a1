package import Refrain

/// The state of one recurrent layer.
package struct ReferenceState<Scalar: ReferenceScalar>: Equatable, Sendable {
  /// The hidden values, `[B, H]`.
  package var h: [Scalar]
  /// The cell values, `[B, H]`; only an LSTM reads or changes them.
  package var c: [Scalar]

  package init(h: [Scalar], c: [Scalar]) {
    (self.h, self.c) = (h, c)
  }

  package init(zeros count: Int) {
    self.init(h: Array(repeating: 0, count: count), c: Array(repeating: 0, count: count))
  }

  package func converted<Other: ReferenceScalar>(to type: Other.Type) -> ReferenceState<Other> {
    ReferenceState<Other>(h: h.map { Other($0) }, c: c.map { Other($0) })
  }

  /// This state with the rows of the sequences that start set to zero; `starts` is `[B]`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func zeroed(where starts: ArraySlice<Bool>) -> ReferenceState {
    let hidden = h.count / starts.count
    var state = self
    for (b, start) in starts.enumerated() where start {
      for i in b * hidden..<(b + 1) * hidden { (state.h[i], state.c[i]) = (0, 0) }
    }
    return state
  }
}

extension ReferenceState: Decodable where Scalar: Decodable {}

/// A recurrent unit, one step at a time: it gives an output, `h`, and alters its state.
package protocol ReferenceCell<Scalar>: Sendable {
  associatedtype Scalar: ReferenceScalar
  /// What a step's backward pass needs from its forward pass.
  associatedtype Record

  /// The number of gate blocks, `G`, stacked in the rows of the weights.
  static var gates: Int { get }

  /// The shapes of its parameters by their names. Tokens count as `inputs` = `V`: they are one-hot.
  static func shapes(inputs: Int, hidden: Int) -> [String: [Int]]

  /// The new state, or for a unit without cell states the new output, of the gates by the names that the
  /// engine tells them by, and of the state before.
  static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar

  init(_ parameters: ReferenceTensors<Scalar>)

  /// One step from `state`; `projection` `[B, G·H]` is the input's part, `W_ih x + b`, or, for a cell that
  /// alters its input, the input itself, `[B, I]`.
  func forward(
    projection: [Scalar], state: ReferenceState<Scalar>
  ) -> (state: ReferenceState<Scalar>, record: Record)

  /// From the loss's gradient with respect to a step's new state, the gradients with respect to its
  /// projection and to the state before it. Adds to the gradients of the parameters that only the
  /// cell knows: all but `weight_ih` and `bias`, unless it is given the input itself.
  func backward(
    _ gradient: ReferenceState<Scalar>, record: Record,
    into gradients: inout ReferenceTensors<Scalar>
  ) -> (projection: [Scalar], state: ReferenceState<Scalar>)
}

extension ReferenceCell {
  /// Those of a unit all of whose gates see input and previous output.
  package static func shapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    inputShapes(inputs: inputs, hidden: hidden)
      .merging(["weight_hh": [gates * hidden, hidden]]) { $1 }
  }

  /// That of a unit with a gate for what is kept and one for what is new.
  package static func next(_ gate: (String) -> Scalar, before: Scalar) -> Scalar {
    gate("forget gate") * before + gate("input gate") * gate("candidate")
  }

  /// Those of a unit whose gates see the input only.
  static func inputShapes(inputs: Int, hidden: Int) -> [String: [Int]] {
    ["weight_ih": [gates * hidden, inputs], "bias": [gates * hidden]]
  }
}

/// The reference implementation of a built-in unit.
package func referenceCell<Scalar: ReferenceScalar>(
  _ kind: CellKind, _ type: Scalar.Type
) -> any ReferenceCell<Scalar>.Type {
  switch kind {
  case .rnn: ReferenceRNN<Scalar>.self
  case .lstm: ReferenceLSTM<Scalar>.self
  case .gru: ReferenceGRU<Scalar>.self
  case .peepholeLSTM: ReferencePeepholeLSTM<Scalar>.self
  case .coupledLSTM: ReferenceCoupledLSTM<Scalar>.self
  case .minGRU: ReferenceMinGRU<Scalar>.self
  case .minLSTM: ReferenceMinLSTM<Scalar>.self
  case .mogrifierLSTM: ReferenceMogrifierLSTM<Scalar>.self
  case .janet: ReferenceJANET<Scalar>.self
  default: preconditionFailure("\(kind) has no reference implementation")
  }
}
