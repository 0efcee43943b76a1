/// Reads tokens and draws the next, one step at a time, with the state carried.
public final class Generator {
  /// The network that speaks.
  public let network: Network
  private let workspace: Workspace
  private var logitValues: [Float]
  private var scratch: SamplingScratch
  private var recent: [Int32] = []

  /// Tokens of a prompt that are read at once.
  package static let promptSteps = 32

  /// A generator whose state is zero.
  ///
  /// - Parameters:
  ///   - network: the network that generates; training it further changes what is generated.
  ///   - weights: the format that the weights are read in. Large networks are faster with `f16`, and say nearly
  ///     the same; with another than `f32`, a copy of the weights is made now.
  ///   - threads: how many to use; 0 means as many as help: one for a small network, whose threads would mostly
  ///     wait for each other, and all cores for a large one. The text never depends on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  public convenience init(
    _ network: Network, weights: WeightFormat = .f32, threads: Int = 0,
    kernels: KernelChoice = .best
  ) {
    self.init(
      network, weights: weights, pool: Self.pool(for: network, threads: threads),
      kernels: kernels)
  }

  /// Parameters from which one token is enough work for several threads.
  private static let parametersForThreads = 1_000_000

  package static func pool(for network: Network, threads: Int) -> ThreadPool {
    let isSmall = network.parameterCount < parametersForThreads
    return ThreadPool(count: threads == 0 && isSmall ? 1 : threads)
  }

  package init(
    _ network: Network, weights: WeightFormat = .f32, pool: ThreadPool, kernels: KernelChoice
  ) {
    precondition(
      !network.description.looksAhead,
      "a network that reads from both ends knows a step only when it has the last one")
    self.network = network
    workspace = Workspace(
      network, steps: Self.promptSteps, sequences: 1, mode: .inference,
      weights: weights, pool: pool, kernels: kernels)
    logitValues = [Float](repeating: 0, count: network.description.outputSize)
    scratch = SamplingScratch(vocabularySize: network.description.outputSize)
  }

  /// The network's state; set it, and read a token, to go back or to fork. The tokens that a
  /// repetition penalty looks at stay as they are.
  public var state: State {
    get { workspace.state() }
    set { workspace.setState(newValue) }
  }

  /// Forgets everything, as a new generator.
  public func reset() {
    workspace.resetState()
    for i in logitValues.indices { logitValues[i] = 0 }
    recent.removeAll(keepingCapacity: true)
  }

  /// Reads tokens, at least one; the network then expects what follows the last.
  public func read(_ tokens: [Int32]) {
    precondition(!tokens.isEmpty, "there must be a token to read")
    var first = 0
    while first < tokens.count {
      let part = Array(tokens[first..<min(first + Self.promptSteps, tokens.count)])
      workspace.forward(
        Batch(
          steps: part.count, sequences: 1, tokens: part,
          targets: [Int32](repeating: Batch.uncounted, count: part.count)))
      first += part.count
    }
    workspace.lastLogits(into: &logitValues)
    recent += tokens.suffix(Sampler.repetitionWindow)
    forgetOldest()
  }

  /// Reads one token.
  public func read(_ token: Int32) {
    workspace.advance(token)
    workspace.lastLogits(into: &logitValues)
    recent.append(token)
    forgetOldest()
  }

  /// The sums before the softmax for what follows the last token. `[V]`
  public var logits: [Float] { logitValues }

  /// Draws what follows the last token; ``read(_:)-(Int32)`` it to go on.
  public func draw(_ sampler: Sampler, using random: inout RandomStream) -> Int32 {
    // Local values: the spans borrow from them while the scratch changes.
    let logits = logitValues
    let recent = recent
    return sampler.draw(
      logits: logits.span, recent: recent.span, uniform: random.uniformDouble(),
      scratch: &scratch)
  }

  /// Keeps what a repetition penalty looks at, and not much more.
  private func forgetOldest() {
    if recent.count > 4 * Sampler.repetitionWindow {
      recent.removeFirst(recent.count - Sampler.repetitionWindow)
    }
  }
}
