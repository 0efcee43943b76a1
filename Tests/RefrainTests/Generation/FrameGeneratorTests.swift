import Foundation
import Refrain
import TestSupport
import Testing

/// Frames are predicted one by one as in a batch of all of them.
struct FrameGeneratorTests {
  static let outputs = outputsOfFrames + [.labels(19), .labels(33)]
  static let outputsOfFrames: [ModelDescription.Output] = [
    .mixture(components: 3, size: 19, history: 4), .mixture(components: 2, size: 19, history: 0),
    .linear(loss: .meanSquaredError),
  ]

  private let count = 9

  /// A network that has learned factors other than those at first.
  private func network(_ output: ModelDescription.Output) throws -> Network {
    let network = try Network(
      ModelDescription(input: .frames(19), output: output) {
        BatchNorm()
        Noise(0.1)
        LSTM(17)
        Dropout(0.2)
        GRU(9)
        Dense(19)
      }, seed: 5)
    var random = ReferenceRandom(seed: 6)
    if network.parameterNames.contains("output.history") {
      network.setValues(
        of: "output.history", to: (0..<4 * 19).map { _ in .random(in: -1...1, using: &random) })
    }
    return network
  }

  private func frames(seed: UInt64) -> [[Float]] {
    var random = ReferenceRandom(seed: seed)
    return (0..<count).map { _ in (0..<19).map { _ in .random(in: -1...1, using: &random) } }
  }

  private func table(_ recordings: [[[Float]]]) -> FrameTable {
    let table = FrameTable(size: 19)
    for recording in recordings {
      table.beginRecording()
      for frame in recording { table.append(frame) }
    }
    return table
  }

  /// A workspace that has read all frames of a recording at once, from `state`.
  private func whole(_ network: Network, _ frames: [[Float]], from state: State? = nil) -> Workspace
  {
    let workspace = Workspace(network, steps: count, sequences: 1, mode: .inference, threads: 2)
    if let state { workspace.setState(state) }
    // Frames of another recording stand in front; they must not be looked back at.
    workspace.frames = table([self.frames(seed: 99), frames])
    let numbers = frames.indices.map { Int32($0 + count) }
    workspace.forward(
      Batch(
        steps: frames.count, sequences: 1, tokens: numbers,
        targets: numbers.map { _ in Batch.uncounted }))
    return workspace
  }

  private func expected(_ workspace: Workspace, _ step: Int) -> [Float] {
    switch workspace.network.description.output {
    case .mixture: return workspace.mixture(step: step).mean
    case .labels: return workspace.labels(step: step)
    default: return workspace.frame(step: step)
    }
  }

  private func expectSame(
    _ generator: FrameGenerator, _ frames: [[Float]], from state: State? = nil
  ) {
    let whole = whole(generator.network, frames, from: state)
    for (step, frame) in frames.enumerated() {
      generator.read(frame)
      #expect(generator.expected == expected(whole, step), "step \(step)")
    }
    #expect(generator.state == whole.state())
  }

  @Test(arguments: outputs) func oneFrameAtATimeSaysTheSame(
    _ output: ModelDescription.Output
  ) throws {
    let generator = FrameGenerator(try network(output))
    expectSame(generator, frames(seed: 1))
    generator.reset()
    #expect(generator.state == FrameGenerator(generator.network).state)
    expectSame(generator, frames(seed: 2))
  }

  /// A state that is set is gone on from; the frames before are forgotten, as in a new recording.
  @Test(arguments: outputs) func aStateIsGoneOnFrom(_ output: ModelDescription.Output) throws {
    let generator = FrameGenerator(try network(output))
    for frame in frames(seed: 3) { generator.read(frame) }
    let state = generator.state
    for frame in frames(seed: 4) { generator.read(frame) }
    #expect(generator.state != state)
    generator.state = state
    #expect(generator.state == state)
    expectSame(generator, frames(seed: 5), from: state)
    let another = FrameGenerator(generator.network)
    another.state = state
    expectSame(another, frames(seed: 5), from: state)
  }

  @Test(arguments: outputsOfFrames) func drawsAreThoseOfThePredictions(
    _ output: ModelDescription.Output
  ) throws {
    let generator = FrameGenerator(try network(output))
    for frame in frames(seed: 7) { generator.read(frame) }
    let whole = whole(generator.network, frames(seed: 7))
    var first = RandomStream(seed: 8, purpose: .noise)
    var second = first
    for temperature in [0, 0.5, 1] as [Float] {
      let drawn = generator.draw(temperature: temperature, using: &first)
      guard case .mixture = output else {
        #expect(drawn == expected(whole, count - 1))
        continue
      }
      #expect(
        drawn == whole.mixture(step: count - 1).draw(temperature: temperature, using: &second))
    }
  }

  /// Labels of logits −2, 0 and 1, drawn often, at several temperatures.
  @Test func labelsAreDrawnByTheirProbabilities() throws {
    let network = try Network(
      ModelDescription(input: .frames(2), output: .labels(3), layers: []))
    network.setValues(of: "output.weight", to: [Float](repeating: 0, count: 6))
    network.setValues(of: "output.bias", to: [-2, 0, 1])
    let generator = FrameGenerator(network)
    generator.read([1, 2])
    var random = RandomStream(seed: 9, purpose: .sampling)
    #expect(generator.draw(temperature: 0, using: &random) == [0, 0, 1])
    #expect(random.position == 0)
    let draws = 20_000
    for temperature in [0.5, 1, 2] as [Float] {
      var counts = [Float](repeating: 0, count: 3)
      for _ in 0..<draws {
        let drawn = generator.draw(temperature: temperature, using: &random)
        for i in 0..<3 { counts[i] += drawn[i] }
      }
      for (count, logit) in zip(counts, [-2, 0, 1] as [Double]) {
        let expected = 1 / (1 + exp(-logit / Double(temperature)))
        #expect(abs(Double(count) / Double(draws) - expected) < 0.02)
      }
    }
    #expect(generator.draw(temperature: .leastNormalMagnitude, using: &random)[2] == 1)
  }

  /// The means of a mixture with every weight zero: the sum of the last three frames, each value times its
  /// factor.
  @Test func factorsBelongToTheLastFrames() throws {
    let network = try Network(
      ModelDescription(
        input: .frames(2), output: .mixture(components: 2, size: 2, history: 3), layers: []))
    for name in network.parameterNames {
      network.setValues(of: name, to: network.values(of: name).map { _ in 0 })
    }
    network.setValues(of: "output.history", to: [1, 10, 100, -1, 0.5, 2])
    let generator = FrameGenerator(network)
    // 1 + 100 + 0.5 and 10 · 2 − 2 + 2 · 2, and so on.
    let expected: [([Float], [Float])] = [
      ([1, 2], [101.5, 22]), ([3, 5], [103.5, 52]), ([7, 11], [307.5, 109]), ([0, 1], [701.5, 9]),
    ]
    for (frame, next) in expected {
      generator.read(frame)
      #expect(generator.expected == next)
    }
  }
}
