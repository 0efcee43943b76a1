/// What a batch says of each row, in the order of ``SequenceGroups``.
struct BatchRows {
  let tokens: SharedRow<Int32>
  let targets: SharedRow<Int32>
  /// 1 where the state is set to zero before the step.
  let starts: SharedRow<Int32>
  /// The steps of each sequence. `[B]`
  let lengths: SharedRow<Int32>
  /// For each row the one that lies as far from its sequence's end; empty where nothing reads backwards.
  let mirrored: SharedRow<Int32>

  /// Room for the rows of a workspace.
  ///
  /// - Parameter isSource: true for what an encoder reads: it has no targets, and nothing begins in it.
  init(_ plan: WorkspacePlan, looksAhead: Bool, isSource: Bool = false) {
    let rows = plan.rows
    tokens = plan.arena.row(of: Int32.self, count: rows)
    targets = plan.arena.row(of: Int32.self, count: isSource ? 0 : rows)
    starts = plan.arena.row(of: Int32.self, count: isSource ? 0 : rows)
    lengths = plan.arena.row(of: Int32.self, count: plan.batch)
    mirrored = plan.arena.row(of: Int32.self, count: looksAhead ? rows : 0)
  }

  /// Takes over the lengths of the sequences.
  func load(lengths all: [Int], _ groups: SequenceGroups) {
    for (sequence, length) in all.enumerated() {
      lengths[sequence] = Int32(length)
      if mirrored.count == 0 { continue }
      for step in 0..<groups.steps {
        let mirror = step < length ? length - 1 - step : step
        mirrored[groups.row(step: step, sequence: sequence)] = Int32(
          groups.row(step: mirror, sequence: sequence))
      }
    }
  }

  /// Takes over what an encoder is to read: tokens below `count`.
  func load(_ source: SourceBatch, tokensBelow count: Int32, _ groups: SequenceGroups) {
    load(lengths: source.lengths, groups)
    for step in 0..<groups.steps {
      for sequence in 0..<groups.batch {
        let token = source.tokens[step * groups.batch + sequence]
        precondition(token >= 0 && token < count, "a token lies outside the encoder's vocabulary")
        tokens[groups.row(step: step, sequence: sequence)] = token
      }
    }
  }
}

/// Tokens and targets of the one step that a layer has made of all.
struct LastStepRows {
  let tokens: SharedRow<Int32>
  let targets: SharedRow<Int32>

  init(_ plan: WorkspacePlan) {
    tokens = plan.arena.row(of: Int32.self, count: plan.batch)
    targets = plan.arena.row(of: Int32.self, count: plan.batch)
  }
}
