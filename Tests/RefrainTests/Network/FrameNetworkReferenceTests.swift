import Refrain
import TestSupport
import Testing

/// Fast networks of any make with the layers and outputs that frames need, against the reference in double
/// precision.
struct FrameNetworkReferenceTests {
  /// Outputs that some networks have, of another size than what they read.
  private enum OwnTargets: Int {
    case labelsOfTokens, labelsOfFrames, framesOfFrames, framesOfTokens, tokensOfFrames

    /// Of every eleven networks, five.
    init?(_ number: Int) { self.init(rawValue: number % 11) }

    var readsFrames: Bool { self != .labelsOfTokens && self != .framesOfTokens }

    var output: ReferenceOutput {
      switch self {
      case .labelsOfTokens, .labelsOfFrames: .labels
      case .framesOfFrames: .meanSquaredError
      case .framesOfTokens: .mixture(components: 2, history: 0)
      case .tokensOfFrames: .softmax
      }
    }

    func table(_ count: Int, size: Int, _ random: inout ReferenceRandom) -> ReferenceTensor<Double>?
    {
      switch output {
      case .softmax: nil
      case .labels: randomLabels(count, size: size, using: &random)
      default: randomFrames(count, size: size, using: &random)
      }
    }
  }

  /// A network, a batch and a state, drawn by `number`.
  private struct Case {
    let reference: ReferenceNetwork<Double>
    private(set) var batch: ReferenceBatch
    let state: [ReferenceState<Double>]
    let kernels: KernelChoice
    let threads: Int

    init(_ kernels: KernelChoice, number: Int) {
      var random = ReferenceRandom(seed: UInt64(5000 + number))
      self.kernels = kernels
      threads = .random(in: 1...3, using: &random)
      // Every fifth batch has several groups of sequences.
      let sequences = number % 5 == 4 ? 64 : Int.random(in: 1...20, using: &random)
      let size = Int.random(in: 1...40, using: &random)
      let isOfFrames = number % 8 != 7
      let count = isOfFrames ? 23 : size
      var batch = ReferenceBatch.random(
        steps: .random(in: 1...7, using: &random), sequences: sequences, vocabulary: count,
        using: &random
      ).withLastTarget()
      // Every second batch has sequences of different lengths, which are read whole.
      let readsWholeSequences = number % 2 == 1
      if readsWholeSequences {
        batch = batch.withRandomLengths(using: &random)
        batch.targets[(batch.lengths[0] - 1) * sequences] = 0
      }
      self.batch = batch
      var output = ReferenceOutput.softmax
      if isOfFrames {
        output = [
          .meanSquaredError,
          .mixture(
            components: .random(in: 1...5, using: &random),
            history: [0, 1, 4].randomElement(using: &random)!),
        ].randomElement(using: &random)!
      }
      let own = OwnTargets(number)
      if let kind = own?.output { output = kind }
      let readsFrames = own?.readsFrames ?? isOfFrames
      let outputs = own == nil ? size : Int.random(in: 1...40, using: &random)
      if !readsFrames { self.batch.tokens = batch.tokens.map { $0 % Int32(size) } }
      // What does not count, −1, stays so even where there is one output only.
      if output == .softmax {
        self.batch.targets = batch.targets.map { $0 < 0 ? $0 : $0 % Int32(outputs) }
      }
      var drawn = DrawnLayers(
        batch: batch, kernels: kernels, width: size, readsWholeSequences: readsWholeSequences)
      drawn.make(isOfFrames: readsFrames, random: &random)
      if output == .meanSquaredError { drawn.layers.append(.dense(outputs: outputs)) }
      // Rounded once, so that both networks have the same numbers.
      reference = ReferenceNetwork<Double>.random(
        vocabulary: size, layers: drawn.layers, output: output, outputs: outputs,
        frames: readsFrames ? randomFrames(count, size: size, using: &random) : nil,
        targetFrames: own?.table(count, size: outputs, &random), using: &random
      ).converted(to: Float.self).converted(to: Double.self)
      state = reference.randomState(sequences: batch.sequences, using: &random)
        .map { $0.converted(to: Float.self).converted(to: Double.self) }
    }

    /// The greatest error of a gradient that the reference makes in single precision.
    func rounding(of name: String, _ gradient: ReferenceTensor<Double>) -> Double {
      let single = reference.converted(to: Float.self)
        .step(batch, from: state.map { $0.converted(to: Float.self) })
      return zip(single.gradients[name]!.values, gradient.values)
        .map { abs(Double($0) - $1) }.max()!
    }

