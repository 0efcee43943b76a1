import Refrain

/// A training whose steps are counted though no benchmark measures their speed: networks of the kinds that
/// tables and notes have, and those of every unit.
struct CountedTraining {
  private let description: ModelDescription
  private let steps: Int
  private let sequences: Int

  /// The training of that name: `train-table-T12-B16`, a network of tables from many symbols to one label;
  /// `train-notes-T4-B16`, one of notes; or, of any other unit, `train-peephole-V65-H64x2-T4-B20`, two layers
  /// of it above an embedding. Nil for any other name.
  init?(name: String) {
    let parts = name.split(separator: "-")
    guard parts.count >= 4, parts[0] == "train",
      let steps = Self.number(parts[parts.count - 2], after: "T"),
      let sequences = Self.number(parts[parts.count - 1], after: "B"),
      let description = Self.description(Array(parts[1..<parts.count - 2]))
    else { return nil }
    (self.description, self.steps, self.sequences) = (description, steps, sequences)
  }

  private static func number(_ text: Substring, after letter: Character) -> Int? {
    text.first == letter ? Int(text.dropFirst()) : nil
  }

  private static func description(_ parts: [Substring]) -> ModelDescription? {
    switch parts {
    case ["table"]:
      ModelDescription(input: .tokens(40), output: .softmax(5)) {
        Embedding(64)
        Bidirectional(.lstm, 128)
        MaxOverTime()
      }
    case ["notes"]:
      ModelDescription(input: .frames(88), output: .labels(88)) {
        Dropout(0.1)
        LSTM(256)
        Dropout(0.3)
      }
    default:
      CellKind(String(parts[0])).flatMap { parts.count == 3 ? stack($0, parts[1], parts[2]) : nil }
    }
  }

  private static func stack(
    _ cell: CellKind, _ vocabulary: Substring, _ layers: Substring
  ) -> ModelDescription? {
    let sizes = layers.split(separator: "x")
    guard let tokens = number(vocabulary, after: "V"), sizes.count == 2,
      let hidden = number(sizes[0], after: "H"), let count = Int(sizes[1])
    else { return nil }
    return ModelDescription(input: .tokens(tokens), output: .softmax(tokens)) {
      Embedding(hidden)
      for _ in 0..<count { Recurrent(cell, hidden) }
    }
  }

  /// What runs one step, on one thread, and returns how many tokens or frames it read.
  func step() throws -> () -> Int {
    let network = try Network(description)
    let workspace = Workspace(
      network, steps: steps, sequences: sequences, mode: .training, threads: 1)
    let optimizer = OptimizerState(.adam(), for: network)
    var random = RandomStream(seed: 1, purpose: .shuffling)
    let rows = steps * sequences
    if case .frames(let size) = description.input {
      let keys = FrameTable(size: size)
      for _ in 0..<rows { keys.append((0..<size).map { _ in random.uniform() < 0.05 ? 1 : 0 }) }
      workspace.frames = keys
    }
    let (read, said) =
      description.readsFrames ? (rows, rows) : (description.inputSize, description.outputSize)
    let batch = Batch(
      steps: steps, sequences: sequences,
      tokens: (0..<rows).map { _ in Int32(random.next() % UInt64(read)) },
      targets: (0..<rows).map { _ in Int32(random.next() % UInt64(said)) },
      starts: (0..<rows).map { $0 < sequences })
    return {
      _ = workspace.gradient(batch, step: optimizer.steps, seed: 1)
      _ = optimizer.step(
        rate: 0.001, clip: 5, threads: workspace.threads, kernels: KernelChoice.best.kernels)
      return rows
    }
  }
}
