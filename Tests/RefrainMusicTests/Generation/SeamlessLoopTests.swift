import Foundation
import Refrain
import RefrainMusic
import Testing

struct SeamlessLoopTests {
  private let settings = TinyMusic.settings

  /// Frames of which none equals another: all values rise, and swing.
  private func music(_ count: Int) -> Spectrogram {
    let magnitudes = (0..<count).flatMap { frame in
      (0..<settings.bins).map { bin -> Float in
        let swing = sin(0.02 * Double(frame) * Double(bin % 7 + 1))
        return Float(2 + 0.02 * Double(frame) + swing)
      }
    }
    return Spectrogram(settings: settings, magnitudes: magnitudes)
  }

  private func loop(_ music: Spectrogram, _ count: Int) -> Spectrogram {
    SeamlessLoop(MusicSpectrogram(channels: [music]), count: count).spectrogram.channels[0]
  }

  @Test func bothChannelsAreCutAtTheSamePlace() {
    let left = music(300)
    let right = Spectrogram(settings: settings, magnitudes: left.magnitudes.map { $0 / 2 })
    let both = SeamlessLoop(MusicSpectrogram(channels: [left, right]), count: 90).spectrogram
    #expect(both.channels[0] == loop(left, 90))
    #expect(both.channels[1].magnitudes == both.channels[0].magnitudes.map { $0 / 2 })
  }

  private func jump(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  @Test(arguments: [1, 2, 7, 100, 450]) func theEndLeadsIntoTheBeginning(count: Int) {
    let music = music(count + 400)
    let loop = loop(music, count)
    #expect(loop.frameCount == count && loop.settings == settings)
    guard count > 1 else { return }
    let largest = (1..<music.frameCount).map { jump(music[frame: $0 - 1], music[frame: $0]) }.max()!
    #expect(jump(loop[frame: count - 1], loop[frame: 0]) <= largest * 1.0001)
    // Cut without care, it would jump further.
    let cut = jump(music[frame: count - 1], music[frame: 0])
    #expect(count < 100 || cut > 5 * largest)
  }

  @Test func itBeginsWhereTheMusicComesBack() {
    var music = music(500)
    let bins = settings.bins
    // What is at 250 comes back at 350.
    for i in 0..<20 * bins { music.magnitudes[340 * bins + i] = music.magnitudes[240 * bins + i] }
    let loop = loop(music, 100)
    let begin = (0..<400).first { music[frame: $0].elementsEqual(loop[frame: 0]) }
    #expect(begin.map { (240...256).contains($0) } == true, "\(begin ?? -1)")
  }

  @Test func withNothingToChooseFromItIsTheMusic() {
    let music = music(30)
    #expect(loop(music, 30) == music)
  }
}

struct CircularResamplingTests {
  /// Forty waves in 1,000 samples are forty waves in any number of them.
  @Test(arguments: [900, 999, 1000, 1001, 1063]) func aSineStaysASine(count: Int) {
    func sine(_ count: Int) -> [Float] {
      (0..<count).map { Float(sin(2 * Double.pi * 40 * Double($0) / Double(count) + 0.3)) }
    }
    let stretched = stretchCircle(sine(1000), to: count)
    #expect(stretched.count == count)
    #expect(stretched.largestDifference(to: sine(count)) < 2e-3)
  }

  @Test func shortCirclesGoRoundAndRound() {
    let stretched = stretchCircle([0.5, 0.5, 0.5], to: 5)
    #expect(stretched.largestDifference(to: [0.5, 0.5, 0.5, 0.5, 0.5]) < 2e-3)
    #expect(stretchCircle([], to: 0).isEmpty && stretchCircle([1, 2], to: 0).isEmpty)
  }
}
