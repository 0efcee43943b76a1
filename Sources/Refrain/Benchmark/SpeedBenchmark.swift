import Foundation

/// Measures how fast a network trains or generates on this machine.
///
/// A benchmark is known by its name, which says everything about it:
///
/// - `train-lstm-V65-H128x2-T50-B50`: whole training steps (forward, backward, clip, Adam, the state
///   carried) over random tokens of a vocabulary of 65, two layers of 128 units, 50 steps of 50
///   sequences.
/// - `generate-lstm-V65-H128x2`: one stream, each token drawn and read again; with `-f16` or `-i8` at the
///   end, with weights of two bytes or one.
public struct SpeedBenchmark: Equatable, Sendable {
  /// What is measured.
  public enum Work: Equatable, Sendable {
    /// Training in batches of `steps` by `sequences`.
    case training(steps: Int, sequences: Int)
    /// Generating one text.
    case generation(weights: WeightFormat)
  }

  /// What is measured.
  public let work: Work
  /// The recurrent unit.
  public let cell: CellKind
  /// Different tokens: `V`.
  public let vocabularySize: Int
  /// Units of each layer: `H`.
  public let hidden: Int
  /// Recurrent layers.
  public let layers: Int

  /// The standard models.
  public static let standard = [
    "train-lstm-V28-H28x1-T50-B50", "train-lstm-V65-H128x2-T50-B50",
    "train-gru-V65-H128x2-T50-B50", "train-rnn-V65-H128x2-T50-B50",
    "train-lstm-V65-H128x2-T50-B1", "train-lstm-V65-H512x3-T100-B50",
    "generate-lstm-V28-H28x1", "generate-lstm-V65-H128x2", "generate-gru-V65-H128x2",
    "generate-lstm-V65-H512x3", "generate-lstm-V65-H512x3-f16", "generate-lstm-V65-H512x3-i8",
  ]

  /// `train-lstm-V65-H128x2-T50-B50`.
  public var name: String {
    let network = "\(cell)-V\(vocabularySize)-H\(hidden)x\(layers)"
    switch work {
    case .training(let steps, let sequences): return "train-\(network)-T\(steps)-B\(sequences)"
    case .generation(.f32): return "generate-\(network)"
    case .generation(let weights): return "generate-\(network)-\(weights)"
    }
  }

  /// The benchmark of that name.
  ///
  /// - Throws: ``SpeedBenchmarkError``.
  public init(name: String) throws {
    let error = SpeedBenchmarkError.name(name)
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, let cell = CellKind(String(parts[1])),
      [.rnn, .lstm, .gru].contains(cell), let vocabularySize = Self.number(parts[2], after: "V"),
      let x = parts[3].lastIndex(of: "x"), let hidden = Self.number(parts[3][..<x], after: "H"),
      let layers = Self.number(parts[3][x...], after: "x")
    else { throw error }
    switch (parts[0], parts.count) {
    case ("train", 6):
      guard let steps = Self.number(parts[4], after: "T"),
        let sequences = Self.number(parts[5], after: "B")
      else { throw error }
      work = .training(steps: steps, sequences: sequences)
    case ("generate", 4): work = .generation(weights: .f32)
    case ("generate", 5):
      guard let weights = WeightFormat(rawValue: String(parts[4])), weights != .f32 else {
        throw error
      }
      work = .generation(weights: weights)
    default: throw error
    }
    self.cell = cell
    self.vocabularySize = vocabularySize
    self.hidden = hidden
    self.layers = layers
    guard try size <= Self.sizeLimit else { throw SpeedBenchmarkError.tooLarge(name) }
  }

  /// A whole number of 1 or more, without a sign or leading zeros.
  private static func number(_ text: Substring, after letter: Character) -> Int? {
    guard text.first == letter, let value = Int(text.dropFirst()), value > 0, value < 1 << 20,
      text.dropFirst() == String(value)
    else { return nil }
    return value
  }

  /// Bytes that a network and its workspace may take.
  private static let sizeLimit = 8e9

  /// Bytes of the network (weights, gradients, moments) and of its workspace.
  private var size: Double {
    get throws {
      let size = try MemorySize(description)
      switch work {
      case .training(let steps, let sequences):
        return 4 * size.parameters
          + size.workspace(steps: steps, sequences: sequences, mode: .training)
      case .generation(let weights):
        return 2 * size.parameters
          + size.workspace(
            steps: Generator.promptSteps, sequences: 1, mode: .inference, weights: weights)
      }
    }
  }
}

/// Why there is no such benchmark.
public enum SpeedBenchmarkError: Error, Equatable, CustomStringConvertible {
  /// A name that does not say what to measure.
  case name(String)
  /// A network that does not fit into the memory of an ordinary computer.
  case tooLarge(String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .name(let name):
      return "\(name.quoted) is no benchmark; a name is like train-lstm-V65-H128x2-T50-B50 or "
        + "generate-gru-V65-H128x2: rnn, lstm or gru, V tokens, H units x layers, T steps, "
        + "B sequences; -f16 or -i8 after generate-... for smaller weights."
    case .tooLarge(let name):
      return "\(name.quoted) needs more than 8 GB of memory; choose smaller numbers."
    }
  }
}
