import CKissFFT

/// The short-time Fourier transform: a sound to frames, and frames to a sound.
///
/// The frames are librosa's with `pad_mode="reflect"`: frame `k` is centred on sample `k · hop`, and a
/// sound of `n` samples has `1 + n / hop` of them. A circular sound, whose end is joined to its start,
/// is a whole number of hops long and has one frame for each.
public struct ShortTimeFourierTransform: Equatable, Sendable {
  /// How a sound is cut.
  public let settings: SpectrogramSettings
  /// Whether sounds are circular: made to be played over and over, without a seam.
  public let isCircular: Bool

  /// The transform with `settings`.
  public init(_ settings: SpectrogramSettings, isCircular: Bool = false) {
    self.settings = settings
    self.isCircular = isCircular
  }

  /// How many frames a sound of `count` samples has; none, if it has no sample.
  public func frameCount(for count: Int) -> Int {
    if count == 0 { return 0 }
    precondition(
      !isCircular || count.isMultiple(of: settings.hop),
      "a circular sound is a whole number of hops long")
    return isCircular ? count / settings.hop : 1 + count / settings.hop
  }

  /// The complex frames of a sound.
  public func forward(_ sound: [Float]) -> ComplexSpectrogram {
    let size = frameCount(for: sound.count) * settings.bins
    var real: [Float] = []
    var imaginary: [Float] = []
    real.reserveCapacity(size)
    imaginary.reserveCapacity(size)
    eachFrame(of: sound) { values in
      for i in 0..<values.count { real.append(values[i].r) }
      for i in 0..<values.count { imaginary.append(values[i].i) }
    }
    return ComplexSpectrogram(settings: settings, real: real, imaginary: imaginary)
  }

  /// The magnitudes of a sound.
  public func spectrogram(of sound: [Float]) -> Spectrogram {
    var magnitudes: [Float] = []
    magnitudes.reserveCapacity(frameCount(for: sound.count) * settings.bins)
    eachFrame(of: sound) { values in
      for i in 0..<values.count { magnitudes.append(values[i].magnitude) }
    }
    return Spectrogram(settings: settings, magnitudes: magnitudes)
  }

  /// The sound whose frames are nearest to `frames` in the sense of least squares.
  ///
  /// The inverse of ``forward(_:)`` where `frames` came from it. It is exact where every sample lies well
  /// within a window: the hop should be less than half the window.
  /// - Parameters:
  ///   - frames: the complex values of each frame.
  ///   - count: The number of samples; nil: `(frames − 1) · hop`, and `frames · hop` if circular, where only
  ///     this number is allowed. Samples that no frame covers are 0.
  public func inverse(_ frames: ComplexSpectrogram, count: Int? = nil) -> [Float] {
    precondition(frames.settings == settings, "the frames were cut with other settings")
    let count = count ?? defaultCount(frames: frames.frameCount)
    guard frames.frameCount > 0, count > 0 else { return Array(repeating: 0, count: count) }
    var padded = silence(count: count, frames: frames.frameCount)
    let transform = FrameTransform(settings)
    let bins = settings.bins
    let values = transform.values
    var written = values.write()
    for frame in 0..<frames.frameCount {
      for i in 0..<bins {
        written[i] = kiss_fft_cpx(
          r: frames.real[frame * bins + i], i: frames.imaginary[frame * bins + i])
      }
      var samples = padded.samples.mutableSpan
      transform.synthesise(addingTo: &samples, at: frame * settings.hop)
    }
    padded.foldEdges()
    let weights = overlapWeights(like: padded, window: transform.window, floor: 1e-12)
    padded.scale(by: weights.span)
    return padded.sound
  }

  /// The sound length that belongs to a number of frames.
  func defaultCount(frames: Int) -> Int {
    frames == 0 ? 0 : (isCircular ? frames : frames - 1) * settings.hop
  }

  /// A silent sound with its margins.
  func silence(count: Int, frames: Int) -> PaddedSound {
    precondition(
      !isCircular || count == frames * settings.hop,
      "a circular sound has one frame for each hop")
    return PaddedSound(count: count, frames: frames, settings: settings, isCircular: isCircular)
  }

  private func eachFrame(of sound: [Float], _ use: (Span<kiss_fft_cpx>) -> Void) {
    let frames = frameCount(for: sound.count)
    guard frames > 0 else { return }
    var padded = silence(count: sound.count, frames: frames)
    padded.set(sound.span)
    let transform = FrameTransform(settings)
    for frame in 0..<frames {
      transform.analyse(padded.samples.span, at: frame * settings.hop)
      let values = transform.values
      use(values.read)
    }
  }
}

extension kiss_fft_cpx {
  /// The absolute value.
  var magnitude: Float { (r * r + i * i).squareRoot() }
}
