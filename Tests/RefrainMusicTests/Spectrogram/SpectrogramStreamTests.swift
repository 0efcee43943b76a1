import RefrainMusic
import Testing

struct SpectrogramStreamTests {
  @Test(arguments: [
    settings(fftSize: 256, hop: 64), settings(fftSize: 256, window: 101, hop: 100),
    settings(fftSize: 256, hop: 200),
  ])
  func blocksGiveTheFramesOfTheWhole(settings: SpectrogramSettings) {
    for count in [0, 1, 5, 128, 129, 600, 1000, 2049] {
      let sound = TestSound.noise(count: count)
      let whole = ShortTimeFourierTransform(settings).spectrogram(of: sound)
      for block in [1, 7, 100, 5000] {
        let streamed = frames(of: sound, in: block, settings: settings)
        #expect(streamed == whole.magnitudes, "\(count) samples in blocks of \(block)")
      }
    }
  }

  @Test func countsWhatItHasTakenAndGiven() {
    var stream = SpectrogramStream(settings(fftSize: 256, hop: 64))
    var given = 0
    stream.append(TestSound.noise(count: 128).span) { _ in given += 1 }
    #expect(given == 0)
    stream.append(TestSound.noise(count: 1).span) { _ in given += 1 }
    // The first frame's left half is known now, being the reflection of its right half.
    #expect(given == 1)
    #expect(stream.frameCount == 1)
    #expect(stream.sampleCount == 129)
  }

  private func frames(of sound: [Float], in block: Int, settings: SpectrogramSettings) -> [Float] {
    var stream = SpectrogramStream(settings)
    var result: [Float] = []
    for start in stride(from: 0, to: sound.count, by: block) {
      let piece = Array(sound[start..<min(start + block, sound.count)])
      stream.append(piece.span) { frame in
        for i in 0..<frame.count { result.append(frame[i]) }
      }
    }
    stream.finish { frame in
      for i in 0..<frame.count { result.append(frame[i]) }
    }
    return result
  }
}
