/// How rows become the batches of a network: which step predicts what.
struct RowArrangement {
  private let alignment: Alignment
  private let corpus: RowCorpus

  private enum Alignment {
    /// Each step that is read has its answer.
    case eachStep
    /// The last step has the only answer.
    case lastStep
    /// An encoder reads the input; then each step reads the token before, at first `boundary`, which also
    /// ends the target.
    case decoder(boundary: Int32)
  }

  init(_ corpus: RowCorpus, for description: ModelDescription) {
    self.corpus = corpus
    if description.encoder != nil {
      alignment = .decoder(boundary: description.boundary)
    } else {
      alignment = description.predictsOnlyLast ? .lastStep : .eachStep
    }
  }

  /// Steps of one row.
  func steps(_ row: Int) -> Int {
    if case .decoder = alignment { return corpus.targets[row].count + 1 }
    return corpus.inputs[row].count
  }

  /// Steps that an encoder reads of one row; 1 where there is none.
  func sourceSteps(_ row: Int) -> Int {
    if case .decoder = alignment { return corpus.inputs[row].count }
    return 1
  }

  /// The most steps of any row.
  var mostSteps: Int { (0..<corpus.count).reduce(1) { max($0, steps($1)) } }

  /// The most steps that an encoder reads of any row.
  var mostSourceSteps: Int { (0..<corpus.count).reduce(1) { max($0, sourceSteps($1)) } }

  /// Why a row does not suit the network; nil where it does.
  func problem(of row: Int) -> String? {
    let (input, target) = (corpus.inputs[row].count, corpus.targets[row].count)
    if input == 0 { return "has nothing to read" }
    switch alignment {
    case .eachStep where input != target:
      return "has \(input) steps to read and \(target) answers, where each step has one"
    case .lastStep where target != 1:
      return "has \(target) answers, where a whole sequence has one"
    default: return nil
    }
  }

  /// The batch of some rows.
  func batch(of rows: some Collection<Int>) -> Batch {
    let lengths = rows.map(steps)
    let (count, most) = (rows.count, lengths.max() ?? 1)
    var batch = Batch(
      steps: most, sequences: count, tokens: [Int32](repeating: 0, count: most * count),
      targets: [Int32](repeating: Batch.uncounted, count: most * count), lengths: lengths)
    for (column, row) in rows.enumerated() {
      batch.starts[column] = true
      fill(&batch, column: column, row: row)
    }
    if case .decoder = alignment { batch.source = corpus.inputs.source(of: rows) }
    return batch
  }

  private func fill(_ batch: inout Batch, column: Int, row: Int) {
    let (input, target) = (corpus.inputs[row], corpus.targets[row])
    let sequences = batch.sequences
    let place = { (step: Int) in step * sequences + column }
    switch alignment {
    case .eachStep:
      for (step, token) in input.enumerated() { batch.tokens[place(step)] = token }
      for (step, token) in target.enumerated() { batch.targets[place(step)] = token }
    case .lastStep:
      for (step, token) in input.enumerated() { batch.tokens[place(step)] = token }
      if let answer = target.first { batch.targets[place(input.count - 1)] = answer }
    case .decoder(let boundary):
      batch.tokens[place(0)] = boundary
      for (step, token) in target.enumerated() {
        batch.tokens[place(step + 1)] = token
        batch.targets[place(step)] = token
      }
      batch.targets[place(target.count)] = boundary
    }
  }

}

extension RowSequences {
  /// Some of the sequences, as an encoder reads them.
  func source(of rows: some Collection<Int>) -> SourceBatch {
    let lengths = rows.map { self[$0].count }
    let steps = lengths.max() ?? 1
    var tokens = [Int32](repeating: 0, count: steps * rows.count)
    for (column, row) in rows.enumerated() {
      for (step, token) in self[row].enumerated() { tokens[step * rows.count + column] = token }
    }
    return SourceBatch(steps: steps, sequences: rows.count, tokens: tokens, lengths: lengths)
  }
}

extension ModelDescription {
  /// The token that a decoder reads first and that ends its output: the last of its vocabulary.
  var boundary: Int32 { Int32(outputSize - 1) }
}
