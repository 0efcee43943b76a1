/// Measures a network's loss on rows.
public final class RowEvaluator {
  private let network: Network
  private let workspace: Workspace
  private let batches: [Batch]

  /// Rows of a batch at most.
  package static let mostSequences = 64

  /// An evaluator of `network` as it is at the time of each ``evaluate()``.
  ///
  /// - Parameters:
  ///   - network: the network to measure.
  ///   - rows: one or more.
  ///   - weights: the format that the weights are read in; with another than `f32`, the network is evaluated as
  ///     it is now.
  ///   - threads: how many to use; 0 means all cores. The result never depends on it.
  /// - Throws: ``TrainingConfigurationError`` if a row does not suit the network.
  public convenience init(
    _ network: Network, rows: RowCorpus, weights: WeightFormat = .f32, threads: Int = 0
  ) throws {
    try self.init(
      network, rows: rows, weights: weights, pool: ThreadPool(count: threads), kernels: .best)
  }

  init(
    _ network: Network, rows: RowCorpus, weights: WeightFormat = .f32, pool: ThreadPool,
    kernels: KernelChoice
  ) throws {
    try rows.check(for: network.description)
    self.network = network
    let arrangement = RowArrangement(rows, for: network.description)
    let sorted = arrangement.sortedByLength(0..<rows.count)
    batches = stride(from: 0, to: sorted.count, by: Self.mostSequences).map { first in
      arrangement.batch(of: sorted[first..<min(first + Self.mostSequences, sorted.count)])
    }
    workspace = Workspace(
      network, steps: arrangement.mostSteps, sourceSteps: arrangement.mostSourceSteps,
      sequences: min(Self.mostSequences, rows.count), mode: .inference, weights: weights,
      pool: pool, kernels: kernels)
    workspace.take(tablesOf: rows)
  }

  /// The loss on all rows, per target.
  public func evaluate() -> Evaluation { evaluate {} }

  /// - Parameter check: called before every batch; throws to give up.
  func evaluate(check: () throws -> Void) rethrows -> Evaluation {
    var sum = 0.0
    var counted = 0
    for batch in batches {
      try check()
      let targets = batch.countedTargets
      sum += workspace.loss(batch) * Double(targets)
      counted += targets
    }
    return Evaluation(loss: sum / Double(max(counted, 1)), tokens: counted)
  }

  /// Steps that are read.
  var steps: Int { batches.reduce(0) { $0 + $1.lengths.reduce(0, +) } }
}

extension RowCorpus {
  /// - Throws: ``TrainingConfigurationError`` if there is no row, or one does not suit the network.
  func check(for description: ModelDescription) throws {
    if count == 0 {
      throw TrainingConfigurationError.setting("The number of rows", mustBe: "1 or more")
    }
    let arrangement = RowArrangement(self, for: description)
    for row in 0..<count {
      guard let problem = arrangement.problem(of: row) else { continue }
      throw TrainingConfigurationError.row(row, problem)
    }
  }
}

extension Workspace {
  /// Takes the tables that the elements of rows are numbers of.
  func take(tablesOf rows: RowCorpus) {
    if network.description.encoder == nil {
      frames = rows.frames
    } else {
      sourceFrames = rows.frames
    }
    targetFrames = rows.targetFrames
  }
}
