/// The tokens of some steps of some sequences, what should follow each, and where documents begin.
///
/// Every array holds `[T, B]`, step by step: element `t · B + b`.
public struct Batch: Equatable, Sendable {
  /// A target that does not count, as where a document ends.
  public static let uncounted: Int32 = -1

  /// The number of steps: `T`.
  public let steps: Int
  /// The number of sequences: `B`.
  public let sequences: Int
  /// What the network reads.
  public var tokens: [Int32]
  /// What it should predict, or ``uncounted``.
  public var targets: [Int32]
  /// True where a document begins: the state is set to zero before this step.
  public var starts: [Bool]
  /// The steps of each sequence, 1 to `T`; what a shorter one has beyond them is padding. `[B]`
  public let lengths: [Int]
  /// What an encoder reads before the first step, for a network that has one; nil: what it read last.
  public var source: SourceBatch?

  /// A batch of `steps` by `sequences` from its arrays; without `starts`, nothing begins in it, and without
  /// `lengths`, all sequences are of `steps` steps.
  public init(
    steps: Int, sequences: Int, tokens: [Int32], targets: [Int32], starts: [Bool]? = nil,
    lengths: [Int]? = nil, source: SourceBatch? = nil
  ) {
    let count = steps * sequences
    precondition(tokens.count == count, "a batch has a token for every step and sequence")
    precondition(targets.count == count, "a batch has a target for every step and sequence")
    precondition(starts == nil || starts?.count == count, "a batch has a start for every step")
    self.steps = steps
    self.sequences = sequences
    self.tokens = tokens
    self.targets = targets
    self.starts = starts ?? [Bool](repeating: false, count: count)
    self.lengths = lengths ?? [Int](repeating: steps, count: sequences)
    precondition(self.lengths.count == sequences, "a batch has a length for every sequence")
    precondition(
      self.lengths.allSatisfy { (1...steps).contains($0) }, "a sequence has 1 to T steps")
    precondition(
      source == nil || source?.lengths.count == sequences, "a batch has a source for every sequence"
    )
    self.source = source
  }

  /// The number of targets that count.
  public var countedTargets: Int { targets.count { $0 >= 0 } }

  /// The steps that are read, without padding, by an encoder and after it.
  var readSteps: Int {
    lengths.reduce(0, +) + (source?.lengths.reduce(0, +) ?? 0)
  }

  /// True where sequences are shorter than the batch.
  var hasPadding: Bool { lengths.contains { $0 < steps } }
}

/// What an encoder reads: tokens, or numbers of frames, of some steps of each sequence of a ``Batch``.
public struct SourceBatch: Equatable, Sendable {
  /// The number of steps: `T`.
  public let steps: Int
  /// What is read, step by step. `[T, B]`
  public let tokens: [Int32]
  /// The steps of each sequence, 1 to `T`; what a shorter one has beyond them is padding. `[B]`
  public let lengths: [Int]

  /// What sequences of these lengths read; without `lengths`, all are of `steps` steps.
  public init(steps: Int, sequences: Int, tokens: [Int32], lengths: [Int]? = nil) {
    self.steps = steps
    self.tokens = tokens
    self.lengths = lengths ?? [Int](repeating: steps, count: sequences)
    precondition(
      tokens.count == steps * sequences && self.lengths.count == sequences,
      "a source has a token for every step and a length for every sequence")
    precondition(
      self.lengths.allSatisfy { (1...steps).contains($0) }, "a sequence has 1 to T steps")
  }

  /// True where sequences are shorter than the source.
  var hasPadding: Bool { lengths.contains { $0 < steps } }
}
