import CKissFFT

/// The frames of a sound that comes in blocks, one after the other: the same as those of the whole sound.
///
/// It holds two windows of sound, however long the sound is.
public struct SpectrogramStream: ~Copyable {
  /// How the sound is cut.
  public let settings: SpectrogramSettings
  /// How many frames have been given.
  public private(set) var frameCount = 0
  /// How many samples have been taken.
  public private(set) var sampleCount = 0
  private let transform: FrameTransform
  private var magnitudes: [Float]
  /// The latest samples, from sample ``first`` of the sound on, as far as a frame still needs them.
  private var held: [Float] = []
  private var first = 0
  /// What the next frame lies on. `[fftSize]`
  private var part: [Float]

  /// A stream of frames with `settings`.
  public init(_ settings: SpectrogramSettings) {
    self.settings = settings
    transform = FrameTransform(settings)
    magnitudes = Array(repeating: 0, count: settings.bins)
    part = Array(repeating: 0, count: settings.fftSize)
  }

  /// Takes samples, any number, and gives the frames that they complete.
  /// - Parameters:
  ///   - samples: The next samples of the sound.
  ///   - use: Called with the magnitudes of each frame. `[D]`
  public mutating func append(
    _ samples: Span<Float>, use: (Span<Float>) throws -> Void
  ) rethrows {
    // In pieces, so that not more is held than is needed.
    for start in stride(from: 0, to: samples.count, by: settings.fftSize) {
      let piece = start..<min(start + settings.fftSize, samples.count)
      for i in piece { held.append(samples[i]) }
      sampleCount += piece.count
      // The frame must be complete, and the reflection before the start known.
      while nextStart + settings.fftSize <= sampleCount && settings.fftSize / 2 < sampleCount {
        try give(use)
      }
      forget()
    }
  }

  /// Gives the last frames, which reach beyond the end; the stream is used up.
  public consuming func finish(use: (Span<Float>) throws -> Void) rethrows {
    let total = ShortTimeFourierTransform(settings).frameCount(for: sampleCount)
    while frameCount < total { try give(use) }
  }

  /// Where the next frame begins in the sound; before it for the first frames.
  private var nextStart: Int { frameCount * settings.hop - settings.fftSize / 2 }

  private mutating func give(_ use: (Span<Float>) throws -> Void) rethrows {
    for i in 0..<settings.fftSize {
      let position = nextStart + i
      let isInside = position >= 0 && position < sampleCount
      let source =
        isInside
        ? position : edgeSource(of: position, count: sampleCount, isCircular: false)
      part[i] = held[source - first]
    }
    let (transform, whole) = (transform, part)
    transform.analyse(whole.span, at: 0)
    let values = transform.values
    let read = values.read
    for i in 0..<magnitudes.count { magnitudes[i] = read[i].magnitude }
    frameCount += 1
    try use(magnitudes.span)
  }

  /// Lets go of what neither the next frame nor the reflection at the end can need.
  private mutating func forget() {
    let needed = max(0, min(nextStart, sampleCount - settings.fftSize / 2 - 1))
    held.removeFirst(needed - first)
    first = needed
  }
}
