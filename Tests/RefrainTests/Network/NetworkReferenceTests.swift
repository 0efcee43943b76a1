import Refrain
import TestSupport
import Testing

/// Fast networks of any make against the reference in double precision.
struct NetworkReferenceTests {
  private let dropout: Float = 0.2
  private let seed: UInt64 = 11
  private let trainingStep = 5

  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), 0..<150)
  func anyNetwork(_ kernels: KernelChoice, number: Int) throws {
    var random = ReferenceRandom(seed: UInt64(number))
    let vocabulary = 2 * Int.random(in: 1...20, using: &random) + 1
    let batch = ReferenceBatch.random(
      steps: .random(in: 1...9, using: &random), sequences: .random(in: 1...20, using: &random),
      vocabulary: vocabulary, using: &random)
    let layers = layers(for: batch, vocabulary, kernels, using: &random)
    // Rounded once, so that both networks have the same numbers.
    let reference = ReferenceNetwork<Double>.random(
      vocabulary: vocabulary, layers: layers, using: &random
    )
    .converted(to: Float.self).converted(to: Double.self)
    let state = reference.randomState(sequences: batch.sequences, using: &random)
      .map { $0.converted(to: Float.self).converted(to: Double.self) }
    let expected = reference.step(batch, from: state)

    let network = try fastNetwork(
      reference, dropout: dropout, peephole: number % 2 == 0 ? .peepholeLSTM : .custom("peephole"))
    let workspace = Workspace(
      network, steps: batch.steps, sequences: batch.sequences, mode: .training,
      threads: .random(in: 1...3, using: &random), kernels: kernels)
    let initial = fastState(state, of: workspace, sequences: batch.sequences)
    workspace.setState(initial)
    let loss = workspace.gradient(fastBatch(batch), step: trainingStep, seed: seed)
    #expect(relativeError([loss], [expected.loss]) < 2e-5)
    let largest = expected.gradients.values.map(\.largest).max()!
    for (name, gradient) in expected.gradients {
      let error = relativeError(network.gradient(of: name).map(Double.init), gradient.values)
      // What hardly matters consists of rounding errors.
      #expect(error * gradient.largest < 2e-4 * max(gradient.largest, 1e-3 * largest), "\(name)")
    }
    let final = fastState(expected.state, of: workspace, sequences: batch.sequences)
    let values = workspace.state(sequences: batch.sequences).vectors
    for (vector, expected) in zip(values, final.vectors) {
      #expect(
        relativeError(vector.values.map(Double.init), expected.values.map(Double.init)) < 2e-5)
    }
    if !layers.contains(where: \.isDropout) {
      workspace.setState(initial)
      try compareLogits(of: workspace, batch, expected.logits)
    }
  }

  private func compareLogits(
    of workspace: Workspace, _ batch: ReferenceBatch, _ expected: [Double]
  ) throws {
    workspace.forward(fastBatch(batch))
    let logits = (0..<batch.steps).flatMap { t in
      (0..<batch.sequences).flatMap { workspace.logits(step: t, sequence: $0).map(Double.init) }
    }
    #expect(relativeError(logits, expected) < 2e-5)
  }

  /// One to three layers besides dropout, their sizes odd or even.
  private func layers(
    for batch: ReferenceBatch, _ vocabulary: Int, _ kernels: KernelChoice,
    using random: inout ReferenceRandom
  ) -> [ReferenceLayer<Double>] {
    var layers: [ReferenceLayer<Double>] = []
    var width = vocabulary
    for k in 0..<Int.random(in: 1...3, using: &random) {
      let size = Int.random(in: 1...40, using: &random)
      let units = CellKind.builtIn.filter { k > 0 || $0.readsTokens }
      let choices: [ReferenceLayer<Double>] =
        units.map { .recurrent($0, hidden: size) } + [
          k == 0 ? .embedding(size: size) : .dense(outputs: size),
          k == 0 ? .lstm(hidden: size) : .denseTanh(outputs: size),
          k == 0
            ? .embedding(size: size)
            : .convolution(.random(outputs: size, inputs: width, using: &random)),
        ]
      layers.append(choices.randomElement(using: &random)!)
      width = layers[layers.count - 1].outputs(inputs: width)
      if Int.random(in: 0..<4, using: &random) == 0 {
        let rows = batch.steps * batch.sequences
        layers.append(.dropout(mask: mask(kernels, rows, width, stream: layers.count)))
      }
    }
    return layers
  }

  /// `[rows, width]`: what the dropout layer that is number `stream` of the network draws.
  private func mask(
    _ kernels: KernelChoice, _ rows: Int, _ width: Int, stream: Int
  ) -> [Double] {
    var mask = [Double](repeating: .nan, count: rows * width)
    for panel in 0..<Panels.needed(for: width) {
      var values = [Float](repeating: .nan, count: rows * 16)
      var span = values.mutableSpan
      kernels.kernels.dropoutMask(
        &span, rate: dropout, seed: seed, stream: UInt32(stream), step: UInt64(trainingStep),
        firstRow: 0, panel: panel)
      for index in values.indices where panel * 16 + index % 16 < width {
        mask[index / 16 * width + panel * 16 + index % 16] = Double(values[index])
      }
    }
    return mask
  }
}

extension ReferenceLayer {
  fileprivate var isDropout: Bool {
    if case .dropout = self { return true }
    return false
  }
}
