/// The complex values of a sound's short-time Fourier transform: magnitudes and phases.
public struct ComplexSpectrogram: Equatable, Sendable {
  /// How the sound was cut.
  public let settings: SpectrogramSettings
  /// The real parts. `[frames, D]`, row-major.
  public var real: [Float]
  /// The imaginary parts. `[frames, D]`, row-major.
  public var imaginary: [Float]

  /// Complex frames from their parts, whole frames of `settings.bins` values each.
  public init(settings: SpectrogramSettings, real: [Float], imaginary: [Float]) {
    precondition(
      real.count == imaginary.count && real.count.isMultiple(of: settings.bins),
      "a spectrogram holds whole frames")
    self.settings = settings
    self.real = real
    self.imaginary = imaginary
  }

  /// The number of frames.
  public var frameCount: Int { real.count / settings.bins }

  /// The magnitudes, without the phases.
  public var magnitudes: Spectrogram {
    Spectrogram(
      settings: settings,
      magnitudes: zip(real, imaginary).map { ($0 * $0 + $1 * $1).squareRoot() })
  }
}
