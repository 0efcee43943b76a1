import Refrain
import RefrainMusic
import Testing

/// Music keeps about the level of the music it was learned from.
struct LevelTests {
  /// Noise whose loudness changes with time.
  private func music(seconds: Int, loudness: (Double) -> Float) -> MusicSpectrogram {
    let settings = SpectrogramSettings()
    var random = RandomStream(seed: 3, purpose: .noise)
    let frames = Int(Double(seconds) * settings.frameRate)
    let magnitudes = (0..<frames).flatMap { frame in
      (0..<settings.bins).map { _ in
        random.uniform() * loudness(Double(frame) / settings.frameRate)
      }
    }
    return MusicSpectrogram(
      channels: [Spectrogram(settings: settings, magnitudes: magnitudes)])
  }

  private func energies(_ music: MusicSpectrogram) -> [Double] {
    ListeningCurves(music.mixed).stretches().map(\.energy)
  }

  @Test func whatStraysIsBroughtBackAndTheRestStays() {
    let steady = music(seconds: 20) { _ in 3 }
    let level = energies(steady)[0]
    #expect(steady.levelled(to: level) == steady)
    // A burst, a fade, and nearly nothing.
    let wild = music(seconds: 30) { $0 < 6 ? 60 : $0 < 15 ? Float(9 - $0 / 2) : 0.05 }
    #expect(energies(wild).contains { abs($0 - level) > 20 })
    for energy in energies(wild.levelled(to: level)) { #expect(abs(energy - level) < 6) }
  }

  /// Loud and soft by turns, of every length: no stretch that begins anywhere strays.
  @Test(arguments: [1.0, 3, 5, 7, 11]) func noStretchStrays(every seconds: Double) {
    let wild = music(seconds: 40) { Int($0 / seconds) % 2 == 0 ? 0.3 : 30 }
    let levelled = wild.levelled(to: -20).mixed
    let rate = levelled.settings.frameRate
    for second in 0..<35 {
      let first = Int(Double(second) * rate)
      let bins = levelled.settings.bins
      let part = Spectrogram(
        settings: levelled.settings,
        magnitudes: Array(levelled.magnitudes[first * bins..<(first + Int(5 * rate)) * bins]))
      let energy = ListeningCurves(part).stretches()[0].energy
      #expect(abs(energy + 20) < 5, "\(second): \(energy)")
    }
  }

  @Test func bothSidesKeepTheirShare() {
    let left = music(seconds: 12) { _ in 30 }.channels[0]
    let right = Spectrogram(settings: left.settings, magnitudes: left.magnitudes.map { $0 / 8 })
    let both = MusicSpectrogram(channels: [left, right])
    let levelled = both.levelled(to: energies(both)[0] - 20)
    #expect(energies(levelled)[0] < energies(both)[0] - 10)
    #expect(
      levelled.channels[0].magnitudes.map { $0 / 8 }
        .largestDifference(to: levelled.channels[1].magnitudes) < 1e-5)
  }

  @Test func silenceStaysSilence() {
    let silence = music(seconds: 6) { _ in 0 }
    #expect(silence.levelled(to: -20) == silence)
  }
}
