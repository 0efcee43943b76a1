/// A network with an encoder, forward only, to compare a fast one with: its gradients are compared with
/// finite differences of ``loss(_:)``.
///
/// Parameters are named as the fast network's: `encoder.K.…`, `layers.K.…` and `output.…`.
package struct ReferenceDecoder: Sendable {
  /// A layer of the decoder.
  package enum Layer: Sendable {
    case plain(ReferenceLayer<Double>)
    case attention(size: Int)
    case repeatOverTime
  }

  /// `V` of what the encoder reads, and of what the decoder reads and outputs.
  package let vocabularies: (source: Int, target: Int)
  package let encoder: [ReferenceLayer<Double>]
  package let layers: [Layer]
  package var parameters: ReferenceTensors<Double>

  package init(
    vocabularies: (source: Int, target: Int), encoder: [ReferenceLayer<Double>], layers: [Layer],
    parameters: ReferenceTensors<Double>
  ) {
    self.vocabularies = vocabularies
    self.encoder = encoder
    self.layers = layers
    self.parameters = parameters
  }

  /// The mean loss of a batch in nats, where the encoder has read the tokens of `source`.
  package func loss(_ batch: ReferenceBatch, source: ReferenceBatch) -> Double {
    ReferenceSoftmaxCrossEntropy(
      logits: logits(batch, source: source), targets: batch.targets,
      vocabulary: vocabularies.target
    ).loss
  }

  /// `[T, B, V]`
  package func logits(_ batch: ReferenceBatch, source: ReferenceBatch) -> [Double] {
    let encoded = run(
      encoder, prefix: "encoder.", source, .tokens(source.tokens), size: vocabularies.source)
    let isPooled = encoder.contains(where: \.isPooling)
    let summary =
      isPooled
      ? encoded.values
      : ReferencePass.meanOverTime(encoded.values, size: encoded.size, lengths: source.lengths)
        .output
    var input = ReferenceActivations<Double>.tokens(batch.tokens)
    var size = vocabularies.target
    for (k, layer) in layers.enumerated() {
      let prefix = "layers.\(k)."
      let values: [Double]
      switch (layer, input) {
      case (.plain(let layer), _):
        let state =
          layer.hidden.map { start(prefix, summary, encoded.size, hidden: $0, batch) }
          ?? zeros(layer, batch, inputs: size)
        (values, size) = run(layer, prefix, batch, input, size: size, state: state)
      case (.repeatOverTime, .values(let x, _)):
        let added = dense(prefix, summary, size: encoded.size)
        values = x.indices.map { x[$0] + added[$0 % added.count] }
      case (.attention(let outputs), .values(let x, _)):
        values = attention(prefix, x, size, encoded, source)
        size = outputs
      default: preconditionFailure("this layer cannot read tokens")
      }
      input = .values(values, size: size)
    }
    guard case .values(let last, _) = input else { preconditionFailure("a decoder has layers") }
    return dense("output.", last, size: size)
  }

  /// `W x + b` of the parameters that begin with `prefix`; without `b` where there is none.
  private func dense(_ prefix: String, _ x: [Double], size: Int) -> [Double] {
    let weight = parameters[prefix + "weight"]!
    let bias = parameters[prefix + "bias"] ?? ReferenceTensor(zeros: [weight.shape[0]])
    return ReferencePass.dense(["weight": weight, "bias": bias], .values(x, size: size)).output
  }

  /// The state that a recurrent layer begins with.
  private func start(
    _ prefix: String, _ summary: [Double], _ size: Int, hidden: Int, _ batch: ReferenceBatch
  ) -> ReferenceState<Double> {
    let values = dense(prefix + "start.", summary, size: size).map { Double.tanh($0) }
    let width = values.count / batch.sequences
    var state = ReferenceState<Double>(zeros: batch.sequences * hidden)
    for b in 0..<batch.sequences {
      for i in 0..<hidden {
        state.h[b * hidden + i] = values[b * width + i]
        if width > hidden { state.c[b * hidden + i] = values[b * width + hidden + i] }
      }
    }
    return state
  }

  /// What each step sees of all steps of its sequence.
  private func attention(
    _ prefix: String, _ x: [Double], _ size: Int, _ encoded: (values: [Double], size: Int),
    _ source: ReferenceBatch
  ) -> [Double] {
    let sequences = source.sequences
    let queries = dense(prefix + "query.", x, size: size)
    let width = encoded.size
    var context: [Double] = []
    for row in 0..<x.count / size {
      let b = row % sequences
      let scores = (0..<source.lengths[b]).map { s in
        (0..<width).reduce(0.0) {
          $0 + queries[row * width + $1] * encoded.values[(s * sequences + b) * width + $1]
        }
      }
      let powers = scores.map { Double.exp($0 - scores.max()!) }
      let sum = powers.reduce(0, +)
      for i in 0..<width {
        context.append(
          powers.indices.reduce(0) {
            $0 + powers[$1] / sum * encoded.values[($1 * sequences + b) * width + i]
          })
      }
    }
    let seen = dense(prefix + "context.", context, size: width)
    return zip(seen, dense(prefix + "hidden.", x, size: size)).map { Double.tanh($0 + $1) }
  }

  // MARK: - Layers of other networks

  private func run(
    _ layers: [ReferenceLayer<Double>], prefix: String, _ batch: ReferenceBatch,
    _ input: ReferenceActivations<Double>, size: Int
  ) -> (values: [Double], size: Int) {
    var batch = batch
    var (input, size) = (input, size)
    for (k, layer) in layers.enumerated() {
      let encoded = run(
        layer, "\(prefix)\(k).", batch, input, size: size,
        state: zeros(layer, batch, inputs: size))
      size = encoded.size
      input = .values(encoded.values, size: size)
      if layer.isPooling {
        batch = ReferenceBatch(
          steps: 1, sequences: batch.sequences,
          tokens: [Int32](repeating: 0, count: batch.sequences),
          targets: [Int32](repeating: -1, count: batch.sequences))
      }
    }
    guard case .values(let values, _) = input else { preconditionFailure("there are layers") }
    return (values, size)
  }

  /// A layer's state before a batch; nil where it has none.
  private func zeros(
    _ layer: ReferenceLayer<Double>, _ batch: ReferenceBatch, inputs: Int
  ) -> ReferenceState<Double>? {
    layer.stateSize(inputs: inputs).map { ReferenceState(zeros: batch.sequences * $0) }
  }

  /// One layer, as a network of its own with the layer's output.
  private func run(
    _ layer: ReferenceLayer<Double>, _ prefix: String, _ batch: ReferenceBatch,
    _ input: ReferenceActivations<Double>, size: Int, state: ReferenceState<Double>?
  ) -> (values: [Double], size: Int) {
    var own: ReferenceTensors<Double> = [:]
    for name in layer.shapes(inputs: size).keys {
      own["layers.0." + name] = parameters[prefix + name]!
    }
    var batch = batch
    batch.targets = batch.targets.map { _ in -1 }
    var frames: ReferenceTensor<Double>?
    if case .values(let values, _) = input {
      // Every row is a frame of its own.
      frames = ReferenceTensor(shape: [values.count / size, size], values: values)
      batch.tokens = (0..<Int32(values.count / size)).map { $0 }
    }
    let outputs = layer.outputs(inputs: size)
    let network = ReferenceNetwork(
      vocabulary: size, layers: [layer], output: .meanSquaredError, outputs: outputs,
      parameters: own, frames: frames)
    return (network.use(batch, from: state.map { [$0] } ?? []).logits, outputs)
  }
}
