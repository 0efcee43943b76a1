/// How the next token is chosen from a network's logits.
///
/// The settings work as a chain, in this order:
///
/// 1. ``excluded`` tokens are taken out.
/// 2. ``repetitionPenalty`` lowers the logits of tokens that were just used.
/// 3. ``temperature`` divides the logits; the softmax makes probabilities of them.
/// 4. ``topK`` keeps the most likely tokens.
/// 5. ``topP`` keeps the most likely of the rest that together reach a share of the probability.
/// 6. ``minP`` keeps those that are not too much less likely than the most likely one.
///
/// The penalty stands before the temperature because it tells positive from negative logits, which
/// mean something only in the network's own scale. The temperature stands before the filters so that
/// top-p and min-p judge the very probabilities that are drawn from. A filter always keeps the
/// most likely token; of equally likely ones the lower index comes first.
///
/// A draw depends on its arguments only: no system library takes part, so it is the same everywhere.
public struct Sampler: Sendable, Equatable {
  /// How many of the last tokens ``repetitionPenalty`` looks at.
  public static let repetitionWindow = 64

  /// What logits are divided by, 0 or more: below 1 the likely becomes likelier, at 0 the most
  /// likely token is always taken, far above 1 all tokens become equally likely.
  public let temperature: Float
  /// How many tokens stay in the draw, 1 or more; `nil` for all.
  public let topK: Int?
  /// The smallest number of most likely tokens that reaches this share of the probability stays in
  /// the draw; above 0, at most 1; `nil` for all. Holtzman et al. 2019.
  public let topP: Float?
  /// Tokens less likely than this times the most likely one leave the draw; from 0 to 1; `nil` for
  /// none. Nguyen et al. 2024.
  public let minP: Float?
  /// What the positive logits of the last ``repetitionWindow`` tokens are divided by and the
  /// negative ones multiplied by, above 0; 1 changes nothing, above 1 discourages repetition. A
  /// token is penalised once, however often it occurred. Keskar et al. 2019.
  public let repetitionPenalty: Float
  /// Tokens that are never drawn; indices outside of the vocabulary are ignored.
  public let excluded: Set<Int32>

  /// A sampler with the given settings; without any it draws from the network's own distribution.
  ///
  /// - Throws: ``SamplerError`` if a setting is out of its range or not a finite number.
  public init(
    temperature: Float = 1, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
    repetitionPenalty: Float = 1, excluded: Set<Int32> = []
  ) throws {
    guard temperature >= 0, temperature.isFinite else {
      throw SamplerError.temperature(temperature)
    }
    if let topK, topK < 1 { throw SamplerError.topK(topK) }
    if let topP, !(topP > 0 && topP <= 1) { throw SamplerError.topP(topP) }
    if let minP, !(minP >= 0 && minP <= 1) { throw SamplerError.minP(minP) }
    guard repetitionPenalty > 0, repetitionPenalty.isFinite else {
      throw SamplerError.repetitionPenalty(repetitionPenalty)
    }
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.excluded = excluded
  }
}

/// A setting of a ``Sampler`` that is out of its range.
public enum SamplerError: Error, Equatable, CustomStringConvertible {
  /// The temperature is negative or not finite.
  case temperature(Float)
  /// Top-k is below 1.
  case topK(Int)
  /// Top-p is not above 0 and at most 1.
  case topP(Float)
  /// Min-p is not from 0 to 1.
  case minP(Float)
  /// The repetition penalty is not above 0 or not finite.
  case repetitionPenalty(Float)

  /// One sentence that says which setting is wrong and what it must be.
  public var description: String {
    switch self {
    case .temperature(let value): "the temperature must be 0 or more, not \(plain(value))"
    case .topK(let value): "top-k must be 1 or more, not \(value)"
    case .topP(let value): "top-p must be above 0 and at most 1, not \(plain(value))"
    case .minP(let value): "min-p must be from 0 to 1, not \(plain(value))"
    case .repetitionPenalty(let value):
      "the repetition penalty must be above 0, not \(plain(value))"
    }
  }

  /// The number as a user would have typed it: `-1`, not `-1.0`.
  private func plain(_ value: Float) -> String {
    Int(exactly: value).map(String.init) ?? value.description
  }
}
