/// A stream of random numbers that is fully described by a seed, a purpose, a lane and a position.
///
/// Every use of chance in a run has a stream of its own, so drawing more samples never changes the
/// shuffling. Saving the value saves the position: a decoded stream goes on with the very number
/// that was due. Number `n` of a stream is the first half of ``Philox`` block
/// `(n, purpose, lane)` under the seed as key; nothing else is remembered.
public struct RandomStream: RandomNumberGenerator, Codable, Equatable, Sendable {
  /// What the numbers of a stream are for.
  ///
  /// The raw values are part of every stream and of every model file: they are never renumbered.
  public enum Purpose: UInt32, Codable, Sendable, CaseIterable {
    /// The first values of the parameters.
    case initialisation = 1
    /// Which units are left out of a training step.
    case dropout = 2
    /// The order of the training data.
    case shuffling = 3
    /// Which rows are kept for validation.
    case splitting = 4
    /// The tokens drawn from a model.
    case sampling = 5
    /// Noise added to inputs, and sound made from noise.
    case noise = 6
  }

  /// The number that the user chose; equal seeds give equal streams.
  public let seed: UInt64
  /// What the numbers are for.
  public let purpose: Purpose
  /// Which of several equal uses this is, for example the third of five generated texts.
  public let lane: UInt32
  /// How many numbers have been drawn; setting it jumps there at no cost.
  public var position: UInt64

  /// The stream of `purpose` under `seed`, from number `counter` on.
  public init(seed: UInt64, purpose: Purpose, lane: UInt32 = 0, counter: UInt64 = 0) {
    self.seed = seed
    self.purpose = purpose
    self.lane = lane
    self.position = counter
  }

  /// The next number, uniform over all 64-bit values.
  ///
  /// The position goes from its last value to 0: after 2^64 numbers the stream begins again.
  public mutating func next() -> UInt64 {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
      purpose.rawValue, lane)
    let key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    position &+= 1
    let block = Philox.block(counter: counter, key: key)
    return UInt64(block[0]) | UInt64(block[1]) << 32
  }

  /// The next number as one of the 2^24 multiples of 2^-24 in `0..<1`; it advances the stream by one.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// The next number as one of the 2^53 multiples of 2^-53 in `0..<1`; it advances the stream by
  /// one.
  public mutating func uniformDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}
