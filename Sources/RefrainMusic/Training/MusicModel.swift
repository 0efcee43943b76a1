public import Refrain

/// The size and kind of a network that learns the next frame of music.
public struct MusicModel: Codable, Equatable, Sendable {
  /// The recurrent unit.
  public var cell = CellKind.lstm
  /// Units of each layer: `H`.
  public var hidden = 256
  /// Recurrent layers.
  public var layers = 2
  /// Gaussians in the mixture that the next frame is drawn from.
  public var components = 4
  /// Frames that every value of the next is compared with directly.
  public var history = 4
  /// The deviation of the noise that values are read with while training.
  public var noise: Float = 0.1
  /// The probability with which a value that is read, and the output of each recurrent layer, is dropped
  /// while training.
  public var dropout: Float = 0.1

  /// The recipe that sounds best.
  public init() {}

  /// The model that a description is made of; nil where it has other layers than one of these.
  public init?(_ description: ModelDescription) {
    guard case .mixture(let components, let bins, let history) = description.output else {
      return nil
    }
    (self.components, self.history) = (components, history)
    (layers, noise, dropout) = (0, 0, 0)
    for layer in description.layers {
      switch layer {
      case .noise(let deviation): noise = deviation
      case .dropout(let rate): dropout = rate
      case .recurrent(let kind, let size): (cell, hidden, layers) = (kind, size, layers + 1)
      default: return nil
      }
    }
    guard self.description(bins: bins) == description else { return nil }
  }

  /// The network for frames of `bins` values.
  public func description(bins: Int) -> ModelDescription {
    ModelDescription(
      input: .frames(bins), output: .mixture(components: components, size: bins, history: history)
    ) {
      if noise > 0 { Noise(noise) }
      if dropout > 0 { Dropout(dropout) }
      for _ in 0..<layers {
        Recurrent(cell, hidden)
        if dropout > 0 { Dropout(dropout) }
      }
    }
  }
}

/// A whole recipe for a training on music.
public enum MusicTrainingPreset: String, CaseIterable, Sendable {
  /// The lecture's larger model on linear magnitudes, 40 frames at a time, exactly as it was.
  case lecture
}
