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

/// How a corpus becomes batches: as streams that are read side by side, or as windows, for a network whose
/// output follows a whole sequence.
package struct BatchPlan {
  private let corpus: any TokenCorpus
  /// The documents, where windows are read.
  private let documents: [Range<Int>]?

  /// - Throws: what reading the corpus throws; ``TrainingConfigurationError`` if it holds not a single window.
  package init(_ corpus: any TokenCorpus, for description: ModelDescription) throws {
    self.corpus = corpus
    if description.looksAhead && !description.saysOnlyLast {
      throw TrainingConfigurationError.readsFromTheEnd
    }
    documents = description.saysOnlyLast ? try WindowPlaces.documents(of: corpus) : nil
    if let documents, !documents.contains(where: { $0.count > 1 }) {
      throw TrainingConfigurationError.setting(
        "Of a text or music whose last step is predicted, the longest document or recording",
        mustBe: "longer than one token or frame")
    }
  }

  /// The length and the number of sequences that the corpus allows.
  package func fitting(steps: Int, sequences: Int) -> (steps: Int, sequences: Int) {
    guard let documents else {
      return TokenBatches.fitting(count: corpus.count, steps: steps, sequences: sequences)
    }
    let longest = documents.map(\.count).max() ?? 1
    let steps = max(min(steps, longest - 1), 1)
    let windows = WindowPlaces(documents: documents, steps: steps).count
    return (steps, max(min(sequences, windows), 1))
  }

  /// Batches of one epoch.
  func batchesPerEpoch(_ configuration: TrainingConfiguration) -> Int {
    let (steps, sequences) = (configuration.sequenceLength, configuration.batchSize)
    guard let documents else { return max((corpus.count - 1) / sequences / steps, 1) }
    return max(WindowPlaces(documents: documents, steps: steps).count / sequences, 1)
  }

  func batches(
    _ configuration: TrainingConfiguration, at progress: TrainingProgress
  ) throws -> any BatchSource {
    let (steps, sequences) = (configuration.sequenceLength, configuration.batchSize)
    guard let documents else {
      return try TokenBatches(
        corpus: corpus, steps: steps, sequences: sequences, position: progress.batch)
    }
    return WindowBatches(
      corpus: corpus, windows: WindowPlaces(documents: documents, steps: steps),
      sequences: sequences, order: .shuffled(seed: configuration.seed), epoch: progress.epoch,
      position: progress.batch)
  }
}
