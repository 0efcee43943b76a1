/// One run over a batch: what every layer is told. It holds no object, so threads share it freely.
struct Pass: @unchecked Sendable {
  let kernels: any KernelSet.Type
  /// How the rows lie.
  let groups: SequenceGroups
  let tokens: SharedRow<Int32>
  let targets: SharedRow<Int32>
  /// 1 where the state is set to zero before the step.
  let starts: SharedRow<Int32>
  /// The steps of each sequence. `[B]`
  let lengths: SharedRow<Int32>
  /// The row that lies as far from its sequence's end as each row from its beginning; padding stays where
  /// it is.
  let mirrored: SharedRow<Int32>
  /// True where sequences are shorter than the pass.
  let hasPadding: Bool
  /// The frames that tokens are numbers of, in a network that reads frames.
  let frameTable: FrameRows?
  /// The frames or labels that targets are numbers of, in a network that outputs such.
  let targetTable: FrameRows?
  /// What an encoder has read before.
  var encoded: SourcePass?
  /// False where no state is set to zero, so that the previous state can be read where it lies.
  let hasStarts: Bool
  /// The number of targets that count.
  let counted: Int
  /// Which training step this is; dropout's masks depend on it.
  let step: UInt64
  let seed: UInt64
  /// True where each thread has sequences of its own, from the first layer to the last and back.
  let dividesSequences: Bool

  var frames: FrameRows {
    guard let frameTable else { preconditionFailure("A network of frames needs a table of them.") }
    return frameTable
  }

  var targetFrames: FrameRows {
    guard let targetTable else {
      preconditionFailure("A network that outputs frames or labels needs a table of them.")
    }
    return targetTable
  }

  var source: SourcePass {
    guard let encoded else { preconditionFailure("A decoder needs what its encoder has read.") }
    return encoded
  }

  var steps: Int { groups.steps }
  var batch: Int { groups.batch }
  var rows: Int { steps * batch }

  /// The row of one step of one sequence.
  func row(step: Int, of sequence: Int) -> Int { groups.row(step: step, sequence: sequence) }
}

extension Pass {
  /// One step instead of all, as layers above a ``PoolingLayer`` see it, with the last step's tokens and
  /// targets.
  func oneStep(tokens: SharedRow<Int32>, targets: SharedRow<Int32>) -> Pass {
    Pass(
      kernels: kernels, groups: SequenceGroups(steps: 1, batch: batch), tokens: tokens,
      targets: targets, starts: starts, lengths: lengths, mirrored: mirrored, hasPadding: false,
      frameTable: frameTable, targetTable: targetTable, encoded: encoded, hasStarts: false,
      counted: counted, step: step, seed: seed, dividesSequences: dividesSequences)
  }
}

/// How what an encoder read lies, for a decoder that looks at it.
struct SourcePass: @unchecked Sendable {
  private let groups: SequenceGroups
  /// The steps of each sequence. `[B]`
  let lengths: SharedRow<Int32>
  /// False where it was read before an earlier batch.
  var isNew: Bool

  init(_ pass: Pass, isNew: Bool) {
    groups = pass.groups
    lengths = pass.lengths
    self.isNew = isNew
  }

  var steps: Int { groups.steps }
  var batch: Int { groups.batch }

  /// The row of one step of one sequence.
  func row(step: Int, sequence: Int) -> Int { groups.row(step: step, sequence: sequence) }
}
