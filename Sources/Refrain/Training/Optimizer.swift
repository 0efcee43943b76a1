/// How gradients become new weights.
public enum Optimizer: Codable, Equatable, Sendable {
  /// Adam (Kingma & Ba 2015).
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
  /// AdamW (Loshchilov & Hutter 2019): Adam whose weight decay shrinks the weights themselves.
  case adamW(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
  /// RMSProp (Hinton 2012).
  case rmsProp(smoothing: Double = 0.99, epsilon: Double = 1e-8, weightDecay: Double = 0)
  /// Stochastic gradient descent with momentum.
  case sgd(momentum: Double = 0.9, weightDecay: Double = 0)

  /// The names of the moments that it keeps per weight, as the model file has them.
  package var momentNames: [String] {
    switch self {
    case .adam, .adamW: return ["first_moment", "second_moment"]
    case .rmsProp: return ["second_moment"]
    case .sgd: return ["velocity"]
    }
  }
}

/// An optimizer at work on one network: its moments, and how many steps it has taken.
package final class OptimizerState {
  package let optimizer: Optimizer
  /// One flat buffer per moment, laid out as the network's parameters.
  package let moments: [Panels]
  /// Steps taken.
  package var steps = 0
  private let network: Network
  private let memory = Arena()
  /// One partial sum of squares per piece.
  private let squares: SharedRow<Double>

  /// Rows of sixteen in a piece: 4,096 values, the unit in which sums are formed and work is shared.
  private static let piece = 256

  package init(_ optimizer: Optimizer, for network: Network) {
    self.optimizer = optimizer
    self.network = network
    let rows = network.parameters.rows
    let memory = self.memory
    moments = optimizer.momentNames.map { _ in memory.panels(rows: rows, count: 1) }
    squares = memory.row(of: Double.self, count: rows / Self.piece + 1)
  }

  private var pieces: Int { (network.parameters.rows + Self.piece - 1) / Self.piece }

  private func rows(_ piece: Int) -> Range<Int> {
    piece * Self.piece..<min((piece + 1) * Self.piece, network.parameters.rows)
  }

  /// Moves the weights by one step and returns the norm of the gradient before it was clipped.
  ///
  /// - Parameters:
  ///   - rate: the learning rate.
  ///   - clip: the largest norm of all gradients together (Pascanu et al. 2013); infinity: any.
  ///   - threads: those of the workspace that the gradients come from: how many work is decided once for both.
  package func step(
    rate: Double, clip: Double, threads: ThreadChoice, kernels: any KernelSet.Type
  ) -> Double {
    steps += 1
    var norm = 0.0
    let gradients = network.gradients
    threads.run { share in
      for piece in share.part(of: pieces) {
        squares[piece] = kernels.sumOfSquares(gradients.read(rows(piece), panel: 0))
      }
      share.meet()
      // Every thread adds the same numbers in the same order.
      var sum = 0.0
      for piece in 0..<pieces { sum += squares[piece] }
      let total = sum.squareRoot()
      if share.index == 0 { norm = total }
      // A gradient that is not a number leaves the weights as they are; the trainer stops.
      if !total.isFinite { return }
      let scale = min(1, clip / (total + 1e-6))
      for piece in share.part(of: pieces) {
        update(rows(piece), Float(scale), rate, kernels)
      }
    }
    return norm
  }

  private func update(
    _ rows: Range<Int>, _ scale: Float, _ rate: Double, _ kernels: any KernelSet.Type
  ) {
    // The matrices as local values: spans borrow from them.
    let parameters = network.parameters
    let gradientPanels = network.gradients
    let firstMoment = moments[0]
    var weights = parameters.write(rows, panel: 0)
    let gradients = gradientPanels.read(rows, panel: 0)
    var first = firstMoment.write(rows, panel: 0)
    switch optimizer {
    case .adam(let beta1, let beta2, let epsilon):
      adam(&weights, gradients, &first, rows, scale, rate, beta1, beta2, epsilon, 0, kernels)
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      adam(&weights, gradients, &first, rows, scale, rate, beta1, beta2, epsilon, decay, kernels)
    case .rmsProp(let smoothing, let epsilon, let decay):
      kernels.rmsProp(
        &weights, gradients, second: &first, scale: scale, rate: Float(rate),
        smoothing: Float(smoothing), gain: Float(1 - smoothing), epsilon: Float(epsilon),
        decay: Float(decay))
    case .sgd(let momentum, let decay):
      kernels.momentum(
        &weights, gradients, velocity: &first, scale: scale, rate: Float(rate),
        momentum: Float(momentum), decay: Float(decay))
    }
  }

  private func adam(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    _ first: inout MutableSpan<Float>, _ rows: Range<Int>, _ scale: Float, _ rate: Double,
    _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ decay: Double,
    _ kernels: any KernelSet.Type
  ) {
    let secondMoment = moments[1]
    var second = secondMoment.write(rows, panel: 0)
    kernels.adam(
      &weights, gradients, first: &first, second: &second, scale: scale,
      rate: Float(rate / (1 - power(beta1, steps))),
      correction: Float(1 / (1 - power(beta2, steps))), beta1: Float(beta1),
      gain1: Float(1 - beta1), beta2: Float(beta2), gain2: Float(1 - beta2),
      epsilon: Float(epsilon), decay: Float(rate * decay))
  }

  /// Whether all weights are numbers; a step too large may leave others, which only the next step's
  /// loss would show.
  func weightsAreFinite(kernels: any KernelSet.Type) -> Bool {
    let parameters = network.parameters
    return (0..<pieces).allSatisfy {
      kernels.sumOfSquares(parameters.read(rows($0), panel: 0)).isFinite
    }
  }
}
