import Foundation
import Refrain
import Testing

/// What is drawn from a mixture of Gaussians.
struct FrameMixtureTests {
  private let weights: [Float] = [0.2, 0.5, 0.3]
  private let means: [[Float]] = [[-100, 1], [0, 2], [100, 3]]
  private let logDeviations: [[Float]] = [[0, -1], [0.5, -9], [-0.5, 1]]

  /// The mixture of a network that predicts the same whatever it reads: its weights are zero.
  private func mixture() throws -> FrameMixture {
    let network = try Network(
      ModelDescription(input: .frames(2), output: .mixture(components: 3, size: 2, history: 0)) {
        Dense(4)
      })
    for name in ["output.weights.weight", "output.values.weight"] {
      network.setValues(
        of: name, to: [Float](repeating: 0, count: network.values(of: name).count))
    }
    network.setValues(of: "output.weights.bias", to: weights.map { log($0) + 7 })
    network.setValues(of: "output.values.bias", to: Array((means + logDeviations).joined()))
    let workspace = Workspace(network, steps: 1, sequences: 1, mode: .inference)
    let frames = FrameTable(size: 2)
    frames.append([0.5, -0.5])
    workspace.frames = frames
    workspace.forward(Batch(steps: 1, sequences: 1, tokens: [0], targets: [-1]))
    return workspace.mixture(step: 0)
  }

  private func deviation(_ component: Int, _ value: Int) -> Double {
    (exp(2 * Double(logDeviations[component][value])) + 1e-4).squareRoot()
  }

  @Test func itIsWhatTheNetworkSays() throws {
    let mixture = try mixture()
    #expect(mixture.means == means)
    for component in 0..<3 {
      #expect(abs(mixture.weights[component] - weights[component]) < 1e-6)
      for value in 0..<2 {
        let ratio = Double(mixture.deviations[component][value]) / deviation(component, value)
        #expect(abs(ratio - 1) < 1e-6)
      }
    }
    #expect(abs(mixture.mean[0] - 10) < 1e-4 && abs(mixture.mean[1] - 2.1) < 1e-5)
  }

  /// Each component's share, mean and deviation; a draw's component shows in its first value.
  @Test(arguments: [0.5, 1, 2] as [Float]) func drawsFollowTheMixture(temperature: Float) throws {
    let mixture = try mixture()
    var random = RandomStream(seed: 4, purpose: .noise)
    let count = 40_000
    var draws: [[[Float]]] = [[], [], []]
    for _ in 0..<count {
      let values = mixture.draw(temperature: temperature, using: &random)
      draws[values[0] < -50 ? 0 : values[0] < 50 ? 1 : 2].append(values)
    }
    let powers = weights.map { pow(Double($0), 1 / Double(temperature)) }
    for component in 0..<3 {
      let share = powers[component] / powers.reduce(0, +)
      let own = draws[component]
      let spread = (share * (1 - share) / Double(count)).squareRoot()
      #expect(abs(Double(own.count) / Double(count) - share) < 5 * spread)
      let number = Double(own.count)
      for value in 0..<2 {
        let wanted = Double(temperature) * deviation(component, value)
        let mean = own.reduce(0) { $0 + Double($1[value]) } / number
        #expect(abs(mean - Double(means[component][value])) < 5 * wanted / number.squareRoot())
        let squares = own.reduce(0) { sum, draw in
          let difference = Double(draw[value]) - Double(means[component][value])
          return sum + difference * difference
        }
        #expect(abs((squares / number).squareRoot() / wanted - 1) < 5 / (2 * number).squareRoot())
      }
    }
  }

  @Test func atTemperatureZeroItIsTheLikeliestMean() throws {
    let mixture = try mixture()
    var random = RandomStream(seed: 4, purpose: .noise)
    for _ in 0..<20 { #expect(mixture.draw(temperature: 0, using: &random) == [0, 2]) }
    // Very cold is nearly the same, and no trap.
    for temperature in [1e-3, 1e-30, .leastNonzeroMagnitude] as [Float] {
      let values = mixture.draw(temperature: temperature, using: &random)
      #expect(abs(values[0]) < 0.02 && abs(values[1] - 2) < 0.02)
    }
  }

  @Test func theSameStreamDrawsTheSame() throws {
    let mixture = try mixture()
    var first = RandomStream(seed: 4, purpose: .noise)
    var second = first
    for _ in 0..<20 {
      #expect(
        mixture.draw(temperature: 1, using: &first) == mixture.draw(temperature: 1, using: &second))
    }
  }
}
