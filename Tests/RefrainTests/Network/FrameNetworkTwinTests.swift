import Foundation
import Refrain
import TestSupport
import Testing

/// Fast networks of any make with the layers and outputs that frames need, against the twin in double
/// precision.
struct FrameNetworkTwinTests {
  private static let dropout: Float = 0.2
  private static let noise: Float = 0.1
  private static let seed: UInt64 = 11
  private static let trainingStep = 5

  /// A network, a batch and a state, drawn by `number`.
  private struct Case {
    let twin: TwinNetwork<Double>
    let batch: TwinBatch
    let state: [TwinState<Double>]
    let kernels: KernelChoice
    let threads: Int

    init(_ kernels: KernelChoice, number: Int) {
      var random = TwinRandom(seed: UInt64(5000 + number))
      self.kernels = kernels
      threads = .random(in: 1...3, using: &random)
      // Every fifth batch has several groups of sequences.
      let sequences = number % 5 == 4 ? 64 : Int.random(in: 1...20, using: &random)
      let size = Int.random(in: 1...40, using: &random)
      let isOfFrames = number % 8 != 7
      let count = isOfFrames ? 23 : size
      let batch = TwinBatch.random(
        steps: .random(in: 1...7, using: &random), sequences: sequences, vocabulary: count,
        using: &random
      ).withLastTarget()
      self.batch = batch
      var output = TwinOutput.softmax
      if isOfFrames {
        output = [
          .meanSquaredError,
          .mixture(
            components: .random(in: 1...5, using: &random),
            ofChange: .random(using: &random)),
        ].randomElement(using: &random)!
      }
      var maker = LayerMaker(batch: batch, kernels: kernels, width: size)
      maker.make(isOfFrames: isOfFrames, random: &random)
      if output == .meanSquaredError { maker.layers.append(.dense(outputs: size)) }
      // Rounded once, so that both networks have the same numbers.
      twin = TwinNetwork<Double>.random(
        vocabulary: size, layers: maker.layers, output: output,
        frames: isOfFrames ? randomFrames(count, size: size, using: &random) : nil, using: &random
      ).converted(to: Float.self).converted(to: Double.self)
      state = twin.randomState(sequences: batch.sequences, using: &random)
        .map { $0.converted(to: Float.self).converted(to: Double.self) }
    }

    /// What a failure is told by.
    func label(_ network: Network) -> Comment {
      "\(batch.steps) × \(batch.sequences), \(network.description.layersInWords), \(twin.output)"
    }

