import Foundation

extension Spectrogram {
  /// How far the spectrogram of `sound` is from this one, in decibels: `20 log₁₀(‖|STFT(x)| − S‖ / ‖S‖)`.
  ///
  /// 0 for silence, −20 for a tenth, −∞ for equal spectrograms (two silent ones are equal).
  /// - Parameters:
  ///   - sound: As many samples as this number of frames belongs to.
  ///   - isCircular: Whether the sound's end is joined to its start.
  public func spectralConvergence(of sound: [Float], isCircular: Bool = false) -> Double {
    let other = ShortTimeFourierTransform(settings, isCircular: isCircular).spectrogram(of: sound)
    precondition(other.frameCount == frameCount, "the sound has another number of frames")
    var error = 0.0
    var power = 0.0
    for (value, wanted) in zip(other.magnitudes, magnitudes) {
      error += Double(value - wanted) * Double(value - wanted)
      power += Double(wanted) * Double(wanted)
    }
    if error == 0 { return -.infinity }
    return 10 * log10(error / power)
  }
}
