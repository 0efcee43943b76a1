/// `T` steps of `B` sequences; every array is `[T, B]`.
package struct TwinBatch: Equatable, Sendable {
  package var steps: Int
  package var sequences: Int
  package var tokens: [Int32]
  /// -1 where a target is not counted.
  package var targets: [Int32]
  /// Where the state is set to zero before the step.
  package var starts: [Bool]

  /// Without `starts` no sequence starts.
  package init(
    steps: Int, sequences: Int, tokens: [Int32], targets: [Int32], starts: [Bool]? = nil
  ) {
    let count = steps * sequences
    self.steps = steps
    self.sequences = sequences
    self.tokens = tokens
    self.targets = targets
    self.starts = starts ?? Array(repeating: false, count: count)
    precondition(
      tokens.count == count && targets.count == count && self.starts.count == count,
      "a batch has a token, a target and a start for each step and sequence")
  }
}
