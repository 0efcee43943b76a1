public import Refrain

/// Measures how fast a network trains or generates on this machine.
///
/// A benchmark is known by its name, which says everything about it:
///
/// - `train-lstm-V65-H128x2-T50-B50`: whole training steps (forward, backward, clip, Adam, the state
///   carried) over random tokens of a vocabulary of 65, two layers of 128 units, 50 steps of 50
///   sequences.
/// - `generate-lstm-V65-H128x2`: one stream, each token drawn and read again; with `-f16` or `-i8` at the
///   end, with weights of two bytes or one.
/// - `train-music-T40-B64`: whole training steps (forward, backward, Adam) of
///   ``/Refrain/ModelDescription/largerModel(bins:)`` on 1,025 bins: it reads 40 random frames of each of 64
///   sequences and predicts the next. What holds for tokens here holds for its frames.
public struct SpeedBenchmark: Equatable, Sendable {
  /// What is measured.
  public enum Work: Equatable, Sendable {
    /// Training in batches of `steps` by `sequences`.
    case training(steps: Int, sequences: Int)
    /// Generating one text.
    case generation(weights: WeightFormat)
  }

  /// A network of equal recurrent layers that reads and predicts tokens.
  public struct TextModel: Equatable, Sendable {
    /// The recurrent unit.
    public let cell: CellKind
    /// Different tokens: `V`.
    public let vocabularySize: Int
    /// Units of each layer: `H`.
    public let hidden: Int
    /// Recurrent layers.
    public let layers: Int
  }

  /// Which network it is measured on.
  public enum Model: Equatable, Sendable {
    /// One of text, which reads tokens.
    case text(TextModel)
    /// The lecture's larger model on 1,025 bins, which reads frames.
    case music
  }

  /// What a network reads, and what is counted.
  public enum Element: String, Sendable {
    /// Tokens of a vocabulary.
    case tokens
    /// Frames of a spectrogram.
    case frames
  }

  /// What is measured.
  public let work: Work
  /// The network.
  public let model: Model

  /// What a speed counts.
  public var element: Element { model == .music ? .frames : .tokens }

  var description: ModelDescription {
    switch model {
    case .text(let text):
      ModelDescription(
        input: .tokens(text.vocabularySize), output: .softmax(text.vocabularySize)
      ) {
        for _ in 0..<text.layers { Recurrent(text.cell, text.hidden) }
      }
    case .music: .largerModel()
    }
  }

  /// The standard models.
  public static let standard = [
    "train-lstm-V28-H28x1-T50-B50", "train-lstm-V65-H128x2-T50-B50",
    "train-gru-V65-H128x2-T50-B50", "train-rnn-V65-H128x2-T50-B50",
    "train-lstm-V65-H128x2-T50-B1", "train-lstm-V65-H512x3-T100-B50", "train-music-T40-B64",
    "generate-lstm-V28-H28x1", "generate-lstm-V65-H128x2", "generate-gru-V65-H128x2",
    "generate-lstm-V65-H512x3", "generate-lstm-V65-H512x3-f16", "generate-lstm-V65-H512x3-i8",
  ]

  /// Bytes that a network and its workspace may take.
  static let sizeLimit = 8e9

  /// Bytes of the network (weights, gradients, moments), of its workspace and of what it reads.
  var size: Double {
    get throws {
      let size = try MemorySize(description)
      switch work {
      case .training(let steps, let sequences):
        let frames = element == .frames ? Double((sequences + 1) * steps) : 0
        return 4 * size.parameters + size.statistics + frames * Double(2 * description.inputSize)
          + size.workspace(steps: steps, sequences: sequences, mode: .training)
      case .generation(let weights):
        return 2 * size.parameters
          + size.workspace(
            steps: Generator.promptSteps, sequences: 1, mode: .inference, weights: weights)
      }
    }
  }
}
