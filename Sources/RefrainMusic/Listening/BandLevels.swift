internal import Foundation

/// A sound in slices of an eighth of a second: how loud 32 bands of pitch are, in decibels.
///
/// This is all that music is compared by: it is small, and it does not mind a slightly different
/// pitch or time.
struct BandLevels: Sendable {
  /// Levels in decibels, those of the whole sound at most ``depth`` below its loudest.
  private(set) var slices: [SIMD32<Float>] = []
  /// The level of the loudest band, in decibels; known once all frames are there.
  private var loudest: Float = 0

  /// Slices per second.
  static let rate = 8
  /// What is softer than the loudest band of the whole sound by more decibels counts as that.
  static let depth: Float = 60

  private let edges: [Int]
  let framesPerSlice: Double
  private var frames = 0
  /// The sum of the eighth roots of power over the slice that is being filled, and how many frames
  /// it has.
  ///
  /// Roots, because a frame more or less of a sound that begins or ends must not decide.
  private var roots = SIMD32<Float>()
  private var filled = 0

  init(settings: SpectrogramSettings) {
    framesPerSlice = settings.frameRate / Double(Self.rate)
    edges = Self.edges(settings)
  }

  /// The first bin of each band, and the end of the last: equal intervals from 40 hertz up, each one
  /// bin or more, and fewer than 32 where there are fewer bins.
  private static func edges(_ settings: SpectrogramSettings) -> [Int] {
    let lowest = max(1, 40 * Double(settings.fftSize) / Double(settings.sampleRate))
    let ratio = Double(settings.bins) / lowest
    var edges = [min(settings.bins, Int(lowest))]
    for band in 1...SIMD32<Float>.scalarCount {
      let edge = lowest * pow(ratio, Double(band) / Double(SIMD32<Float>.scalarCount))
      edges.append(min(settings.bins, max(edges[band - 1] + 1, Int(edge))))
    }
    return edges
  }

  /// Goes on with the frames of `spectrogram`. Magnitudes that are not finite numbers count as 0.
  mutating func append(_ spectrogram: Spectrogram) {
    let bins = spectrogram.settings.bins
    for frame in 0..<spectrogram.frameCount {
      for band in 0..<SIMD32<Float>.scalarCount {
        var sum: Float = 0
        for bin in edges[band]..<edges[band + 1] {
          let value = spectrogram.magnitudes[frame * bins + bin]
          if value.isFinite { sum += value * value }
        }
        roots[band] += min(sum, 1e30).squareRoot().squareRoot().squareRoot()
      }
      frames += 1
      filled += 1
      if Double(frames) >= Double(slices.count + 1) * framesPerSlice { closeSlice() }
    }
  }

  private mutating func closeSlice() {
    var levels = SIMD32<Float>()
    for band in 0..<SIMD32<Float>.scalarCount {
      levels[band] = max(-120, 80 * log10f(roots[band] / Float(filled)))
    }
    slices.append(levels)
    roots = SIMD32()
    filled = 0
  }

  /// Ends a slice of which half is there, and raises what is too soft to be heard beside the
  /// loudest. Called once, after the last frame.
  mutating func finish() {
    if Double(filled) > framesPerSlice / 2 { closeSlice() }
    loudest = slices.map { $0.max() }.max() ?? 0
    let floor = SIMD32(repeating: loudest - Self.depth)
    for index in slices.indices {
      slices[index].replace(with: floor, where: slices[index] .< floor)
    }
  }

  /// The second from a slice on, where there is a whole one in which something can be heard: a band
  /// within 40 decibels of the loudest of all.
  func audibleSecond(from start: Int) -> Second? {
    let second = slices.dropFirst(start).prefix(Self.rate)
    guard second.count == Self.rate else { return nil }
    let isAudible = loudest > -110 && second.contains { $0.max() > loudest - 40 }
    return isAudible ? Second(second) : nil
  }
}

extension BandLevels {
  /// The levels of one second, eight slices, to be compared with others.
  struct Second {
    /// Four vectors per slice: SIMD32 itself is compiled to something far slower.
    let levels: [SIMD8<Float>]
    /// What is softer counts as that: ``depth`` below the second's own loudest band.
    ///
    /// The second's own, because what can be told of a soft passage must not depend on how loud the
    /// rest of the sound is.
    let floor: Float
    /// The sum of all levels.
    let sum: Float

    /// Decibels.
    static let depth: Float = 40

    init(_ slices: ArraySlice<SIMD32<Float>>) {
      let floor = (slices.map { $0.max() }.max() ?? 0) - Self.depth
      levels = slices.flatMap(BandLevels.parts).map { BandLevels.raised($0, to: floor) }
      self.floor = floor
      sum = levels.reduce(0) { $0 + $1.sum() }
    }
  }

  /// Levels, where they are softer than `floor`, raised to it.
  static func raised(_ levels: SIMD8<Float>, to floor: Float) -> SIMD8<Float> {
    levels.replacing(with: floor, where: levels .< floor)
  }

  /// A slice as four vectors.
  static func parts(_ slice: SIMD32<Float>) -> [SIMD8<Float>] {
    [
      slice.lowHalf.lowHalf, slice.lowHalf.highHalf, slice.highHalf.lowHalf,
      slice.highHalf.highHalf,
    ]
  }
}
