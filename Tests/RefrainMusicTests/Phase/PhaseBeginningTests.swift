import Foundation
import RefrainMusic
import Testing

/// Sounds and frames that begin in the midst.
struct PhaseBeginningTests {
  /// Sounds that are loud from their first sample on. With no phases for the first frame the note comes to
  /// −19 decibels, the chirp to −31.7 and the drum to −15; with such phases although they do not fit, the
  /// struck string to −17.
  @Test func soundsThatBeginInTheMidstComeBack() {
    let transform = ShortTimeFourierTransform(SpectrogramSettings())
    let drum = TestSound.noise(count: 22_050).enumerated().map { i, value in
      value * exp(-Float(i) / 2756)
    }
    let limits: [(sound: [Float], limit: Double)] = [
      (TestSound.note(count: 22_050), -34), (TestSound.chirp(count: 22_050), -32.5),
      (struck(count: 22_050), -25), (drum, -19),
    ]
    for (sound, limit) in limits {
      let spectrogram = transform.spectrogram(of: sound)
      let again = PhaseReconstruction.standard.sound(from: spectrogram, count: sound.count)
      #expect(spectrogram.spectralConvergence(of: again) < limit)
    }
  }

  /// Frames as a network makes them begin in the midst, and no reflection lies before them.
  @Test func framesThatNoReflectionPrecedesComeBack() {
    let settings = SpectrogramSettings()
    let transform = ShortTimeFourierTransform(settings)
    for (sound, limit) in [
      (TestSound.note(count: 44_100), -30.0), (struck(count: 44_100), -40),
      (TestSound.chirp(count: 44_100), -38),
    ] {
      let frames = transform.spectrogram(of: sound).magnitudes
      let inside = Spectrogram(
        settings: settings, magnitudes: Array(frames[(10 * 1025)..<(60 * 1025)]))
      let again = transform.spectrogram(of: PhaseReconstruction.standard.sound(from: inside))
      let known = 3 * 1025..<46 * 1025
      let error = zip(again.magnitudes[known], inside.magnitudes[known]).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      let power = inside.magnitudes[known].reduce(0) { $0 + $1 * $1 }
      #expect(Double(10 * log10(error / power)) < limit)
    }
  }

  /// A string's partials, which set in at once and die away.
  private func struck(count: Int) -> [Float] {
    (0..<count).map { i in
      let time = Double(i) / 22_050
      return [220, 563.3, 1012.7, 1789.1, 3120.4].enumerated().reduce(Float(0)) { sum, partial in
        let (k, frequency) = (Double(partial.offset), partial.element)
        let swing = sin(2 * .pi * frequency * time + k * k)
        return sum + Float(0.3 / (k + 1) * exp(-(2 + k) * time) * swing)
      }
    }
  }
}
