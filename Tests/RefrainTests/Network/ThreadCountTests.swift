import PeepholeLSTM
import Refrain
import TestSupport
import Testing

/// The promise “same bits”: what a training leaves does not depend on the number of threads.
struct ThreadCountTests {
  enum Make: String, CaseIterable {
    case rnn, lstm, gru, variants, minimal, mogrifier, custom, mixed, mixture, history, manyToOne
    case bothDirections, labels, labelsOfTokens, convolutions

    func layers(_ hidden: Int) -> [LayerDescription] {
      switch self {
      case .rnn: [.recurrent(cell: .rnn, hidden: hidden)]
      case .lstm:
        [.recurrent(cell: .lstm, hidden: hidden), .recurrent(cell: .lstm, hidden: hidden)]
      case .gru, .labelsOfTokens:
        [.recurrent(cell: .gru, hidden: hidden), .recurrent(cell: .gru, hidden: 5)]
      case .variants:
        CellKind.builtIn.filter {
          $0.readsTokens && ![.rnn, .lstm, .gru, .minGRU, .minLSTM].contains($0)
        }.map { .recurrent(cell: $0, hidden: hidden) }
      case .minimal:
        [.recurrent(cell: .minGRU, hidden: hidden), .recurrent(cell: .minLSTM, hidden: hidden)]
      case .mogrifier:
        [
          .embedding(size: 20), .recurrent(cell: .mogrifierLSTM, hidden: hidden),
          .dropout(rate: 0.2), .recurrent(cell: .mogrifierLSTM, hidden: 5),
        ]
      case .custom: [.recurrent(cell: .custom("peephole"), hidden: hidden)]
      case .mixed:
        [
          .embedding(size: 9), .recurrent(cell: .lstm, hidden: hidden), .dropout(rate: 0.2),
          .dense(size: 21, activation: .tanh), .recurrent(cell: .gru, hidden: hidden),
          .dropout(rate: 0.2),
        ]
      case .mixture, .labels: [.noise(deviation: 0.1), .recurrent(cell: .lstm, hidden: hidden)]
      case .history:
        [
          .dropout(rate: 0.1), .recurrent(cell: .gru, hidden: hidden), .batchNorm,
          .recurrent(cell: .rnn, hidden: hidden),
        ]
      case .manyToOne:
        [
          .batchNorm, .noise(deviation: 0.1), .recurrent(cell: .lstm, hidden: hidden),
          .dropout(rate: 0.2), .lastStep, .dense(size: 21, activation: .tanh, weightDecay: 0.01),
          .batchNorm, .dense(size: 53, activation: .linear),
        ]
      case .bothDirections:
        [
          .embedding(size: 7), .bidirectional(cell: .lstm, hidden: hidden), .batchNorm,
          .bidirectional(cell: .gru, hidden: 16), .bidirectional(cell: .minGRU, hidden: 40),
          .maxOverTime,
        ]
      case .convolutions:
        [
          .embedding(size: 7), Convolution(hidden, width: 3, activation: .relu).layer, .layerNorm,
          Convolution(hidden, width: 2, dilation: 4, activation: .tanh, residual: true).layer,
          .recurrent(cell: .gru, hidden: 9), Convolution(5, width: 2).layer,
          .dense(size: 9, activation: .relu),
        ]
      }
    }

    /// True where sequences are read whole, and are of different lengths.
    var readsWholeSequences: Bool { self == .bothDirections }

    /// Steps of a training for each part: 200 in all for the units of the lecture, fewer where layers
    /// take longer.
    var steps: Int { TestLength.isLong || [.rnn, .lstm, .gru].contains(self) ? 40 : 8 }

    /// True for networks of frames.
    var readsFrames: Bool { [.mixture, .history, .manyToOne, .labels].contains(self) }

    func description(_ hidden: Int, size: Int) -> ModelDescription {
      let output: ModelDescription.Output =
        switch self {
        case .mixture: .mixture(components: 3, size: size, history: 0)
        case .history: .mixture(components: 2, size: size, history: 4)
        case .manyToOne: .linear(loss: .meanSquaredError)
        case .labels, .labelsOfTokens: .labels(37)
        default: .softmax(size)
        }
      return ModelDescription(
        input: readsFrames ? .frames(size) : .tokens(size), output: output, layers: layers(hidden))
    }
  }

