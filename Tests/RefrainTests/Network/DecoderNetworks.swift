import Refrain
import TestSupport

/// Networks with an encoder, and batches for them, as the engine and the reference have them.
struct DecoderNetwork: Sendable, CustomStringConvertible {
  /// What stands in the decoder beside its recurrent layers.
  enum Kind: String, CaseIterable, Sendable {
    case plain, attention, repeated, all, label, pooled, convolved
  }

  let kind: Kind
  let cell: CellKind
  let hidden: Int

  static let vocabularies = (source: 6, target: 5)

  var description: String { "\(kind.rawValue), \(cell), \(hidden)" }

  private var looks: Bool { kind == .attention || kind == .all || kind == .convolved }
  private var repeats: Bool { kind == .repeated || kind == .all || kind == .label }

  var model: ModelDescription {
    ModelDescription(
      input: .tokens(Self.vocabularies.target), output: .softmax(Self.vocabularies.target),
      encoder: ModelDescription.Encoder(input: .tokens(Self.vocabularies.source)) {
        Embedding(7)
        if kind == .convolved {
          Convolution(6, width: 3, dilation: 2, activation: .tanh, residual: false)
          Recurrent(.mogrifierLSTM, 5)
        } else if kind != .label {
          Bidirectional(.gru, 5)
        }
        if kind == .all { Recurrent(cell, hidden) }
        if kind == .pooled {
          LastStep()
          Dense(9, activation: .tanh)
        }
      }
    ) {
      Embedding(hidden)
      if repeats { RepeatOverTime() }
      if kind == .convolved {
        Convolution(hidden, width: 2, dilation: 1, activation: .tanh, residual: true)
        LayerNorm()
        Recurrent(.mogrifierLSTM, hidden)
      } else {
        Recurrent(cell, hidden)
      }
      if kind == .all { Recurrent(.lstm, 8) }
      if looks { Attention(hidden + 1) }
    }
  }

  /// The reference implementation of this model.
  func reference(of network: Network) -> ReferenceDecoder {
    var encoder: [ReferenceLayer<Double>] = [.embedding(size: 7)]
    if kind == .convolved {
      encoder.append(convolution(6, width: 3, dilation: 2))
      encoder.append(.recurrent(.mogrifierLSTM, hidden: 5))
    } else if kind != .label {
      encoder.append(.bidirectional(.gru(hidden: 5)))
    }
    if kind == .all { encoder.append(.recurrent(cell, hidden: hidden)) }
    if kind == .pooled { encoder += [.lastStep, .denseTanh(outputs: 9)] }
    var layers: [ReferenceDecoder.Layer] = [.plain(.embedding(size: hidden))]
    if repeats { layers.append(.repeatOverTime) }
    if kind == .convolved {
      layers.append(.plain(convolution(hidden, width: 2, dilation: 1, isResidual: true)))
      layers += [.plain(.layerNorm), .plain(.recurrent(.mogrifierLSTM, hidden: hidden))]
    } else {
      layers.append(.plain(.recurrent(cell, hidden: hidden)))
    }
    if kind == .all { layers.append(.plain(.lstm(hidden: 8))) }
    if looks { layers.append(.attention(size: hidden + 1)) }
    var parameters: ReferenceTensors<Double> = [:]
    for name in network.parameterNames {
      parameters[name] = ReferenceTensor(
        shape: network.shape(of: name), values: network.values(of: name).map { Double($0) })
    }
    return ReferenceDecoder(
      vocabularies: Self.vocabularies, encoder: encoder, layers: layers, parameters: parameters)
  }

  private func convolution(
    _ size: Int, width: Int, dilation: Int, isResidual: Bool = false
  ) -> ReferenceLayer<Double> {
    .convolution(
      ReferenceConvolution(
        outputs: size, width: width, dilation: dilation, activation: .tanh,
        isResidual: isResidual))
  }

  /// A batch of random tokens and lengths, and what the encoder reads.
  func batch(
    steps: Int, sourceSteps: Int, sequences: Int, using random: inout ReferenceRandom
  ) -> (batch: ReferenceBatch, source: ReferenceBatch) {
    let sourceSteps = kind == .label ? 1 : sourceSteps
    func tokens(_ count: Int, _ vocabulary: Int) -> [Int32] {
      (0..<count).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }
    }
    var batch = ReferenceBatch(
      steps: steps, sequences: sequences,
      tokens: tokens(steps * sequences, Self.vocabularies.target),
      targets: tokens(steps * sequences, Self.vocabularies.target)
    ).withRandomLengths(using: &random)
    batch.starts = batch.starts.map { _ in false }
    let source = ReferenceBatch(
      steps: sourceSteps, sequences: sequences,
      tokens: tokens(sourceSteps * sequences, Self.vocabularies.source),
      targets: [Int32](repeating: -1, count: sourceSteps * sequences)
    ).withRandomLengths(using: &random)
    return (batch, source)
  }
}

extension Batch {
  /// A batch of the reference, with what an encoder reads.
  init(_ batch: ReferenceBatch, source: ReferenceBatch) {
    self.init(
      steps: batch.steps, sequences: batch.sequences, tokens: batch.tokens,
      targets: batch.targets, lengths: batch.lengths,
      source: SourceBatch(
        steps: source.steps, sequences: source.sequences, tokens: source.tokens,
        lengths: source.lengths))
  }
}
