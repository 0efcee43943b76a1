/// Reads frames and predicts the next, or labels, one step at a time, with the state carried.
public final class FrameGenerator {
  /// The network that predicts frames.
  public let network: Network
  private let workspace: Workspace
  /// The frames that were read last, the latest at the end.
  private var past: FrameTable
  /// Frames that the network looks back at.
  private let history: Int
  private var hasRead = false

  /// A generator whose state is zero.
  ///
  /// - Parameters:
  ///   - network: the network that generates; training it further changes what is generated.
  ///   - weights: the format that the weights are read in; with another than `f32`, a copy of them is made now.
  ///   - threads: how many to use. The frames never depend on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  public init(
    _ network: Network, weights: WeightFormat = .f32, threads: Int = 1,
    kernels: KernelChoice = .best
  ) {
    precondition(
      network.description.readsFrames && network.description.predictsFrames,
      "frames are read and predicted by a network of frames")
    precondition(
      !network.description.looksAhead,
      "a network that reads from both ends knows a step only when it has the last one")
    self.network = network
    workspace = Workspace(
      network, steps: 1, sequences: 1, mode: .inference, weights: weights,
      threads: threads, kernels: kernels)
    past = FrameTable(size: network.description.inputSize)
    if case .mixture(_, _, let history) = network.description.output {
      self.history = max(history, 1)
    } else {
      history = 1
    }
  }

  /// The network's state, but for the last frames that it may look back at: a frame has to be read before the
  /// next is predicted.
  public var state: State {
    get { workspace.state() }
    set {
      workspace.setState(newValue)
      forgetPast()
    }
  }

  /// Forgets everything, as a new generator.
  public func reset() {
    workspace.resetState()
    forgetPast()
  }

  private func forgetPast() {
    past = FrameTable(size: past.size)
    hasRead = false
  }

  /// Reads one frame. `[D]`
  public func read(_ frame: [Float]) {
    if past.count < history {
      past.append(frame)
    } else {
      for i in 1..<past.count { past[i - 1] = past[i] }
      past[past.count - 1] = frame
    }
    workspace.frames = past
    workspace.advance(Int32(past.count - 1))
    hasRead = true
  }

  /// The frame that is expected next; of labels, their probabilities. `[D]`
  public var expected: [Float] {
    precondition(hasRead, "a frame has to be read before the next is predicted")
    switch network.description.output {
    case .mixture: return workspace.mixture(step: 0).mean
    case .labels: return workspace.labels(step: 0)
    case .linear, .softmax: return workspace.frame(step: 0)
    }
  }

  /// Draws the next frame; ``read(_:)`` it to go on. `[D]`
  ///
  /// Of labels, each is drawn by its probability: 1 where it is true, else 0.
  ///
  /// - Parameters:
  ///   - temperature: 0 or more: how far from the likeliest frame; a network with a linear output knows only
  ///     one. Of labels, logits are divided by it: at 0, those above one half are true.
  ///   - random: the random numbers that decide the frame.
  public func draw(temperature: Float, using random: inout RandomStream) -> [Float] {
    precondition(hasRead, "a frame has to be read before the next is predicted")
    switch network.description.output {
    case .mixture:
      return workspace.mixture(step: 0).draw(temperature: temperature, using: &random)
    case .labels: return drawLabels(temperature: temperature, using: &random)
    case .linear, .softmax: return workspace.frame(step: 0)
    }
  }

  private func drawLabels(temperature: Float, using random: inout RandomStream) -> [Float] {
    precondition(temperature >= 0 && temperature.isFinite, "a temperature is 0 or more")
    return workspace.labelLogits(step: 0).map { logit in
      if temperature == 0 { return logit > 0 ? 1 : 0 }
      return random.uniform() < probability(logit: logit / temperature) ? 1 : 0
    }
  }
}