  /// Sequences of the batches of one training, one part of it each: threads divide the sequences of
  /// many, the units of few, and leave the smallest steps to one of them.
  private let sequences = [50, 11, 3, 1, 2]
  private let vocabulary = 53
  private let longest = 6

  @Test(arguments: Make.allCases.filter { !$0.readsFrames }, [1, 17, 33, 64])
  func trainingLeavesTheSameBits(_ make: Make, hidden: Int) throws {
    try expectSameBits(make, hidden)
  }

  @Test(arguments: Make.allCases.filter(\.readsFrames), [7, 33])
  func trainingOnFramesLeavesTheSameBits(_ make: Make, hidden: Int) throws {
    try expectSameBits(make, hidden)
  }

  private func expectSameBits(_ make: Make, _ hidden: Int) throws {
    for kernels in KernelChoice.allCases.filter(\.isAvailable) {
      let alone = try train(make, hidden, kernels, threads: 1)
      #expect(alone.losses.allSatisfy { $0.isFinite })
      for threads in [2, 3, 4, 8] {
        let together = try train(make, hidden, kernels, threads: threads)
        #expect(together.losses == alone.losses, "\(threads) threads, \(kernels)")
        #expect(together.parameters == alone.parameters, "\(threads) threads, \(kernels)")
        #expect(together.statistics == alone.statistics, "\(threads) threads, \(kernels)")
        #expect(together.state == alone.state, "\(threads) threads, \(kernels)")
      }
    }
  }

  private struct Outcome {
    var losses: [Double] = []
    /// The bits of every parameter.
    var parameters: [[UInt32]] = []
    /// And of what batch normalisation has met.
    var statistics: [String: [UInt32]] = [:]
    var state: State
  }

  /// Steps of gradient and Adam, over batches of every size in turn: fewer with kernels that are not the
  /// fastest here.
  private func train(
    _ make: Make, _ hidden: Int, _ kernels: KernelChoice, threads: Int
  ) throws -> Outcome {
    let network = try Network(
      make.description(hidden, size: vocabulary),
      cells: [CustomCell("peephole", PeepholeLSTM())])
    let pool = ThreadPool(count: threads)
    let workspace = Workspace(
      network, steps: longest, sequences: sequences.max()!, mode: .training, pool: pool,
      kernels: kernels)
    let optimizer = OptimizerState(.adam(), for: network)
    var random = ReferenceRandom(seed: UInt64(hidden))
    if make.readsFrames { workspace.frames = frames(of: vocabulary, using: &random) }
    if case .labels(let size) = network.description.output {
      workspace.targetFrames = frames(of: size, using: &random)
    }
    var outcome = Outcome(state: workspace.state())
    for part in sequences {
      workspace.resetState()
      for _ in 0..<make.steps / (TestLength.isLong || kernels == .best ? 1 : 4) {
        // Documents begin in about every second batch; without any, the state is read in its place.
        var batch = ReferenceBatch.random(
          steps: .random(in: 1...longest, using: &random), sequences: part,
          vocabulary: vocabulary, using: &random)
        if Bool.random(using: &random) { batch.starts = batch.starts.map { _ in false } }
        if make.readsWholeSequences { batch = batch.withRandomLengths(using: &random) }
        let loss = workspace.gradient(fastBatch(batch), step: optimizer.steps, seed: 3)
        _ = optimizer.step(
          rate: 0.01, clip: 1, threads: workspace.threads, kernels: kernels.kernels)
        outcome.losses.append(loss)
      }
    }
    outcome.parameters = network.parameterNames.map { network.values(of: $0).map(\.bitPattern) }
    outcome.statistics = statistics(of: network).mapValues { $0.map(\.bitPattern) }
    outcome.state = workspace.state(sequences: sequences.last)
    return outcome
  }

  /// As many frames as the batches of a vocabulary have tokens.
  private func frames(of size: Int, using random: inout ReferenceRandom) -> FrameTable {
    let table = FrameTable(size: size)
    for number in 0..<vocabulary {
      if number % 9 == 0 { table.beginRecording() }
      table.append((0..<size).map { _ in Float.random(in: -1...1, using: &random) })
    }
    return table
  }
}
