import RefrainMusic
import TestSupport
import Testing

struct ShortTimeFourierTransformTests {
  @Test func agreesWithLibrosa() throws {
    let fixture = try LibrosaFixture(named: "music-librosa")
    for wanted in fixture.transforms {
      let settings = settings(fftSize: wanted.fftSize, window: wanted.window, hop: wanted.hop)
      let sound = Array(fixture.sound[..<wanted.count])
      let frames = ShortTimeFourierTransform(settings).forward(sound)
      #expect(frames.frameCount == wanted.frames)
      let written = frames.real.indices.filter { ($0 % settings.bins).isMultiple(of: wanted.every) }
      let values = [frames.real, frames.imaginary].flatMap { part in
        written.map { Double(part[$0]) }
      }
      #expect(relativeError(values, wanted.real + wanted.imaginary) < 2e-6, "\(settings)")
    }
  }

  @Test(arguments: [
    settings(fftSize: 2048, hop: 512), settings(fftSize: 2048, window: 1024, hop: 256),
    settings(fftSize: 512, hop: 128), settings(fftSize: 512, window: 401, hop: 99),
    settings(fftSize: 64, hop: 16), settings(fftSize: 2, hop: 1),
  ])
  func theInverseGivesTheSoundBack(settings: SpectrogramSettings) {
    let transform = ShortTimeFourierTransform(settings)
    for count in [1, 2, 63, 1000, 3001, 5000] {
      for sound in TestSound.all(count: count) {
        let again = transform.inverse(transform.forward(sound), count: count)
        #expect(again.largestDifference(to: sound) < 1e-5, "\(count) samples")
      }
    }
  }

  @Test func soundBeyondTheFramesIsSilence() {
    let transform = ShortTimeFourierTransform(settings(fftSize: 64, hop: 16))
    let sound = TestSound.noise(count: 160)
    let longer = transform.inverse(transform.forward(sound), count: 300)
    #expect(Array(longer[..<160]).largestDifference(to: sound) < 1e-5)
    #expect(longer.count == 300 && longer[200...].allSatisfy { $0 == 0 })
    #expect(transform.inverse(transform.forward(sound)).count == 160)
  }

  @Test func anEmptySoundHasNoFrames() {
    let transform = ShortTimeFourierTransform(SpectrogramSettings())
    #expect(transform.forward([]).frameCount == 0)
    #expect(transform.spectrogram(of: []).frameCount == 0)
    #expect(transform.inverse(transform.forward([])) == [])
    #expect(transform.inverse(transform.forward([]), count: 3) == [0, 0, 0])
  }

  @Test func magnitudesAreThoseOfTheComplexFrames() {
    let transform = ShortTimeFourierTransform(settings(fftSize: 256, hop: 64))
    let sound = TestSound.chirp(count: 1000)
    #expect(transform.spectrogram(of: sound) == transform.forward(sound).magnitudes)
  }

  @Test func aCircularSoundHasNoEnds() {
    let transform = ShortTimeFourierTransform(settings(fftSize: 256, hop: 64), isCircular: true)
    for count in [64, 128, 1024] {
      let sound = TestSound.noise(count: count)
      let frames = transform.forward(sound)
      #expect(frames.frameCount == count / 64)
      #expect(transform.inverse(frames).largestDifference(to: sound) < 1e-5)
      // Turned by a hop, the sound has the same frames, turned by one.
      let turned = transform.forward(Array(sound[64...] + sound[..<64]))
      let bins = transform.settings.bins
      #expect(turned.real == Array(frames.real[bins...] + frames.real[..<bins]))
      #expect(turned.imaginary == Array(frames.imaginary[bins...] + frames.imaginary[..<bins]))
    }
  }
}
