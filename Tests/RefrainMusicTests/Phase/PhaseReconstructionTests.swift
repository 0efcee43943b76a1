import Foundation
import RefrainMusic
import TestSupport
import Testing

struct PhaseReconstructionTests {
  static let methods: [PhaseReconstruction] = [
    .griffinLim(iterations: 3), .fastGriffinLim(iterations: 3), .heapIntegration,
    .heapIntegrationThenFastGriffinLim(iterations: 3),
  ]

  @Test func griffinLimAgreesWithLibrosa() throws {
    let fixture = try LibrosaFixture(named: "music-librosa")
    for wanted in fixture.griffinLim {
      let settings = settings(fftSize: wanted.fftSize, window: wanted.window, hop: wanted.hop)
      let spectrogram = ShortTimeFourierTransform(settings)
        .spectrogram(of: Array(fixture.sound[..<wanted.count]))
      let method =
        wanted.isFast
        ? PhaseReconstruction.fastGriffinLim(iterations: wanted.iterations)
        : .griffinLim(iterations: wanted.iterations)
      let zeros = spectrogram.magnitudes.map { _ in Float(0) }
      let sound = method.sound(from: spectrogram, phases: zeros)
      #expect(relativeError(sound.map(Double.init), wanted.sound) < 1e-3, "\(method)")
    }
  }

  /// How well each method does with each sound, in decibels. What a note, a chirp or a click needs of the
  /// gradient cannot be had by chance.
  @Test func soundsComeBack() {
    let transform = ShortTimeFourierTransform(SpectrogramSettings())
    let limits: [(sound: [Float], heap: Double, standard: Double, fast: Double)] = [
      (TestSound.note(count: 22_050).faded, -36, -41, -19),
      (TestSound.chirp(count: 22_050).faded, -28, -36, -20),
      (TestSound.noise(count: 22_050), -11, -17, -16),
      (TestSound.click(count: 8192), -100, -100, -18),
    ]
    for (sound, heap, standard, fast) in limits {
      let spectrogram = transform.spectrogram(of: sound)
      for (method, limit) in [
        (PhaseReconstruction.heapIntegration, heap), (.standard, standard),
        (.fastGriffinLim(iterations: 32), fast),
      ] {
        let again = method.sound(from: spectrogram, count: sound.count)
        let convergence = spectrogram.spectralConvergence(of: again)
        #expect(convergence < limit, "\(method)")
      }
    }
  }

  @Test func truePhasesNeedNoIteration() {
    let transform = ShortTimeFourierTransform(settings(fftSize: 512, hop: 128))
    let sound = TestSound.chirp(count: 3000)
    let frames = transform.forward(sound)
    let phases = zip(frames.real, frames.imaginary).map { atan2($1, $0) / (2 * .pi) }
    let again = PhaseReconstruction.heapIntegration.sound(
      from: frames.magnitudes, phases: phases, count: 3000)
    #expect(again.largestDifference(to: sound) < 1e-5)
  }

  @Test(arguments: methods)
  func everySoundIsFiniteAndAsLongAsWanted(method: PhaseReconstruction) {
    let transform = ShortTimeFourierTransform(settings(fftSize: 256, window: 200, hop: 100))
    for count in [1, 2, 99, 100, 101, 255, 1000] {
      for sound in TestSound.all(count: count) {
        let spectrogram = transform.spectrogram(of: sound)
        for wanted in [0, 1, count, count + 1000] {
          let again = method.sound(from: spectrogram, count: wanted)
          #expect(again.count == wanted && again.allSatisfy { $0.isFinite && abs($0) < 10 })
        }
        #expect(method.sound(from: spectrogram).count == (spectrogram.frameCount - 1) * 100)
      }
    }
  }