    /// What a failure is told by.
    func label(_ network: Network) -> Comment {
      "\(batch.steps) × \(batch.sequences), \(network.description.layersInWords), \(reference.output)"
    }

    func workspace(_ mode: Workspace.Mode, _ network: Network) -> Workspace {
      let workspace = Workspace(
        network, steps: batch.steps, sequences: batch.sequences, mode: mode, threads: threads,
        kernels: kernels)
      workspace.frames = fastFrames(reference)
      workspace.targetFrames = fastTargetFrames(reference)
      workspace.setState(fastState(state, of: workspace, sequences: batch.sequences))
      return workspace
    }
  }

  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), 0..<120)
  func training(_ kernels: KernelChoice, number: Int) throws {
    let given = Case(kernels, number: number)
    let expected = given.reference.step(given.batch, from: given.state)
    let network = try fastNetwork(
      given.reference, dropout: DrawnLayers.rate, noise: DrawnLayers.deviation)
    let workspace = given.workspace(.training, network)
    let loss = workspace.gradient(
      fastBatch(given.batch), step: DrawnLayers.step, seed: DrawnLayers.seed)
    #expect(abs(loss - expected.loss) < 2e-5 * max(abs(expected.loss), 0.1), given.label(network))
    let largest = expected.gradients.values.map(\.largest).max()!
    for (name, gradient) in expected.gradients {
      let found = network.gradient(of: name).map(Double.init)
      let error = zip(found, gradient.values).map { abs($0 - $1) }.max()!
      // What hardly matters consists of rounding errors.
      let bound = 4e-4 * max(gradient.largest, 1e-2 * largest)
      if error > bound {
        // Below a batch norm much cancels: single precision itself is no nearer then.
        #expect(
          error <= 2 * given.rounding(of: name, gradient), "\(name), \(given.label(network))")
      }
      #expect(found.allSatisfy { $0.isFinite }, "\(name)")
    }
    let final = fastState(expected.state, of: workspace, sequences: given.batch.sequences)
    let vectors = workspace.state(sequences: given.batch.sequences).vectors
    for (vector, expected) in zip(vectors, final.vectors) {
      #expect(
        relativeError(vector.values.map(Double.init), expected.values.map(Double.init)) < 4e-5)
    }
    for (name, values) in statistics(of: network) {
      let expected = expected.statistics[name]!.values
      #expect(relativeError(values.map(Double.init), expected) < 2e-5, "\(name)")
    }
  }

  /// A network that is only used: the statistics are those that it is given, and all outputs are compared.
  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), 0..<60)
  func use(_ kernels: KernelChoice, number: Int) throws {
    let given = Case(kernels, number: number)
    var random = ReferenceRandom(seed: UInt64(number))
    var reference = given.reference
    for name in reference.statistics.keys.sorted() {
      reference.statistics[name]!.values = reference.statistics[name]!.values.map { _ in
        Double(Float.random(in: 0.1...2, using: &random))
      }
    }
    let expected = reference.use(given.batch, from: given.state)
    let network = try fastNetwork(
      reference, dropout: DrawnLayers.rate, noise: DrawnLayers.deviation)
    let before = statistics(of: network)
    let loss = given.workspace(.inference, network).loss(fastBatch(given.batch))
    #expect(abs(loss - expected.loss) < 2e-5 * max(abs(expected.loss), 0.1), given.label(network))
    let workspace = given.workspace(.inference, network)
    workspace.forward(fastBatch(given.batch))
    let pools = reference.layers.contains(where: \.isPooling)
    let steps = pools ? 1 : given.batch.steps
    let found = (0..<steps).flatMap { step in
      (0..<given.batch.sequences).flatMap { sequence in
        workspace.outputs(step: step, sequence: sequence, reference.output)
      }
    }
    let shown = reference.output.shown(expected.logits, size: reference.outputs)
    // What is predicted for padding has no meaning.
    let counted = pools ? given.batch.lengths.map { _ in true } : given.batch.counted
    let values = shown.count / counted.count
    let keep = { (all: [Double]) in
      all.indices.map { counted[$0 / values] ? all[$0] : 0 }
    }
    #expect(relativeError(keep(found), keep(shown)) < 4e-5, given.label(network))
    #expect(statistics(of: network) == before)
  }
}

extension ReferenceBatch {
  /// This batch with a target that counts after the last step of the first sequence.
  fileprivate func withLastTarget() -> ReferenceBatch {
    var batch = self
    batch.targets[(steps - 1) * sequences] = max(batch.targets[(steps - 1) * sequences], 0)
    return batch
  }
}
