import Foundation
import Refrain
import RefrainMusic

/// Spectrograms made without sound: what the Fourier transform would give of tones and of noise.
struct SyntheticSound {
  private(set) var magnitudes: [Float] = []
  private var seconds = 0.0
  private var random = RandomStream(seed: 1, purpose: .noise)
  let settings = SpectrogramSettings()

  init(seed: UInt64 = 1) {
    random = RandomStream(seed: seed, purpose: .noise)
  }

  var spectrogram: Spectrogram { Spectrogram(settings: settings, magnitudes: magnitudes) }

  /// Goes on with tones of an amplitude, 1 for full scale.
  mutating func tones(_ hertz: [Double], amplitude: Double = 0.1, seconds: Double) {
    let full = amplitude * Double(settings.fftSize) / 4
    let frame = (0..<settings.bins).map { bin in
      let parts = hertz.map { tone -> Double in
        let offset =
          Double(bin) - tone * Double(settings.fftSize) / Double(settings.sampleRate)
        return full * Self.hannLobe(offset)
      }
      return Float(parts.reduce(0, +))
    }
    for _ in 0..<frames(seconds) { magnitudes += frame }
  }

  /// Goes on with white noise of a power, 1 for full scale.
  mutating func noise(power: Double = 0.01, seconds: Double) {
    let mean = power * Double(settings.window) * 0.375
    for _ in 0..<frames(seconds) * settings.bins {
      let chance = Double.random(in: 1e-9..<1, using: &random)
      magnitudes.append(Float((-mean * log(chance)).squareRoot()))
    }
  }

  /// Goes on with chords of two tones each, drawn by chance, four per second.
  mutating func melody(amplitude: Double = 0.1, seconds: Int) {
    for _ in 0..<seconds * 4 {
      let chord = (0..<2).map { _ in
        110 * pow(2, Double(Int.random(in: 0..<48, using: &random)) / 12)
      }
      // Three overtones, as an instrument has.
      let tones = chord.flatMap { tone in [1, 2, 3, 4].map { tone * $0 } }
      self.tones(tones, amplitude: amplitude, seconds: 0.25)
    }
  }

  mutating func silence(seconds: Double) {
    let count = frames(seconds)
    magnitudes += [Float](repeating: 0, count: count * settings.bins)
  }

  mutating func append(_ other: Spectrogram, from start: Double, seconds: Double, gain: Float = 1) {
    let first = Int(start * settings.frameRate)
    for frame in first..<first + frames(seconds) {
      magnitudes += other[frame: frame].map { $0 * gain }
    }
  }

  /// As many frames as bring the whole sound to its length: what is rounded does not add up.
  private mutating func frames(_ more: Double) -> Int {
    seconds += more
    return Int((seconds * settings.frameRate).rounded()) - magnitudes.count / settings.bins
  }

  private static func hannLobe(_ offset: Double) -> Double {
    let d = abs(offset)
    if d < 1e-6 { return 1 }
    if abs(d - 1) < 1e-6 { return 0.5 }
    return abs(sin(Double.pi * d) / (Double.pi * d * (1 - d * d)))
  }
}
