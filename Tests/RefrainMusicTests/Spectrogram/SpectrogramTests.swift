import RefrainMusic
import Testing

struct SpectrogramTests {
  @Test func framesLieOneAfterTheOther() {
    var settings = SpectrogramSettings()
    #expect(settings.bins == 1025)
    settings.fftSize = 4
    let spectrogram = Spectrogram(settings: settings, magnitudes: [0, 1, 2, 3, 4, 5])
    #expect(spectrogram.frameCount == 2)
    #expect(Array(spectrogram[frame: 1]) == [3, 4, 5])
  }
}
