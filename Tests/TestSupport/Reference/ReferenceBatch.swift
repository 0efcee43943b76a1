/// `T` steps of `B` sequences; every array is `[T, B]`.
package struct ReferenceBatch: Equatable, Sendable {
  package var steps: Int
  package var sequences: Int
  package var tokens: [Int32]
  /// -1 where a target is not counted.
  package var targets: [Int32]
  /// Where the state is set to zero before the step.
  package var starts: [Bool]
  /// The steps of each sequence; the rest of its rows is padding. `[B]`
  package var lengths: [Int]

  /// Without `starts` no sequence starts, and without `lengths` all have all steps.
  package init(
    steps: Int, sequences: Int, tokens: [Int32], targets: [Int32], starts: [Bool]? = nil,
    lengths: [Int]? = nil
  ) {
    let count = steps * sequences
    self.steps = steps
    self.sequences = sequences
    self.tokens = tokens
    self.targets = targets
    self.starts = starts ?? Array(repeating: false, count: count)
    self.lengths = lengths ?? Array(repeating: steps, count: sequences)
    precondition(
      tokens.count == count && targets.count == count && self.starts.count == count,
      "a batch has a token, a target and a start for each step and sequence")
  }
}

extension ReferenceBatch {
  /// Whether each row is not padding, `[T, B]`.
  package var counted: [Bool] {
    (0..<steps).flatMap { t in lengths.map { t < $0 } }
  }

  /// Of values `[T, B]`, those of each sequence's last step.
  package func last<Value>(_ values: [Value]) -> [Value] {
    lengths.indices.map { values[(lengths[$0] - 1) * sequences + $0] }
  }

  /// This batch with random lengths; padding has no targets, and nothing begins after the first step.
  package func withRandomLengths(using random: inout ReferenceRandom) -> ReferenceBatch {
    var batch = self
    batch.lengths = (0..<sequences).map { _ in .random(in: 1...steps, using: &random) }
    for row in targets.indices {
      batch.starts[row] = row < sequences
      if !batch.counted[row] { batch.targets[row] = -1 }
    }
    return batch
  }
}
