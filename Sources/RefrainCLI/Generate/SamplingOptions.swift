internal import ArgumentParser
internal import Refrain

/// How `generate` chooses each token.
struct SamplingOptions: ParsableArguments {
  /// The seed where none is given.
  static let defaultSeed: UInt64 = 1

  @Option(
    "t",
    """
    How random the result is, 0 or more: 0 always takes the most likely token, 1 uses the model's \
    probabilities, more than 1 gives wilder results. For notes, 0.5 to 0.8 stays closer to the key. \
    (default: 1)
    """)
  var temperature: Float?

  @Option("k", "Samples only from the k most likely tokens, 1 or more. (default: all)")
  var topK: Int?

  @Option(
    "p",
    "Samples only from the most likely tokens that together reach this probability, greater than 0, at "
      + "most 1. (default: 1)")
  var topP: Float?

  @Option(
    "p",
    "Leaves out tokens whose probability is less than this times the highest one, 0 to 1. (default: 0)"
  )
  var minP: Float?

  @Option(
    "r",
    """
    Makes tokens less likely that occur among the last 64, greater than 0: 1 changes nothing, 1.2 is a \
    usual value. (default: 1)
    """)
  var repetitionPenalty: Float?

  @Option(
    "n", "Seed of the random numbers, 0 or more: another seed gives another result. (default: 1)")
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
