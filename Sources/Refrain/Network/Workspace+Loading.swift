// What a batch becomes before anything is computed.
extension Workspace {
  /// Takes over a batch: what its rows are, and what the layers of each part are told.
  func load(_ batch: Batch, step: UInt64, seed: UInt64) -> Passes {
    precondition(
      batch.steps <= steps && batch.sequences <= sequences
        && batch.source?.steps ?? 0 <= sourceSteps,
      "the batch is larger than the workspace was planned for")
    if batch.sequences > keptSequences { forget(keptSequences..<batch.sequences) }
    // With a new input, a decoder begins anew.
    if batch.source != nil { forget(0..<batch.sequences) }
    keptSequences = batch.sequences
    let groups = SequenceGroups(steps: batch.steps, batch: batch.sequences)
    rows.load(lengths: batch.lengths, groups)
    let (counted, hasStarts) = loadRows(batch, groups)
    let main = pass(
      groups, rows, frames: frames, hasPadding: batch.hasPadding, hasStarts: hasStarts,
      counted: counted, step: step, seed: seed)
    guard let source = batch.source else { return passes(main, isNew: false) }
    guard let sourceRows, let input = network.description.encoder?.input else {
      preconditionFailure("only a network with an encoder reads a source")
    }
    let sourceGroups = SequenceGroups(steps: source.steps, batch: batch.sequences)
    let count = input.isFrames ? sourceFrames?.count ?? 0 : input.size
    sourceRows.load(source, tokensBelow: Int32(count), sourceGroups)
    encoderPass = pass(
      sourceGroups, sourceRows, frames: sourceFrames, hasPadding: source.hasPadding,
      counted: counted, step: step, seed: seed)
    return passes(main, isNew: true)
  }

  /// Tokens, targets and starts of all rows.
  private func loadRows(
    _ batch: Batch, _ groups: SequenceGroups
  ) -> (counted: Int, hasStarts: Bool) {
    let (size, outputs) = (tokenCount, targetCount)
    var hasStarts = false
    var counted = 0
    for part in groups.parts(of: 0..<batch.sequences) {
      for step in 0..<batch.steps {
        for (row, sequence) in zip(part.step(step).rows, part.sequences) {
          let i = step * batch.sequences + sequence
          let token = batch.tokens[i]
          let target = batch.targets[i]
          let length = batch.lengths[sequence]
          precondition(token >= 0 && token < size, "a token lies outside the vocabulary")
          precondition(target < outputs, "a target lies outside the output")
          precondition(target < 0 || step < length, "no target counts beyond a sequence's end")
          rows.tokens[row] = token
          rows.targets[row] = target
          // Before the first step the state itself is set to zero.
          let isInside = step > 0 && batch.starts[i]
          precondition(
            !isInside || rows.mirrored.count == 0, "what is read from its end is one document")
          rows.starts[row] = isInside ? 1 : 0
          if isInside { hasStarts = true }
          if step == 0 && batch.starts[i] { forget(sequence: sequence) }
          if let lastStep {
            if step != length - 1 { continue }
            lastStep.tokens[sequence] = token
            lastStep.targets[sequence] = target
          }
          if target >= 0 { counted += 1 }
        }
      }
    }
    return (counted, hasStarts)
  }

  private func pass(
    _ groups: SequenceGroups, _ rows: BatchRows, frames: FrameTable?, hasPadding: Bool = false,
    hasStarts: Bool = false, counted: Int = 0, step: UInt64 = 0, seed: UInt64 = 0
  ) -> Pass {
    Pass(
      kernels: kernels, groups: groups, tokens: rows.tokens, targets: rows.targets,
      starts: rows.starts, lengths: rows.lengths, mirrored: rows.mirrored,
      hasPadding: hasPadding, frameTable: frames?.rows ?? nil,
      targetTable: targetTable?.rows ?? nil, encoded: nil, hasStarts: hasStarts,
      counted: counted, step: step, seed: seed,
      dividesSequences: dividesSequences(groups.batch))
  }

  /// One token of one sequence, as a batch of one would have it.
  func load(_ token: Int32) -> Passes {
    precondition(
      token >= 0 && token < tokenCount, "a token lies outside the vocabulary")
    rows.tokens[0] = token
    rows.targets[0] = Batch.uncounted
    rows.starts[0] = 0
    rows.lengths[0] = 1
    lastStep?.tokens[0] = token
    lastStep?.targets[0] = Batch.uncounted
    if let passOfOneToken {
      lastPass = passOfOneToken
      return passOfOneToken
    }
    let new = passes(
      pass(SequenceGroups(steps: 1, batch: 1), rows, frames: frames), isNew: false)
    if !network.description.readsFrames && sourceRows == nil { passOfOneToken = new }
    return new
  }

  /// All parts of a pass; `isNew` where the encoder has something new to read.
  private func passes(_ main: Pass, isNew: Bool) -> Passes {
    precondition(
      sourceRows == nil || encoderPass?.batch == main.batch,
      "a decoder goes on with as many sequences as its encoder has read")
    let passes = Passes(main, lastStep: lastStep, encoder: encoderPass, isNew: isNew)
    lastPass = passes
    return passes
  }

  /// Tokens below this can be read: of the vocabulary, or frames that there are.
  private var tokenCount: Int32 {
    Int32(network.description.readsFrames ? frames?.count ?? 0 : network.description.inputSize)
  }

  /// Targets below this can be predicted.
  private var targetCount: Int32 {
    Int32(
      network.description.predictsFrames ? targetTable?.count ?? 0 : network.description.outputSize)
  }

  /// What targets are numbers of; nil where there is nothing that the network could output.
  private var targetTable: FrameTable? {
    let table = targetFrames ?? frames
    return table?.size == network.description.outputSize ? table : nil
  }

  func expect(_ size: Int, of table: FrameTable?) {
    guard let table else { return }
    precondition(
      table.size == size,
      "the network's frames have \(size) values, and those of the table \(table.size)")
  }

  /// Sequences per thread from which on dividing them keeps the product's tiles full.
  private static let fewSequences = 6

  private func dividesSequences(_ sequences: Int) -> Bool {
    threads.count == 1 || haveOwnSequences(sequences, threads: threads.count)
  }

  func haveOwnSequences(_ sequences: Int, threads: Int) -> Bool {
    sequences >= Self.fewSequences * threads
  }
}
