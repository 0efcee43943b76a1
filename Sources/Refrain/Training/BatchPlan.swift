/// Where the batches of a training come from.
package protocol BatchSource {
  /// Batches of one epoch.
  var batchesPerEpoch: Int { get }
  /// The next batch of the epoch.
  var position: Int { get }
  /// The next batch; after the last of an epoch, the first of the next.
  ///
  /// - Throws: what reading the corpus throws; then nothing can be read any more.
  mutating func next() throws -> Batch
}

/// How what is learned becomes batches: as streams that are read side by side, as windows, for a network
/// whose output follows a whole sequence, or row by row.
package struct BatchPlan {
  private let source: Source

  private enum Source {
    case streams(any TokenCorpus)
    case windows(any TokenCorpus, documents: [Range<Int>])
    case rows(RowArrangement, RowCorpus)
  }

  /// - Throws: what reading the corpus throws; ``TrainingConfigurationError`` if it does not suit the network.
  package init(_ data: TrainingData, for description: ModelDescription) throws {
    switch data {
    case .rows(let rows):
      try rows.check(for: description)
      source = .rows(RowArrangement(rows, for: description), rows)
    case .stream(let corpus):
      if description.encoder != nil { throw TrainingConfigurationError.needsRows }
      if description.predictsOnlyLast {
        source = .windows(corpus, documents: try Self.documents(of: corpus))
      } else if description.looksAhead {
        throw TrainingConfigurationError.readsFromTheEnd
      } else {
        source = .streams(corpus)
      }
    }
  }

  private static func documents(of corpus: any TokenCorpus) throws -> [Range<Int>] {
    let documents = try WindowPlaces.documents(of: corpus)
    if !documents.contains(where: { $0.count > 1 }) {
      throw TrainingConfigurationError.setting(
        "Of a text or music whose last step is predicted, the longest document or recording",
        mustBe: "longer than one token or frame")
    }
    return documents
  }

  /// The length and the number of sequences that there is enough for.
  package func fitting(steps: Int, sequences: Int) -> (steps: Int, sequences: Int) {
    switch source {
    case .streams(let corpus):
      return TokenBatches.fitting(count: corpus.count, steps: steps, sequences: sequences)
    case .windows(_, let documents):
      let longest = documents.map(\.count).max() ?? 1
      let steps = max(min(steps, longest - 1), 1)
      let windows = WindowPlaces(documents: documents, steps: steps).count
      return (steps, max(min(sequences, windows), 1))
    case .rows(_, let rows): return (steps, min(sequences, rows.count))
    }
  }

  /// Batches of one epoch.
  func batchesPerEpoch(_ configuration: TrainingConfiguration) -> Int {
    let (steps, sequences) = (configuration.sequenceLength, configuration.batchSize)
    switch source {
    case .streams(let corpus): return max((corpus.count - 1) / sequences / steps, 1)
    case .windows(_, let documents):
      return max(WindowPlaces(documents: documents, steps: steps).count / sequences, 1)
    case .rows(_, let rows): return RowBatches.batches(count: rows.count, sequences: sequences)
    }
  }

  package func batches(
    _ configuration: TrainingConfiguration, at progress: TrainingProgress
  ) throws -> any BatchSource {
    let (steps, sequences) = (configuration.sequenceLength, configuration.batchSize)
    switch source {
    case .streams(let corpus):
      return try TokenBatches(
        corpus: corpus, steps: steps, sequences: sequences, position: progress.batch)
    case .windows(let corpus, let documents):
      return WindowBatches(
        corpus: corpus, windows: WindowPlaces(documents: documents, steps: steps),
        sequences: sequences, order: .shuffled(seed: configuration.seed), epoch: progress.epoch,
        position: progress.batch)
    case .rows(let arrangement, let rows):
      return RowBatches(
        arrangement, count: rows.count, sequences: sequences, seed: configuration.seed,
        epoch: progress.epoch, position: progress.batch)
    }
  }

  /// What the network computes in.
  func workspace(
    _ network: Network, _ configuration: TrainingConfiguration, pool: ThreadPool,
    kernels: KernelChoice
  ) -> Workspace {
    var (steps, sourceSteps) = (configuration.sequenceLength, 1)
    if case .rows(let arrangement, _) = source {
      (steps, sourceSteps) = (arrangement.mostSteps, arrangement.mostSourceSteps)
    }
    let workspace = Workspace(
      network, steps: steps, sourceSteps: sourceSteps, sequences: configuration.batchSize,
      mode: .training, pool: pool, kernels: kernels)
    switch source {
    case .streams(let corpus), .windows(let corpus, _): workspace.frames = corpus.frames
    case .rows(_, let rows): workspace.take(tablesOf: rows)
    }
    return workspace
  }
}
