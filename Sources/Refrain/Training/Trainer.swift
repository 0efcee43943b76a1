import Dispatch
import Synchronization

/// Trains a network on a corpus: truncated backpropagation through time with the state carried from
/// batch to batch, validation on another part of the text.
///
/// A trainer is a sequence of events that its reader drives: `next()` trains up to the next event, on a
/// thread of the trainer's own. Who stops reading, or is cancelled, stops the training.
///
/// ```swift
/// let trainer = try Trainer(network, training: training, validation: validation)
/// for try await event in trainer {
///   if case .evaluation(let report) = event { print(report.step, report.loss) }
/// }
/// ```
public final class Trainer: AsyncSequence, @unchecked Sendable {
  /// What a training tells.
  public typealias Element = TrainingEvent
  /// What reading the corpus throws.
  public typealias Failure = any Error

  /// The network that is trained; read it between events only.
  public let network: Network
  private let queue = DispatchQueue(label: "refrain.trainer")
  /// Events that the queue has come to.
  private let events = Atomic<Int>(0)
  let loop: TrainingLoop

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - network: the network to train; its parameters change.
  ///   - training: what to learn: a stream of two tokens or more, or a row or more. Batches of rows hold rows
  ///     of about the same length, whatever that is: the configuration's sequence length is for streams.
  ///   - validation: what to evaluate on, as much at least; nil: the training loss decides which model is best.
  ///   - configuration: the batch size, the optimizer, the learning rate and so on.
  ///   - limits: when to stop; without any, training goes on until the reader stops.
  ///   - checkpoint: a model file's training to go on with, as if it had not stopped.
  ///   - plan: the plan of another training by minutes, to follow instead of the clock; `limits` have minutes then.
  ///   - threads: how many to use; 0 means all cores. What is trained never depends on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  /// - Throws: what reading the data throws; ``TrainingConfigurationError`` if a setting is out of its range, the
  ///   data does not suit the network, or `checkpoint` is not of this network and data.
  public init(
    _ network: Network, training: TrainingData, validation: TrainingData?,
    configuration: TrainingConfiguration = TrainingConfiguration(),
    limits: TrainingLimits = TrainingLimits(), continuing checkpoint: TrainingCheckpoint? = nil,
    following plan: StepPlan? = nil, threads: Int = 0, kernels: KernelChoice = .best
  ) throws {
    self.network = network
    loop = try TrainingLoop(
      network, training: training, validation: validation, configuration: configuration,
      limits: limits, continuing: checkpoint, following: plan, threads: threads, kernels: kernels,
      clock: nil)
  }

  /// Prepares a training on a stream of tokens or frames.
  ///
  /// - Parameters:
  ///   - network: the network to train; its parameters change.
  ///   - training: what to learn, of two tokens or more.
  ///   - validation: what to evaluate on, of two tokens or more; nil: the training loss decides which model is
  ///     best.
  ///   - configuration: the batch size, the optimizer, the learning rate and so on.
  ///   - limits: when to stop; without any, training goes on until the reader stops.
  ///   - checkpoint: a model file's training to go on with, as if it had not stopped; nil: a new training.
  ///   - plan: the plan of another training by minutes, to follow instead of the clock; `limits` have minutes then.
  ///   - threads: how many to use; 0 means all cores. What is trained never depends on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  /// - Throws: what reading the corpus throws, ``TrainingConfigurationError``.
  public convenience init(
    _ network: Network, training: any TokenCorpus, validation: (any TokenCorpus)? = nil,
    configuration: TrainingConfiguration = TrainingConfiguration(),
    limits: TrainingLimits = TrainingLimits(), continuing checkpoint: TrainingCheckpoint? = nil,
    following plan: StepPlan? = nil, threads: Int = 0, kernels: KernelChoice = .best
  ) throws {
    try self.init(
      network, training: .stream(training), validation: validation.map { .stream($0) },
      configuration: configuration, limits: limits, continuing: checkpoint, following: plan,
      threads: threads, kernels: kernels)
  }

  /// Prepares a training on rows that do not follow each other.
  ///
  /// - Parameters:
  ///   - network: the network to train; its parameters change.
  ///   - rows: the rows to learn, one or more.
  ///   - validation: the rows to evaluate on, one or more; nil: the training loss decides which model is best.
  ///   - configuration: the batch size, the optimizer, the learning rate and so on.
  ///   - limits: when to stop; without any, training goes on until the reader stops.
  ///   - checkpoint: a model file's training to go on with, as if it had not stopped; nil: a new training.
  ///   - plan: the plan of another training by minutes, to follow instead of the clock; `limits` have minutes then.
  ///   - threads: how many to use; 0 means all cores. What is trained never depends on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  /// - Throws: ``TrainingConfigurationError``.
  public convenience init(
    _ network: Network, rows: RowCorpus, validation: RowCorpus? = nil,
    configuration: TrainingConfiguration = TrainingConfiguration(),
    limits: TrainingLimits = TrainingLimits(), continuing checkpoint: TrainingCheckpoint? = nil,
    following plan: StepPlan? = nil, threads: Int = 0, kernels: KernelChoice = .best
  ) throws {
    try self.init(
      network, training: .rows(rows), validation: validation.map { .rows($0) },
      configuration: configuration, limits: limits, continuing: checkpoint, following: plan,
      threads: threads, kernels: kernels)
  }

  /// The configuration, with the batch and the length that the text allows.
  public var configuration: TrainingConfiguration { loop.configuration }

  /// Steps at whose multiples there is a report, besides those that time makes due; 0: none. Set it
  /// between events only.
  public var reportEvery: Int {
    get { loop.reportEvery }
    set { loop.reportEvery = newValue }
  }

  /// How many threads it uses at most.
  public var threads: Int { loop.pool.count }

  /// True once the training has diverged: the weights are then of no use.
  public var hasDiverged: Bool { loop.hasDiverged }

  /// Where the training stands; read it between events only.
  public var progress: TrainingProgress { loop.progress }

  /// What ends the training before another step, as where all of them are done already; nil: nothing, or
  /// the last steps have still to be evaluated.
  public var endBeforeStep: TrainingEnd? {
    progress.sinceEvaluation.steps > 0 ? nil : loop.endBeforeStep
  }

  /// Stops the training, from any thread: after the step at work, or in the middle of an evaluation, there is
  /// a checkpoint, and then no more event. What goes on from there is the training that was not stopped.
  public func stop() { loop.isStopping.make() }

  /// Everything that is needed to go on from here; take it between events only.
  public func checkpoint() -> TrainingCheckpoint { loop.checkpoint() }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator { Iterator(trainer: self) }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let trainer: Trainer

    /// Trains up to the next event; nil after the end, and in a task that has been cancelled.
    ///
    /// - Throws: what reading the corpus throws; that is the end, too.
    public mutating func next() async throws -> TrainingEvent? {
      if Task.isCancelled { return nil }
      let trainer = trainer
      let event = try await withCheckedThrowingContinuation { continuation in
        trainer.queue.async {
          let event = Result { try trainer.loop.nextEvent() }
          trainer.events.add(1, ordering: .releasing)
          continuation.resume(with: event)
        }
      }
      // A continuation orders memory, too, but outside of macOS no thread sanitizer sees that it does.
      _ = trainer.events.load(ordering: .acquiring)
      return event
    }
  }
}
