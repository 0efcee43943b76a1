import RefrainMusic
import Testing

struct StreamingPhaseTests {
  @Test(arguments: [false, true])
  func soundsComeBackWhereTheLatencySays(looksAhead: Bool) {
    let limits: [([Float], Double)] = [
      (TestSound.note(count: 22_528).faded, looksAhead ? -35 : -32),
      (TestSound.chirp(count: 22_528).faded, looksAhead ? -22 : -10),
      (TestSound.noise(count: 22_528), looksAhead ? -11 : -9),
    ]
    for (sound, limit) in limits {
      let spectrogram = ShortTimeFourierTransform(SpectrogramSettings()).spectrogram(of: sound)
      let again = streamed(spectrogram, looksAhead: looksAhead)
      #expect(again.count >= sound.count)
      let convergence = spectrogram.spectralConvergence(of: Array(again.prefix(sound.count)))
      #expect(convergence < limit)
    }
  }

  @Test(arguments: [false, true])
  func theStreamHasNoSeams(looksAhead: Bool) {
    let sound = TestSound.note(count: 44_032)
    let spectrogram = ShortTimeFourierTransform(SpectrogramSettings()).spectrogram(of: sound)
    let again = streamed(spectrogram, looksAhead: looksAhead)
    // Away from the ends, which no frames surround.
    #expect(largestJump(Array(again[4096..<40_000])) < 1.5 * largestJump(sound))
    let energies = stride(from: 4096, to: 38_000, by: 512).map { start in
      again[start..<start + 512].reduce(0) { $0 + $1 * $1 }
    }
    let mean = energies.reduce(0, +) / Float(energies.count)
    for energy in energies { #expect(abs(energy / mean - 1) < 0.35) }
  }

  @Test func everyFrameGivesAHop() {
    let settings = settings(fftSize: 256, window: 200, hop: 60)
    for looksAhead in [false, true] {
      var stream = StreamingPhase(settings, looksAhead: looksAhead)
      #expect(stream.latency == (looksAhead ? 160 : 100))
      for frame in 0..<5 {
        let samples = stream.append(Array(repeating: Float(frame % 3), count: 129))
        #expect(samples.count == 60 && samples.allSatisfy(\.isFinite))
      }
      #expect(stream.finish().count == (looksAhead ? 200 : 140))
    }
  }

  @Test func silenceStaysSilentAndSoundComesAfterIt() {
    let settings = settings(fftSize: 256, hop: 64)
    var stream = StreamingPhase(settings)
    let silence = [Float](repeating: 0, count: 129)
    for _ in 0..<10 { #expect(stream.append(silence).allSatisfy { $0 == 0 }) }
    let frame = [Float](repeating: 1, count: 129)
    var loudest: Float = 0
    for _ in 0..<10 {
      let samples = stream.append(frame)
      #expect(samples.allSatisfy { $0.isFinite })
      loudest = max(loudest, samples.map(abs).max() ?? 0)
    }
    #expect(loudest > 0.01)
    for _ in 0..<20 { _ = stream.append(silence) }
    #expect(stream.append(silence).allSatisfy { $0 == 0 })
  }

  /// Two channels that are alike are as one, and a silent one stays silent.
  @Test(arguments: [false, true]) func twoChannelsGoSideBySide(looksAhead: Bool) {
    let settings = settings(fftSize: 256, window: 200, hop: 60)
    let spectrogram = ShortTimeFourierTransform(settings)
      .spectrogram(of: TestSound.chirp(count: 3000))
    let silence = [Float](repeating: 0, count: settings.bins)
    var one = StreamingPhase(settings, looksAhead: looksAhead)
    var alike = StreamingPhase(settings, channels: 2, looksAhead: looksAhead)
    var half = StreamingPhase(settings, channels: 2, looksAhead: looksAhead)
    for index in 0..<spectrogram.frameCount {
      let frame = Array(spectrogram[frame: index])
      let mono = one.append(frame)
      let both = alike.append(frame + frame)
      #expect(both == mono + mono)
      let left = half.append(frame + silence)
      #expect(left.count == 120 && left[60...].allSatisfy { $0 == 0 })
      #expect(Array(left[..<60]).largestDifference(to: mono) < 1e-5)
    }
    let rest = one.finish()
    #expect(alike.finish() == rest + rest)
    #expect(half.finish().suffix(rest.count).allSatisfy { $0 == 0 })
  }

  @Test func anEmptyStreamIsSilent() {
    let stream = StreamingPhase(settings(fftSize: 256, hop: 64))
    #expect(stream.finish().allSatisfy { $0 == 0 })
  }

  @Test func theSeedDecidesEveryBit() {
    let spectrogram = ShortTimeFourierTransform(settings(fftSize: 256, hop: 64))
      .spectrogram(of: TestSound.chirp(count: 4000) + TestSound.silence(count: 1000))
    #expect(streamed(spectrogram, looksAhead: true) == streamed(spectrogram, looksAhead: true))
  }

  /// The sound of the stream from the first frame's middle on.
  private func streamed(_ spectrogram: Spectrogram, looksAhead: Bool) -> [Float] {
    var stream = StreamingPhase(spectrogram.settings, looksAhead: looksAhead)
    let latency = stream.latency
    var result: [Float] = []
    for frame in 0..<spectrogram.frameCount {
      result += stream.append(Array(spectrogram[frame: frame]))
    }
    return Array((result + stream.finish()).dropFirst(latency))
  }
}