  @Test(arguments: methods)
  func silenceStaysSilent(method: PhaseReconstruction) {
    let settings = settings(fftSize: 256, hop: 64)
    for isCircular in [false, true] {
      let silence = Spectrogram(settings: settings, magnitudes: Array(repeating: 0, count: 129 * 9))
      #expect(
        method.sound(from: silence, isCircular: isCircular).allSatisfy { $0 == 0 })
    }
    #expect(method.sound(from: Spectrogram(settings: settings, magnitudes: [])) == [])
  }

  /// Magnitudes as a network gives them: no sound has them, and some are far apart.
  @Test(arguments: methods)
  func magnitudesThatNoSoundHas(method: PhaseReconstruction) {
    let settings = settings(fftSize: 256, hop: 64)
    for scale: Float in [1e-30, 1e-12, 1, 1e6] {
      let wild = TestSound.noise(count: 129 * 12).enumerated().map { i, value in
        i.isMultiple(of: 7) ? 0 : abs(value) * scale * (i.isMultiple(of: 5) ? 1e-6 : 1)
      }
      let sound = method.sound(from: Spectrogram(settings: settings, magnitudes: wild))
      #expect(sound.allSatisfy { $0.isFinite && abs($0) < 100 * scale })
    }
  }

  @Test(arguments: methods)
  func theSeedDecidesEveryBit(method: PhaseReconstruction) {
    let spectrogram = ShortTimeFourierTransform(settings(fftSize: 256, hop: 64))
      .spectrogram(of: TestSound.noise(count: 4000) + TestSound.silence(count: 1000))
    let sound = method.sound(from: spectrogram, seed: 3)
    #expect(method.sound(from: spectrogram, seed: 3) == sound)
    if case .fastGriffinLim = method { #expect(method.sound(from: spectrogram, seed: 4) != sound) }
  }

  @Test func aLoopHasNoSeam() {
    // 311.7 hertz does not fit into the loop a whole number of times: the method has to bend it.
    let settings = SpectrogramSettings()
    let count = 40 * settings.hop
    let sound = TestSound.note(count: count + 4096)
    let frames = ShortTimeFourierTransform(settings).spectrogram(of: sound)
    let inside = Spectrogram(
      settings: settings, magnitudes: Array(frames.magnitudes[(4 * 1025)..<(44 * 1025)]))
    let loop = PhaseReconstruction.standard.sound(from: inside, isCircular: true)
    #expect(loop.count == count)
    #expect(inside.spectralConvergence(of: loop, isCircular: true) < -20)
    #expect(largestJump(loop + loop.prefix(2)) < 1.3 * largestJump(sound))
    // Without the option the ends do not meet.
    let plain = PhaseReconstruction.standard.sound(from: inside)
    #expect(largestJump(plain + plain.prefix(2)) > 1.5 * largestJump(sound))
  }

  @Test func bothChannelsShareTheirPhases() {
    let transform = ShortTimeFourierTransform(SpectrogramSettings())
    let left = TestSound.note(count: 22_050).faded
    let right = left.map { $0 * 0.5 }
    let both = Recording(sampleRate: 22_050, channels: [left, right])
    let channels = PhaseReconstruction.standard.sound(
      from: transform.spectrogram(of: both), count: 22_050)
    #expect(channels[0].map { $0 * 0.5 }.largestDifference(to: channels[1]) < 1e-4)
    #expect(transform.spectrogram(of: left).spectralConvergence(of: channels[0]) < -30)
  }

  @Test func spectralConvergenceIsInDecibels() {
    let transform = ShortTimeFourierTransform(settings(fftSize: 256, hop: 64))
    let sound = TestSound.noise(count: 1000)
    let spectrogram = transform.spectrogram(of: sound)
    #expect(abs(spectrogram.spectralConvergence(of: sound.map { 0.9 * $0 }) + 20) < 1e-3)
    #expect(abs(spectrogram.spectralConvergence(of: TestSound.silence(count: 1000))) < 1e-9)
    #expect(spectrogram.spectralConvergence(of: sound) == -.infinity)
  }

}

/// The largest second difference: how sharp the sharpest edge is.
func largestJump(_ sound: [Float]) -> Float {
  zip(zip(sound, sound.dropFirst()), sound.dropFirst(2)).reduce(0) {
    max($0, abs($1.0.0 - 2 * $1.0.1 + $1.1))
  }
}