    func workspace(_ mode: Workspace.Mode, _ network: Network) -> Workspace {
      let workspace = Workspace(
        network, steps: batch.steps, sequences: batch.sequences, mode: mode, threads: threads,
        kernels: kernels)
      workspace.frames = fastFrames(twin)
      workspace.setState(fastState(state, of: workspace, sequences: batch.sequences))
      return workspace
    }
  }

  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), 0..<120)
  func training(_ kernels: KernelChoice, number: Int) throws {
    let given = Case(kernels, number: number)
    let expected = given.twin.step(given.batch, from: given.state)
    let network = try fastNetwork(given.twin, dropout: Self.dropout, noise: Self.noise)
    let workspace = given.workspace(.training, network)
    let loss = workspace.gradient(
      fastBatch(given.batch), step: Self.trainingStep, seed: Self.seed)
    #expect(abs(loss - expected.loss) < 2e-5 * max(abs(expected.loss), 0.1), given.label(network))
    let largest = expected.gradients.values.map(\.largest).max()!
    for (name, gradient) in expected.gradients {
      let found = network.gradient(of: name).map(Double.init)
      let error = zip(found, gradient.values).map { abs($0 - $1) }.max()!
      // What hardly matters consists of rounding errors.
      #expect(
        error < 4e-4 * max(gradient.largest, 1e-2 * largest), "\(name), \(given.label(network))")
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

  /// A network that is only used: the statistics are those that it is given, and all it says is compared.
  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), 0..<60)
  func use(_ kernels: KernelChoice, number: Int) throws {
    let given = Case(kernels, number: number)
    var random = TwinRandom(seed: UInt64(number))
    var twin = given.twin
    for name in twin.statistics.keys.sorted() {
      twin.statistics[name]!.values = twin.statistics[name]!.values.map { _ in
        Double(Float.random(in: 0.1...2, using: &random))
      }
    }
    let expected = twin.use(given.batch, from: given.state)
    let network = try fastNetwork(twin, dropout: Self.dropout, noise: Self.noise)
    let before = statistics(of: network)
    let loss = given.workspace(.inference, network).loss(fastBatch(given.batch))
    #expect(abs(loss - expected.loss) < 2e-5 * max(abs(expected.loss), 0.1), given.label(network))
    let workspace = given.workspace(.inference, network)
    workspace.forward(fastBatch(given.batch))
    let steps = twin.layers.contains(.lastStep) ? 1 : given.batch.steps
    let said = (0..<steps).flatMap { step in
      (0..<given.batch.sequences).flatMap { sequence in
        workspace.says(step: step, sequence: sequence, twin.output)
      }
    }
    #expect(relativeError(said, twin.output.shown(expected.logits, size: twin.vocabulary)) < 4e-5, given.label(network))
    #expect(statistics(of: network) == before)
  }

  /// Draws layers, with the masks and the noise that the fast network will draw.
  private struct LayerMaker {
    let batch: TwinBatch
    let kernels: KernelChoice
    var width: Int
    var layers: [TwinLayer<Double>] = []
    var steps: Int

    init(batch: TwinBatch, kernels: KernelChoice, width: Int) {
      (self.batch, self.kernels, self.width, steps) = (batch, kernels, width, batch.steps)
    }

    mutating func make(isOfFrames: Bool, random: inout TwinRandom) {
      if !isOfFrames { add(.lstm(hidden: .random(in: 1...40, using: &random))) }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let size = Int.random(in: 1...40, using: &random)
        let decay = Bool.random(using: &random) ? 0 : 0.125
        var choices: [TwinLayer<Double>] = [
          .batchNorm, .batchNorm, .dense(outputs: size, weightDecay: decay),
          .denseTanh(outputs: size, weightDecay: decay), .dropout(mask: mask()), .noise(noise()),
        ]
        if !layers.contains(.lastStep) {
          choices += [
            .lstm(hidden: size), .gru(hidden: size), .rnn(hidden: size), .lstm(hidden: size),
            .lastStep,
          ]
        }
        add(choices.randomElement(using: &random)!)
      }
    }

    private mutating func add(_ layer: TwinLayer<Double>) {
      // Columns whose rows are all alike, as one row is, have no deviation: only rounding errors.
      if layer == .batchNorm && steps * batch.sequences < 5 { return }
      layers.append(layer)
      width = layer.outputs(inputs: width)
      if layer == .lastStep { steps = 1 }
    }

    private func mask() -> [Double] {
      drawn { span, panel in
        kernels.kernels.dropoutMask(
          &span, rate: dropout, seed: seed, stream: UInt32(layers.count), step: trainingStep64,
          firstRow: 0, panel: panel)
      }
    }

    private func noise() -> [Double] {
      let zeros = [Float](repeating: 0, count: steps * batch.sequences * 16)
      return drawn { span, panel in
        kernels.kernels.addNoise(
          &span, zeros.span, amplitude: FrameNetworkTwinTests.noise * Float(3).squareRoot(),
          columns: 16, seed: seed, stream: UInt32(layers.count), step: trainingStep64, firstRow: 0,
          panel: panel)
      }
    }

    private var trainingStep64: UInt64 { UInt64(trainingStep) }

    /// `[steps, sequences, width]` of what `draw` makes of all rows of a panel, in the network's order.
    private func drawn(_ draw: (inout MutableSpan<Float>, _ panel: Int) -> Void) -> [Double] {
      let rows = networkRows()
      var values = [Double](repeating: .nan, count: rows.count * width)
      for panel in 0..<Panels.needed(for: width) {
        var drawn = [Float](repeating: .nan, count: rows.count * 16)
        var span = drawn.mutableSpan
        draw(&span, panel)
        for (n, row) in rows.enumerated() {
          for column in panel * 16..<min((panel + 1) * 16, width) {
            values[n * width + column] = Double(drawn[row * 16 + column % 16])
          }
        }
      }
      return values
    }

    /// Where each step of each sequence lies in the network: groups of 16 sequences or more one after
    /// the other, as many as a power of two allows.
    private func networkRows() -> [Int] {
      let sequences = batch.sequences
      var groups = 1
      while sequences / (2 * groups) >= 16 { groups *= 2 }
      var rows = [Int](repeating: -1, count: steps * sequences)
      var next = 0
      for group in 0..<groups {
        for step in 0..<steps {
          for sequence in sequences * group / groups..<sequences * (group + 1) / groups {
            rows[step * sequences + sequence] = next
            next += 1
          }
        }
      }
      return rows
    }
  }
}

extension TwinBatch {
  /// This batch with a target that counts after the last step of the first sequence.
  fileprivate func withLastTarget() -> TwinBatch {
    var batch = self
    batch.targets[(steps - 1) * sequences] = max(batch.targets[(steps - 1) * sequences], 0)
    return batch
  }
}

extension Workspace {
  /// What the network said, in the order of ``TwinOutput/shown(_:size:)``.
  fileprivate func says(step: Int, sequence: Int, _ output: TwinOutput) -> [Double] {
    switch output {
    case .softmax: return logits(step: step, sequence: sequence).map(Double.init)
    case .meanSquaredError: return frame(step: step, sequence: sequence).map(Double.init)
    case .mixture:
      let mixture = mixture(step: step, sequence: sequence)
      return (mixture.weights + mixture.means.joined() + mixture.deviations.joined())
        .map(Double.init)
    }
  }
}

extension TwinOutput {
  /// What a network shows of `said`: of a mixture the weights, the means and the deviations.
  fileprivate func shown(_ said: [Double], size: Int) -> [Double] {
    guard case .mixture(let components, _) = self else { return said }
    let width = components * (1 + 2 * size)
    var shown: [Double] = []
    for first in stride(from: 0, to: said.count, by: width) {
      let weights = said[first..<first + components].map { exp($0) }
      let total = weights.reduce(0, +)
      shown += weights.map { $0 / total }
      let deviations = first + components * (1 + size)
      shown += said[first + components..<deviations]
      shown += said[deviations..<first + width].map { (exp(2 * $0) + 1e-4).squareRoot() }
    }
    return shown
  }
}
