import RefrainMusic
import TestSupport

/// What `Tests/Fixtures/make_music_fixtures.py` wrote.
struct LibrosaFixture: Fixture {
  struct Transform: Decodable {
    let count, fftSize, window, hop, every, frames: Int
    let real, imaginary: [Double]
  }
  struct GriffinLim: Decodable {
    let count, fftSize, window, hop, iterations: Int
    let isFast: Bool
    let sound: [Double]
  }
  /// The longest sound; the others are its first samples.
  let sound: [Float]
  let transforms: [Transform]
  let griffinLim: [GriffinLim]
}

/// Settings that differ from the lecture's.
func settings(fftSize: Int, window: Int? = nil, hop: Int) -> SpectrogramSettings {
  var settings = SpectrogramSettings()
  settings.fftSize = fftSize
  settings.window = window ?? fftSize
  settings.hop = hop
  return settings
}
