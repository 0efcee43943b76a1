/// A layer as the engine runs it. Every thread calls every method with its own share. Where threads
/// divide the sequences, each runs through all layers alone (``Pass/dividesSequences``); elsewhere all
/// meet between two layers.
protocol Layer: AnyObject {
  /// What the layer makes, and where the layer above leaves its gradient.
  var output: Activation { get }

  /// The network's memory, if the layer has one.
  var memory: LayerMemory? { get }

  /// How many transposed pieces of weights the gradient needs; made once per step.
  var transposeCount: Int { get }
  func transpose(_ item: Int, _ pass: Pass)

  /// Computes `output` from the layer's input.
  func forward(_ pass: Pass, _ share: ThreadShare)

  /// Computes the input's gradient from the output's.
  func backward(_ pass: Pass, _ share: ThreadShare)

  /// How many independent pieces the parameters' gradient has; each is one thread's work.
  var gradientCount: Int { get }
  func parameterGradient(_ item: Int, _ pass: Pass)

  /// Computes what follows from the gradients of other layers' parameters, when all of those are there.
  func finishGradient(_ pass: Pass, _ share: ThreadShare)
}

extension Layer {
  var memory: LayerMemory? { nil }
  var transposeCount: Int { 0 }
  func transpose(_ item: Int, _ pass: Pass) {}
  var gradientCount: Int { 0 }
  func parameterGradient(_ item: Int, _ pass: Pass) {}
  func finishGradient(_ pass: Pass, _ share: ThreadShare) {}
}

/// The values between two layers, and their gradient: a row per step and sequence, as
/// ``SequenceGroups`` order them.
struct Activation {
  let size: Int
  let values: Panels
  /// Without rows where nobody asks for it: in a network that is only used, and below the first
  /// parameters.
  let gradient: Panels
  /// True for the output of a recurrent layer, whose first `B` rows are the state before the pass.
  let followsState: Bool

  var panels: Range<Int> { 0..<Panels.needed(for: size) }

  /// Whether the layer above is asked for the gradient.
  var hasGradient: Bool { gradient.rows > 0 }

  /// Columns of a panel that are not padding.
  func columns(of panel: Int) -> Int { min(Panels.width, size - panel * Panels.width) }

  /// Where the rows `rows` of the pass lie.
  func rows(_ rows: Range<Int>, _ pass: Pass) -> Range<Int> {
    followsState ? rows.lowerBound + pass.batch..<rows.upperBound + pass.batch : rows
  }
}

extension Activation {
  /// Which rows of the values belong to the rows of a pass.
  func pair(_ pass: Pass) -> RowPair {
    RowPair(rows(0..<pass.rows, pass).lowerBound, 0, count: pass.rows)
  }
}

/// What a layer reads: the tokens themselves, as one-hot rows, or the values of the layer below. Frames are
/// the values of a layer of their own.
enum LayerInput {
  case tokens(count: Int)
  case activation(Activation)
}

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
  /// The frames that tokens and targets are numbers of, in a network of frames.
  let frameTable: FrameRows?
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

  var steps: Int { groups.steps }
  var batch: Int { groups.batch }
  var rows: Int { steps * batch }

  /// The row of one step of one sequence.
  func row(step: Int, of sequence: Int) -> Int { groups.row(step: step, sequence: sequence) }
}

extension Pass {
  /// One step instead of all, as layers above a ``PoolingLayer`` see it, with the last step's tokens and
  /// targets.
  func lastStep(tokens: SharedRow<Int32>, targets: SharedRow<Int32>) -> Pass {
    Pass(
      kernels: kernels, groups: SequenceGroups(steps: 1, batch: batch), tokens: tokens,
      targets: targets, starts: starts, lengths: lengths, mirrored: mirrored, hasPadding: false,
      frameTable: frameTable, hasStarts: false,
      counted: counted, step: step, seed: seed, dividesSequences: dividesSequences)
  }
}

/// What a recurrent layer remembers between passes, as rows `[B]` in front of its outputs.
struct LayerMemory {
  let hidden: Int
  /// Vectors remembered, the output first.
  let vectors: Int
  let output: Panels
  let memories: Panels

  /// The panel and matrix of one vector's `column`.
  func value(vector: Int, row: Int, column: Int) -> Float {
    vector == 0
      ? output[row, column]
      : memories[row, (vector - 1) * Panels.needed(for: hidden) * Panels.width + column]
  }

  func set(vector: Int, row: Int, column: Int, to value: Float) {
    if vector == 0 {
      output[row, column] = value
    } else {
      memories[row, (vector - 1) * Panels.needed(for: hidden) * Panels.width + column] = value
    }
  }

  /// The state after each sequence's last step becomes the state before the first.
  func carry(_ pass: Pass, _ share: ThreadShare) {
    for part in pass.groups.parts(of: 0..<pass.batch) {
      if !pass.hasPadding {
        carry(part.step(pass.steps - 1).next, to: part.sequences, pass, share)
        continue
      }
      for sequence in part.sequences {
        let row = pass.row(step: Int(pass.lengths[sequence]) - 1, of: sequence) + pass.batch
        carry(row..<row + 1, to: sequence..<sequence + 1, pass, share)
      }
    }
  }

  private func carry(
    _ last: Range<Int>, to sequences: Range<Int>, _ pass: Pass, _ share: ThreadShare
  ) {
    for matrix in [output, memories] {
      for panel in share.part(of: matrix.count) {
        var first = matrix.write(sequences, panel: panel)
        pass.kernels.copy(&first, matrix.read(last, panel: panel))
      }
    }
  }
}
