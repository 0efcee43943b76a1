import Refrain

extension SpeedBenchmark {
  /// `train-lstm-V65-H128x2-T50-B50`.
  public var name: String {
    let network =
      switch model {
      case .text(let text): "\(text.cell)-V\(text.vocabularySize)-H\(text.hidden)x\(text.layers)"
      case .music: "music"
      }
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
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    let isMusic = parts.count == 4 && parts[1] == "music"
    guard let model = isMusic ? .music : Self.textModel(parts),
      let work = Self.work(parts[0], parts.dropFirst(isMusic ? 2 : 4)),
      !(isMusic && parts[0] == "generate")
    else { throw SpeedBenchmarkError.name(name) }
    self.model = model
    self.work = work
    // Of a network with more layers than there can be, no size is known.
    guard let size = try? size, size <= Self.sizeLimit else {
      throw SpeedBenchmarkError.tooLarge(name)
    }
  }

  /// `lstm-V65-H128x2`, after the first part.
  private static func textModel(_ parts: [Substring]) -> Model? {
    guard parts.count >= 4, let cell = CellKind(String(parts[1])),
      [.rnn, .lstm, .gru].contains(cell), let vocabularySize = number(parts[2], after: "V"),
      let x = parts[3].lastIndex(of: "x"), let hidden = number(parts[3][..<x], after: "H"),
      let layers = number(parts[3][x...], after: "x")
    else { return nil }
    return .text(
      TextModel(cell: cell, vocabularySize: vocabularySize, hidden: hidden, layers: layers))
  }

  /// The work that the first part and those after the network say.
  private static func work(_ verb: Substring, _ rest: ArraySlice<Substring>) -> Work? {
    let rest = Array(rest)
    switch (verb, rest.count) {
    case ("train", 2):
      guard let steps = number(rest[0], after: "T"), let sequences = number(rest[1], after: "B")
      else { return nil }
      return .training(steps: steps, sequences: sequences)
    case ("generate", 0): return .generation(weights: .f32)
    case ("generate", 1):
      guard let weights = WeightFormat(rawValue: String(rest[0])), weights != .f32 else {
        return nil
      }
      return .generation(weights: weights)
    default: return nil
    }
  }

  /// A whole number of 1 or more, without a sign or leading zeros.
  private static func number(_ text: Substring, after letter: Character) -> Int? {
    guard text.first == letter, let value = Int(text.dropFirst()), value > 0, value < 1 << 20,
      text.dropFirst() == String(value)
    else { return nil }
    return value
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
        + "B sequences; -f16 or -i8 after generate-... for smaller weights; or train-music-T40-B64."
    case .tooLarge(let name):
      return "\(name.quoted) needs more than 8 GB of memory; choose smaller numbers."
    }
  }
}
