/// Gives a network's answers to rows: sequences that it reads from an empty state.
///
/// Rows of about the same length are read side by side; the answers are those to each row alone.
public final class Predictor {
  /// The network that answers.
  public let network: Network
  let pool: ThreadPool
  let kernels: KernelChoice
  private var workspace: Workspace?

  /// Sequences that are read side by side at most.
  static let mostSequences = 64

  /// - Parameters:
  ///   - network: the network that answers.
  ///   - threads: how many to use; 0 means all cores. The answers never depend on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  public init(_ network: Network, threads: Int = 0, kernels: KernelChoice = .best) {
    self.network = network
    self.kernels = kernels
    pool = ThreadPool(count: threads)
  }

  /// What the network predicts for each input: for each step that has an answer, all its values. `[rows][T][N]`
  ///
  /// Of a softmax and of labels these are probabilities, of a mixture the expected frame, else the values
  /// themselves. Not of a network with an encoder.
  ///
  /// - Parameters:
  ///   - inputs: the rows.
  ///   - frames: what inputs are numbers of, for a network that reads frames.
  public func outputs(
    of inputs: RowSequences, frames: FrameTable? = nil
  ) -> [[[Float]]] {
    precondition(network.description.encoder == nil, "a decoder predicts sequences")
    var answers = [[[Float]]](repeating: [], count: inputs.count)
    for rows in inputs.groups(of: Self.mostSequences) {
      let source = inputs.source(of: rows)
      let workspace = workspace(steps: source.steps, sourceSteps: 1, sequences: rows.count)
      workspace.frames = frames
      workspace.forward(
        Batch(
          steps: source.steps, sequences: rows.count, tokens: source.tokens,
          targets: [Int32](repeating: Batch.uncounted, count: source.tokens.count),
          starts: source.tokens.indices.map { $0 < rows.count }, lengths: source.lengths))
      for (column, row) in rows.enumerated() {
        let steps = network.description.predictsOnlyLast ? 1 : source.lengths[column]
        answers[row] = (0..<steps).map { values(workspace, step: $0, sequence: column) }
      }
    }
    return answers
  }

  private func values(_ workspace: Workspace, step: Int, sequence: Int) -> [Float] {
    switch network.description.output {
    case .softmax: return workspace.logits(step: step, sequence: sequence).probabilities
    case .labels: return workspace.labels(step: step, sequence: sequence)
    case .linear: return workspace.frame(step: step, sequence: sequence)
    case .mixture: return workspace.mixture(step: step, sequence: sequence).mean
    }
  }

  /// A workspace that is large enough; kept until a larger one is needed.
  func workspace(steps: Int, sourceSteps: Int, sequences: Int) -> Workspace {
    if let workspace, workspace.steps >= steps, workspace.sourceSteps >= sourceSteps,
      workspace.sequences >= sequences
    {
      return workspace
    }
    let made = Workspace(
      network, steps: max(steps, workspace?.steps ?? 1),
      sourceSteps: max(sourceSteps, workspace?.sourceSteps ?? 1),
      sequences: max(sequences, workspace?.sequences ?? 1), mode: .inference, pool: pool,
      kernels: kernels)
    workspace = made
    return made
  }
}

extension RowSequences {
  /// All places in groups of at most `most` sequences of about the same length.
  func groups(of most: Int) -> [[Int]] {
    for row in 0..<count { precondition(!self[row].isEmpty, "a sequence has one step or more") }
    let sorted = (0..<count).sorted { (self[$0].count, $0) < (self[$1].count, $1) }
    return stride(from: 0, to: count, by: most).map { first in
      Array(sorted[first..<min(first + most, count)])
    }
  }
}

extension [Float] {
  /// The softmax of these sums.
  fileprivate var probabilities: [Float] {
    let largest = self.max() ?? 0
    let powers = map { exponential($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
