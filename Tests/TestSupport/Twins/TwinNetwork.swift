/// A whole network from tokens to logits, to compare a fast one with.
///
/// Parameters are named `layers.K.…`, where K is the layer's position in the list, and `output.…`:
/// the dense layer to `V` logits that comes last, and whose softmax is compared with the targets.
package struct TwinNetwork<Scalar: TwinScalar>: Equatable, Sendable {
  /// `V`, of the inputs and the outputs.
  package var vocabulary: Int
  package var layers: [TwinLayer<Scalar>]
  package var parameters: TwinTensors<Scalar>

  package init(vocabulary: Int, layers: [TwinLayer<Scalar>], parameters: TwinTensors<Scalar>) {
    self.vocabulary = vocabulary
    self.layers = layers
    self.parameters = parameters
    precondition(
      parameters.mapValues(\.shape) == Self.shapes(vocabulary: vocabulary, layers: layers),
      "a network's parameters have the names and shapes that its layers ask for")
  }

  /// The shapes of all parameters by name.
  package static func shapes(
    vocabulary: Int, layers: [TwinLayer<Scalar>]
  ) -> [String: [Int]] {
    var shapes: [String: [Int]] = [:]
    var inputs = vocabulary
    for (k, layer) in layers.enumerated() {
      for (name, shape) in layer.shapes(inputs: inputs) { shapes["layers.\(k).\(name)"] = shape }
      inputs = layer.outputs(inputs: inputs)
    }
    shapes["output.weight"] = [vocabulary, inputs]
    shapes["output.bias"] = [vocabulary]
    return shapes
  }

  /// A state of zeros for each recurrent layer, in order.
  package func zeroState(sequences: Int) -> [TwinState<Scalar>] {
    layers.compactMap { layer in layer.hidden.map { TwinState(zeros: sequences * $0) } }
  }

  package func converted<Other: TwinScalar>(to type: Other.Type) -> TwinNetwork<Other> {
    TwinNetwork<Other>(
      vocabulary: vocabulary, layers: layers.map { $0.converted(to: type) },
      parameters: parameters.mapValues { $0.converted(to: type) })
  }
}

/// What a batch gives: see ``TwinNetwork/step(_:from:)``.
package struct TwinStep<Scalar: TwinScalar>: Sendable {
  /// In nats, the mean over the counted targets.
  package let loss: Scalar
  /// `[T, B, V]`.
  package let logits: [Scalar]
  /// By the names of the parameters.
  package let gradients: TwinTensors<Scalar>
  /// The state of each recurrent layer after the last step, in order.
  package let state: [TwinState<Scalar>]
}

extension TwinNetwork {
  /// Forward and backward over a batch, from one state for each recurrent layer. No gradient flows
  /// into that state.
  package func step(_ batch: TwinBatch, from state: [TwinState<Scalar>]) -> TwinStep<Scalar> {
    let passes = forward(batch, from: state)
    let logits = passes.last!.output
    let head = TwinSoftmaxCrossEntropy(
      logits: logits, targets: batch.targets, vocabulary: vocabulary)
    var gradients: TwinTensors<Scalar> = [:]
    var gradient = head.gradient
    for (k, pass) in passes.enumerated().reversed() {
      let (input, parameters) = pass.backward(gradient)
      for (name, value) in parameters { gradients[prefix(k) + name] = value }
      gradient = input
    }
    return TwinStep(
      loss: head.loss, logits: logits, gradients: gradients, state: passes.compactMap(\.state))
  }

  /// Only the loss of ``step(_:from:)``.
  package func loss(_ batch: TwinBatch, from state: [TwinState<Scalar>]) -> Scalar {
    TwinSoftmaxCrossEntropy(
      logits: forward(batch, from: state).last!.output, targets: batch.targets,
      vocabulary: vocabulary
    ).loss
  }

  /// The passes of all layers and, last, of the output layer.
  private func forward(
    _ batch: TwinBatch, from state: [TwinState<Scalar>]
  ) -> [TwinPass<Scalar>] {
    var states = state[...]
    var passes: [TwinPass<Scalar>] = []
    for k in 0...layers.count {
      let input =
        passes.last.map { TwinActivations.values($0.output, size: $0.size) }
        ?? .tokens(batch.tokens)
      let hidden = k < layers.count ? layers[k].hidden : nil
      let initial = hidden == nil ? nil : states.removeFirst()
      passes.append(pass(k, input, batch, initial))
    }
    precondition(states.isEmpty, "there is one initial state for each recurrent layer")
    return passes
  }

  private func pass(
    _ k: Int, _ input: TwinActivations<Scalar>, _ batch: TwinBatch, _ state: TwinState<Scalar>?
  ) -> TwinPass<Scalar> {
    let own = parameters(of: k)
    func recurrent<Cell: TwinCell<Scalar>>(_ type: Cell.Type) -> TwinPass<Scalar> {
      .recurrent(
        type, own, input, starts: batch.starts, state: state!, sequences: batch.sequences)
    }
    guard k < layers.count else { return .dense(own, input) }
    switch (layers[k], input) {
    case (.rnn, _): return recurrent(TwinRNN.self)
    case (.lstm, _): return recurrent(TwinLSTM.self)
    case (.gru, _): return recurrent(TwinGRU.self)
    case (.peepholeLSTM, _): return recurrent(TwinPeepholeLSTM.self)
    case (.dense, _): return .dense(own, input)
    case (.denseTanh, _): return TwinPass.dense(own, input).withTanh()
    case (.embedding, .tokens(let tokens)): return .embedding(own, tokens)
    case (.dropout(let mask), .values(let values, let size)):
      return .dropout(mask: mask, values, size: size)
    case (.embedding, .values): preconditionFailure("an embedding is the first layer")
    case (.dropout, .tokens): preconditionFailure("a dropout is not the first layer")
    }
  }

  private func prefix(_ k: Int) -> String { k < layers.count ? "layers.\(k)." : "output." }

  private func parameters(of k: Int) -> TwinTensors<Scalar> {
    let prefix = prefix(k)
    var own: TwinTensors<Scalar> = [:]
    for (name, value) in parameters where name.hasPrefix(prefix) {
      own[String(name.dropFirst(prefix.count))] = value
    }
    return own
  }
}
