/// Memory that a ``Sampler`` works in, kept from draw to draw so that a draw allocates nothing.
///
/// It holds nothing between draws: any scratch serves any sampler and any vocabulary, one draw at a
/// time.
public struct SamplingScratch: Sendable {
  /// The adjusted logits, then the weights of the tokens: shares of the draw that need not sum to 1.
  var weights: [Float]
  /// The tokens while they are ranked.
  var ranked: [Int32] = []

  /// Scratch for a vocabulary of `vocabularySize` tokens; it grows when more are met.
  public init(vocabularySize: Int = 0) {
    weights = Array(repeating: 0, count: vocabularySize)
  }

  /// Makes room for exactly `count` weights.
  mutating func resize(to count: Int) {
    if weights.count != count {
      weights = Array(repeating: 0, count: count)
    }
  }
}
