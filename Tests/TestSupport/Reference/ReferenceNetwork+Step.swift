import Refrain

/// What a batch gives: see ``ReferenceNetwork/step(_:from:)``.
package struct ReferenceStep<Scalar: ReferenceScalar>: Sendable {
  /// The mean over the counted targets; of a softmax in nats.
  package let loss: Scalar
  /// The network's output: `[T, B, V]` logits, `[T, B, D]` values of frames, or what ``ReferenceOutput``
  /// gives of a mixture. After a last step, `T` is 1.
  package let logits: [Scalar]
  /// By the names of the parameters.
  package let gradients: ReferenceTensors<Scalar>
  /// The state of each layer that keeps one after the last step, in order.
  package let state: [ReferenceState<Scalar>]
  /// What batch normalisation has met after the batch.
  package let statistics: ReferenceTensors<Scalar>
}

extension ReferenceNetwork {
  /// Forward and backward over a batch, from one state for each recurrent layer. No gradient flows
  /// into that state.
  package func step(_ batch: ReferenceBatch, from state: [ReferenceState<Scalar>]) -> ReferenceStep<
    Scalar
  > {
    let passes = forward(batch, from: state, trains: true)
    let output = passes.last!.output
    let cost = cost(of: output, batch)
    var gradients: ReferenceTensors<Scalar> = [:]
    var statistics: ReferenceTensors<Scalar> = [:]
    var gradient = cost.gradient
    for (k, pass) in passes.enumerated().reversed() {
      let (input, parameters) = pass.backward(gradient)
      for (name, value) in parameters { gradients[prefix(k) + name] = value }
      for (name, value) in pass.statistics { statistics[prefix(k) + name] = value }
      gradient = input
    }
    return ReferenceStep(
      loss: cost.loss, logits: output, gradients: gradients, state: passes.compactMap(\.state),
      statistics: statistics)
  }

  /// What the gradients of ``step(_:from:)`` are those of: its loss, and what weight decay adds.
  package func objective(_ batch: ReferenceBatch, from state: [ReferenceState<Scalar>]) -> Scalar {
    var sum = cost(of: forward(batch, from: state, trains: true).last!.output, batch).loss
    for (k, layer) in layers.enumerated() where layer.weightDecay != 0 {
      let weights = parameters["layers.\(k).weight"]!.values
      sum += layer.weightDecay / 2 * weights.reduce(0) { $0 + $1 * $1 }
    }
    return sum
  }

  /// The output of a network that is only used, as ``ReferenceStep/logits``, and its loss: nothing is dropped or
  /// moved, and batch normalisation takes what it has met.
  package func use(
    _ batch: ReferenceBatch, from state: [ReferenceState<Scalar>]
  ) -> (loss: Scalar, logits: [Scalar]) {
    let output = forward(batch, from: state, trains: false).last!.output
    return (cost(of: output, batch).loss, output)
  }

  private func cost(of values: [Scalar], _ batch: ReferenceBatch) -> (
    loss: Scalar, gradient: [Scalar]
  ) {
    let targets = outputRows(batch.targets, batch)
    // A softmax needs none.
    let frames = targetFrames ?? self.frames ?? ReferenceTensor(zeros: [0, outputs])
    switch output {
    case .softmax:
      let head = ReferenceSoftmaxCrossEntropy(logits: values, targets: targets, vocabulary: outputs)
      return (head.loss, head.gradient)
    case .meanSquaredError:
      let head = ReferenceSquaredError(values, frames: frames, targets: targets)
      return (head.loss, head.gradient)
    case .mixture(let components, _):
      let head = ReferenceMixture(values, components: components, frames: frames, targets: targets)
      return (head.loss, head.gradient)
    case .labels:
      let head = ReferenceLabels(logits: values, frames: frames, targets: targets)
      return (head.loss, head.gradient)
    }
  }

  /// Of what is `[T, B]`, the rows that the output has: where one step is made of all, each sequence's last.
  func outputRows<Value>(_ values: [Value], _ batch: ReferenceBatch) -> [Value] {
    layers.contains(where: \.isPooling) ? batch.last(values) : values
  }

  /// The passes of all layers and, last, of the output.
  private func forward(
    _ batch: ReferenceBatch, from state: [ReferenceState<Scalar>], trains: Bool
  ) -> [ReferencePass<Scalar>] {
    var states = state[...]
    var passes: [ReferencePass<Scalar>] = []
    let sizes = stateSizes
    for k in 0...layers.count {
      let input =
        passes.last.map { ReferenceActivations.values($0.output, size: $0.size) } ?? first(batch)
      let keepsState = k < layers.count && sizes[k] != nil
      let initial = keepsState ? states.removeFirst() : nil
      passes.append(pass(k, input, batch, initial, trains: trains))
    }
    precondition(states.isEmpty, "there is one initial state for each layer that keeps one")
    return passes
  }

