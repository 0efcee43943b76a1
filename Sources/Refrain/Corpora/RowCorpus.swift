/// Rows that do not follow each other: for each, a sequence that is read and one that should be predicted.
///
/// What a sequence consists of are tokens, or numbers of frames in ``frames`` and ``targetFrames``. Where
/// one answer follows a whole sequence, the target has one element; where each step has its answer, as
/// many as the input; where a decoder predicts it, any number.
public struct RowCorpus: Sendable {
  /// What is read. `[rows]`
  public var inputs = RowSequences()
  /// What should be predicted, without the token that ends it. `[rows]`
  public var targets = RowSequences()
  /// The frames that inputs are numbers of, for a network that reads frames.
  public var frames: FrameTable?
  /// The frames or labels that targets are numbers of, for a network that outputs such.
  public var targetFrames: FrameTable?

  /// A corpus without rows.
  public init(frames: FrameTable? = nil, targetFrames: FrameTable? = nil) {
    self.frames = frames
    self.targetFrames = targetFrames
  }

  /// The number of rows.
  public var count: Int { inputs.count }

  /// Adds a row.
  public mutating func append(input: some Collection<Int32>, target: some Collection<Int32>) {
    inputs.append(input)
    targets.append(target)
  }

  /// The rows at these places, in this order.
  public func rows(at places: some Sequence<Int>) -> RowCorpus {
    var some = RowCorpus(frames: frames, targetFrames: targetFrames)
    for place in places { some.append(input: inputs[place], target: targets[place]) }
    return some
  }
}

/// Sequences of different lengths, one after the other.
public struct RowSequences: Equatable, Sendable {
  private var elements: [Int32] = []
  private var ends: [Int] = []

  /// No sequences.
  public init() {}

  /// The number of sequences.
  public var count: Int { ends.count }
  /// The number of elements of all sequences.
  public var elementCount: Int { elements.count }

  /// Adds a sequence.
  public mutating func append(_ sequence: some Collection<Int32>) {
    elements.append(contentsOf: sequence)
    ends.append(elements.count)
  }

  /// The sequence at a place.
  public subscript(place: Int) -> ArraySlice<Int32> {
    precondition(ends.indices.contains(place), "there are \(count) sequences")
    return elements[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
  }
}
