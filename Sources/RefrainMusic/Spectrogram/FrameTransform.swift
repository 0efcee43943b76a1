import CKissFFT
import Foundation

/// One frame at a time: the sound under the window to complex values, and back.
///
/// Its scratch memory is for one thread at a time.
final class FrameTransform {
  /// How a sound is cut.
  let settings: SpectrogramSettings
  /// The complex values of the frame at hand. `[D]`
  let values: Scratch<kiss_fft_cpx>
  /// The periodic Hann window. `[window]`
  let window: [Float]
  /// ``window``, divided by what the inverse transform multiplies by.
  private let inverseWindow: [Float]
  private let fourier: RealFourierTransform
  /// The windowed sound in the middle, zero around it. `[fftSize]`
  private let samples: Scratch<Float>

  init(_ settings: SpectrogramSettings) {
    precondition(
      (1...settings.window).contains(settings.hop) && settings.window <= settings.fftSize,
      "a hop is no longer than the window, and the window no longer than the Fourier transform")
    self.settings = settings
    fourier = RealFourierTransform(size: settings.fftSize)
    window = (0..<settings.window).map { i in
      Float(0.5 - 0.5 * cos(2 * .pi * Double(i) / Double(settings.window)))
    }
    inverseWindow = window.map { $0 / Float(settings.fftSize) }
    values = Scratch(repeating: kiss_fft_cpx(), count: settings.bins)
    samples = Scratch(repeating: 0, count: settings.fftSize)
  }

  deinit {
    values.free()
    samples.free()
  }

  /// Sets ``values`` to the transform of the `fftSize` samples of `sound` from `start` on.
  func analyse(_ sound: Span<Float>, at start: Int) {
    let (samples, values, window) = (samples, values, window)
    let offset = settings.windowOffset
    let part = sound.extracting(start + offset..<start + offset + window.count)
    var written = samples.write()
    // The inverse leaves its values all over the scratch.
    for i in 0..<offset { written[i] = 0 }
    for i in offset + window.count..<written.count { written[i] = 0 }
    var middle = written._mutatingExtracting(offset..<offset + window.count)
    let factors = window.span
    for i in 0..<part.count { middle[i] = part[i] * factors[i] }
    var frequencies = values.write()
    fourier.forward(samples.read, into: &frequencies)
  }

  /// Adds the sound of ``values``, windowed once more, to the `fftSize` samples from `start` on.
  func synthesise(addingTo sound: inout MutableSpan<Float>, at start: Int) {
    let (samples, values, window) = (samples, values, inverseWindow)
    let offset = settings.windowOffset
    var written = samples.write()
    fourier.inverse(values.read, into: &written)
    let middle = samples.read.extracting(offset..<offset + window.count)
    var part = sound._mutatingExtracting(start + offset..<start + offset + window.count)
    let factors = window.span
    for i in 0..<part.count { part[i] += middle[i] * factors[i] }
  }
}

extension SpectrogramSettings {
  /// Where the window begins within the transform.
  var windowOffset: Int { (fftSize - window) / 2 }
}
