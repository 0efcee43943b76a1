/// How a sound is cut into frames.
///
/// The short-time Fourier transform with a periodic Hann window, frames centred on multiples of the hop
/// (the sound is continued by reflection at both ends), as librosa does it.
public struct SpectrogramSettings: Codable, Equatable, Sendable {
  /// Samples per second of the sound, in hertz.
  public var sampleRate = 22_050
  /// Samples of one Fourier transform, a power of two: `2 · (D − 1)`.
  public var fftSize = 2048
  /// Samples under the window, at most ``fftSize``; the window stands in the transform's middle.
  public var window = 2048
  /// Samples from frame to frame.
  public var hop = 512

  /// The lecture's: 1,025 values per frame, 43 frames per second.
  public init() {}

  /// Values of a frame: `D`, from 0 hertz to half the sample rate.
  public var bins: Int { fftSize / 2 + 1 }

  /// Frames per second.
  public var frameRate: Double { Double(sampleRate) / Double(hop) }
}

/// The magnitudes of a sound over time: one frame after the other.
public struct Spectrogram: Equatable, Sendable {
  /// How the sound was cut.
  public let settings: SpectrogramSettings
  /// Linear magnitudes, 0 or more. `[frames, D]`, row-major.
  public var magnitudes: [Float]

  /// A spectrogram from its magnitudes, whole frames of `settings.bins` values.
  public init(settings: SpectrogramSettings, magnitudes: [Float]) {
    precondition(
      magnitudes.count % settings.bins == 0, "a spectrogram holds whole frames")
    self.settings = settings
    self.magnitudes = magnitudes
  }

  /// The number of frames.
  public var frameCount: Int { magnitudes.count / settings.bins }

  /// The values of one frame. `[D]`
  public subscript(frame index: Int) -> ArraySlice<Float> {
    magnitudes[index * settings.bins..<(index + 1) * settings.bins]
  }
}
