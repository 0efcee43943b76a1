/// How the rows of a pass lie: the sequences in groups, a group's rows together, step after step.
///
/// Threads that divide the sequences get groups of their own. Where their rows alternated, each thread's
/// caches would fetch ahead what the other is about to write, and a step would take up to twice the time.
/// The groups depend on the number of sequences alone, and so does the order of every sum over rows.
struct SequenceGroups {
  let steps: Int
  /// Sequences in all: `B`.
  let batch: Int
  /// The number of groups is 2 to this, so that two, four or eight threads have whole ones.
  private let doublings: Int

  /// Sequences of a group at least: enough rows for the product's tiles.
  private static let least = 16

  init(steps: Int, batch: Int) {
    self.steps = steps
    self.batch = batch
    var doublings = 0
    while batch >> doublings >= 2 * Self.least { doublings += 1 }
    self.doublings = doublings
  }

  /// The number of groups.
  var count: Int { 1 << doublings }

  /// The sequences of one group.
  @inline(__always)
  func sequences(of group: Int) -> Range<Int> {
    // In parentheses: a shift binds more tightly than a product.
    (batch * group) >> doublings..<(batch * (group + 1)) >> doublings
  }

  /// Some of one group's sequences, or all.
  func part(_ sequences: Range<Int>, of group: Int) -> SequencePart {
    SequencePart(
      sequences: sequences, group: self.sequences(of: group), steps: steps, batch: batch)
  }

  /// `sequences`, cut where groups end.
  func parts(of sequences: Range<Int>) -> SequenceParts {
    SequenceParts(groups: self, sequences: sequences)
  }

  /// The row of one step of one sequence.
  func row(step: Int, sequence: Int) -> Int {
    part(sequence..<sequence + 1, of: group(of: sequence)).step(step).rows.lowerBound
  }

  /// The sequences of the group that a row lies in.
  func sequences(besideRow row: Int) -> Range<Int> {
    // All rows of the groups before have been of as many sequences.
    sequences(of: group(of: row / steps))
  }

  private func group(of sequence: Int) -> Int {
    // The division may round to the one before.
    let group = (sequence << doublings) / batch
    return sequences(of: group).contains(sequence) ? group : group + 1
  }
}

/// Some sequences of a batch, group by group.
struct SequenceParts: Sequence, IteratorProtocol {
  private let groups: SequenceGroups
  /// What is left.
  private(set) var sequences: Range<Int>
  private var group = 0

  fileprivate init(groups: SequenceGroups, sequences: Range<Int>) {
    self.groups = groups
    self.sequences = sequences
  }

  @inline(__always)
  mutating func next() -> SequencePart? {
    if sequences.isEmpty { return nil }
    while groups.sequences(of: group).upperBound <= sequences.lowerBound { group += 1 }
    let own = sequences.clamped(to: groups.sequences(of: group))
    sequences = own.upperBound..<sequences.upperBound
    return groups.part(own, of: group)
  }
}

/// Sequences of one group that are a thread's own.
struct SequencePart {
  /// Which of the batch.
  let sequences: Range<Int>
  /// All of the group.
  private let group: Range<Int>
  private let steps: Int
  private let batch: Int

  fileprivate init(sequences: Range<Int>, group: Range<Int>, steps: Int, batch: Int) {
    self.sequences = sequences
    self.group = group
    self.steps = steps
    self.batch = batch
  }

  /// True where the rows of neighbouring steps lie next to each other.
  var isWholeGroup: Bool { sequences == group }

  /// The rows of the sequences at step `t`.
  @inline(__always)
  func step(_ t: Int) -> StepRows {
    let first = group.lowerBound * steps + t * group.count + sequences.lowerBound - group.lowerBound
    return StepRows(
      rows: first..<first + sequences.count,
      previous: t == 0 ? sequences.lowerBound : first - group.count + batch,
      sequences: sequences, batch: batch)
  }

  /// The rows of a whole group at all of `steps`.
  func rows(_ steps: Range<Int>) -> Range<Int> {
    precondition(isWholeGroup, "only a whole group's steps lie next to each other")
    let first = group.lowerBound * self.steps
    return first + steps.lowerBound * group.count..<first + steps.upperBound * group.count
  }
}

/// Where a step of some sequences lies. Matrices of states have `B` rows more than others: the states
/// before the pass come first, then a row's output `B` rows after it.
struct StepRows {
  /// In the matrices that have a row per step and sequence.
  let rows: Range<Int>
  /// In the matrices of states: where the states before the step lie.
  let previous: Range<Int>
  /// In matrices with a row per sequence.
  let sequences: Range<Int>
  /// In the matrices of states: where the states after the step lie.
  let next: Range<Int>

  fileprivate init(rows: Range<Int>, previous: Int, sequences: Range<Int>, batch: Int) {
    self.rows = rows
    self.previous = previous..<previous + rows.count
    self.sequences = sequences
    next = rows.lowerBound + batch..<rows.upperBound + batch
  }

  var count: Int { rows.count }
}
