/// Reads frames and says the next, one step at a time, with the state carried.
public final class FrameGenerator {
  /// The network that says frames.
  public let network: Network
  private let workspace: Workspace
  /// The frame that was read last.
  private let last: FrameTable
  private var hasRead = false

  /// A generator that remembers nothing yet.
  ///
  /// - Parameters:
  ///   - weights: the format that the weights are read in; with another than `f32`, a copy of them is
  ///     made now.
  ///   - threads: how many to use. The frames never depend on it.
  public init(
    _ network: Network, weights: WeightFormat = .f32, threads: Int = 1,
    kernels: KernelChoice = .best
  ) {
    precondition(
      network.description.readsFrames && network.description.saysFrames,
      "frames are read and said by a network of frames")
    self.network = network
    workspace = Workspace(
      network, steps: 1, sequences: 1, mode: .inference, weights: weights,
      threads: threads, kernels: kernels)
    last = FrameTable(size: network.description.inputSize)
    last.append([Float](repeating: 0, count: last.size))
    workspace.frames = last
  }

  /// What the network remembers; a frame has to be read before the next is said.
  public var state: State {
    get { workspace.state() }
    set {
      workspace.setState(newValue)
      hasRead = false
    }
  }

  /// Forgets everything, as a new generator.
  public func reset() {
    workspace.resetState()
    hasRead = false
  }

  /// Reads one frame. `[D]`
  public func read(_ frame: [Float]) {
    last[0] = frame
    workspace.advance(0)
    hasRead = true
  }

  /// The frame that is expected next. `[D]`
  public var expected: [Float] {
    precondition(hasRead, "a frame has to be read before the next is said")
    guard case .mixture = network.description.output else { return workspace.frame(step: 0) }
    let mixture = workspace.mixture(step: 0)
    return next(mixture, mixture.mean)
  }

  /// Draws the next frame; ``read(_:)`` it to go on. `[D]`
  ///
  /// - Parameter temperature: 0 or more: how far from the likeliest frame; a network with a linear output
  ///   knows only one.
  public func draw(temperature: Float, using random: inout RandomStream) -> [Float] {
    precondition(hasRead, "a frame has to be read before the next is said")
    guard case .mixture = network.description.output else { return workspace.frame(step: 0) }
    let mixture = workspace.mixture(step: 0)
    return next(mixture, mixture.draw(temperature: temperature, using: &random))
  }

  private func next(_ mixture: FrameMixture, _ values: [Float]) -> [Float] {
    if mixture.target == .frame { return values }
    return zip(last[0], values).map { $0 + $1 }
  }
}