  /// What the first layer reads.
  private func first(_ batch: ReferenceBatch) -> ReferenceActivations<Scalar> {
    guard let frames else { return .tokens(batch.tokens) }
    return .values(batch.tokens.flatMap { frames.row($0) }, size: vocabulary)
  }

  private func pass(
    _ k: Int, _ input: ReferenceActivations<Scalar>, _ batch: ReferenceBatch,
    _ state: ReferenceState<Scalar>?,
    trains: Bool
  ) -> ReferencePass<Scalar> {
    let own = own(k, parameters)
    func recurrent<Cell: ReferenceCell<Scalar>>(_ type: Cell.Type) -> ReferencePass<Scalar> {
      .recurrent(
        type, own, input, starts: batch.starts, state: state!, lengths: batch.lengths)
    }
    guard k < layers.count else { return output.pass(own, input, past: past(batch)) }
    switch (layers[k], input) {
    case (.recurrent(.mogrifierLSTM, _), .values(let values, let size)):
      return .recurrent(
        ReferenceMogrifierLSTM.self, own, inputLayer: .same(values, size: size),
        starts: batch.starts, state: state!, lengths: batch.lengths)
    case (.recurrent(let kind, _), _): return recurrent(referenceCell(kind, Scalar.self))
    case (.dense(_, let decay), _):
      return ReferencePass.dense(own, input).withWeightDecay(decay, own["weight"]!)
    case (.denseTanh(_, let decay), _):
      return ReferencePass.dense(own, input).withWeightDecay(decay, own["weight"]!).withTanh()
    case (.denseReLU(_, let decay), _):
      return ReferencePass.dense(own, input).withWeightDecay(decay, own["weight"]!).withReLU()
    case (.embedding, .tokens(let tokens)): return .embedding(own, tokens)
    case (.dropout(let mask), .values(let values, let size)):
      return trains ? .dropout(mask: mask, values, size: size) : .same(values, size: size)
    case (.noise(let noise), .values(let values, let size)):
      return trains ? .noise(noise, values, size: size) : .same(values, size: size)
    case (.batchNorm, .values(let values, _)):
      return trains
        ? .batchNorm(
          own, self.own(k, statistics), values,
          counted: layers[..<k].contains(where: \.isPooling)
            ? batch.lengths.map { _ in true } : batch.counted)
        : .batchNormInUse(own, self.own(k, statistics), values)
    case (.layerNorm, .values(let values, _)): return .layerNorm(own, values)
    case (.convolution(let make), .values(let values, let size)):
      return .convolution(
        make, own, values, size: size, starts: batch.starts, state: state, lengths: batch.lengths)
    case (.lastStep, .values(let values, let size)):
      return .lastStep(values, size: size, lengths: batch.lengths)
    case (.meanOverTime, .values(let values, let size)):
      return .meanOverTime(values, size: size, lengths: batch.lengths)
    case (.maxOverTime, .values(let values, let size)):
      return .maxOverTime(values, size: size, lengths: batch.lengths)
    case (.bidirectional(let layer), .values(let values, let size)):
      return bidirectional(layer, own, values, size: size, batch)
    case (.embedding, .values): preconditionFailure("an embedding is the first layer")
    case (_, .tokens): preconditionFailure("this layer cannot read tokens")
    }
  }

  private func bidirectional(
    _ layer: ReferenceLayer<Scalar>, _ own: ReferenceTensors<Scalar>, _ values: [Scalar], size: Int,
    _ batch: ReferenceBatch
  ) -> ReferencePass<Scalar> {
    func direction(_ prefix: String, _ values: [Scalar]) -> ReferencePass<Scalar> {
      let alone = ReferenceNetwork(
        vocabulary: size, layers: [layer], output: .meanSquaredError,
        parameters: Dictionary(
          uniqueKeysWithValues: layer.shapes(inputs: size).keys.map {
            ("layers.0." + $0, own[prefix + $0]!)
          }))
      var batch = batch
      batch.starts = batch.starts.map { _ in false }
      return alone.pass(
        0, .values(values, size: size), batch, alone.zeroState(sequences: batch.sequences)[0],
        trains: true)
    }
    let mirrored = ReferencePass.mirrored(values, size: size, lengths: batch.lengths)
    return .bothDirections(
      direction("", values), direction("reverse.", mirrored), inputs: size,
      lengths: batch.lengths)
  }

  private func prefix(_ k: Int) -> String { k < layers.count ? "layers.\(k)." : "output." }

  private func own(_ k: Int, _ tensors: ReferenceTensors<Scalar>) -> ReferenceTensors<Scalar> {
    let prefix = prefix(k)
    var own: ReferenceTensors<Scalar> = [:]
    for (name, value) in tensors where name.hasPrefix(prefix) {
      own[String(name.dropFirst(prefix.count))] = value
    }
    return own
  }
}
