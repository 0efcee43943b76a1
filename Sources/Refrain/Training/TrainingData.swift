/// What a network learns from, or is measured on.
public enum TrainingData: Sendable {
  /// One stream of tokens or frames.
  case stream(any TokenCorpus)
  /// Rows that do not follow each other.
  case rows(RowCorpus)
}

/// What measures a network in the course of its training.
enum Validation {
  case stream(any TokenCorpus, Evaluator)
  case rows(RowEvaluator)

  /// - Throws: what reading the corpus throws; ``TrainingConfigurationError`` if it does not suit the network.
  init(
    _ data: TrainingData, _ network: Network, configuration: TrainingConfiguration,
    pool: ThreadPool, kernels: KernelChoice
  ) throws {
    switch data {
    case .stream(let corpus):
      _ = try BatchPlan(data, for: network.description)
      let evaluator = Evaluator(
        network,
        steps: network.description.predictsOnlyLast ? configuration.sequenceLength : nil,
        pool: pool, kernels: kernels)
      self = .stream(corpus, evaluator)
    case .rows(let rows):
      self = .rows(try RowEvaluator(network, rows: rows, pool: pool, kernels: kernels))
    }
  }

  /// Steps that are read.
  var steps: Int {
    switch self {
    case .stream(let corpus, _): corpus.count
    case .rows(let evaluator): evaluator.steps
    }
  }

  /// The mean loss per target.
  ///
  /// - Parameter check: called before every batch; throws to give up.
  func loss(check: () throws -> Void) throws -> Double {
    switch self {
    case .stream(let corpus, let evaluator):
      try evaluator.evaluate(corpus, limit: nil, check: check).loss
    case .rows(let evaluator): try evaluator.evaluate(check: check).loss
    }
  }
}
