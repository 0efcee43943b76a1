internal import ArgumentParser
internal import Refrain

/// How `generate` chooses each token.
struct SamplingOptions: ParsableArguments {
  /// The seed where none is given.
  static let defaultSeed: UInt64 = 1

  @Option(
    "t",
    """
    How bold text or notes are, 0 or more: 0 always takes the likeliest token, 1 the model's own \
    probabilities, above 1 it becomes wild; of notes, 0.5 to 0.8 keeps more to the key. (default: 1)
    """)
  var temperature: Float?

  @Option("k", "Draws from the k likeliest tokens only, 1 or more.")
  var topK: Int?

  @Option(
    "p",
    "Draws from the likeliest tokens that together reach this probability; above 0, at most "
      + "1.")
  var topP: Float?

  @Option("p", "Leaves out tokens less likely than this times the likeliest one; 0 to 1.")
  var minP: Float?

  @Option(
    "r",
    """
    Makes the last 64 tokens less likely; above 0: 1 changes nothing, 1.2 is usual. (default: 1)
    """)
  var repetitionPenalty: Float?

  @Option("n", "What the drawing depends on, 0 or more: another seed, another text. (default: 1)")
  var seed: UInt64?

  /// The first option of drawing that was given.
  var given: String? {
    let options: [(Bool, String)] = [
      (temperature != nil, "--temperature"), (topK != nil, "--top-k"), (topP != nil, "--top-p"),
      (minP != nil, "--min-p"), (repetitionPenalty != nil, "--repetition-penalty"),
      (seed != nil, "--seed"),
    ]
    return options.first { $0.0 }?.1
  }

  func validate() throws {
    do { _ = try sampler() } catch let error as SamplerError {
      throw ValidationError(Self.sentence(error))
    }
  }

  /// The sampler that the options describe.
  func sampler() throws -> Sampler {
    try Sampler(
      temperature: temperature ?? 1, topK: topK, topP: topP, minP: minP,
      repetitionPenalty: repetitionPenalty ?? 1)
  }

  /// The error with the option's name.
  private static func sentence(_ error: SamplerError) -> String {
    let option =
      switch error {
      case .temperature: "--temperature"
      case .topK: "--top-k"
      case .topP: "--top-p"
      case .minP: "--min-p"
      case .repetitionPenalty: "--repetition-penalty"
      }
    // “the temperature must be 0 or more, not -1”
    let words = error.description
    guard let must = words.firstRange(of: " must ") else { return words }
    return option + words[must.lowerBound...] + "."
  }
}
