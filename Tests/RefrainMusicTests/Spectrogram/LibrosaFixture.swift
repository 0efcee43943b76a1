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
  let sounds: [String: [Float]]
  let transforms: [Transform]
  let griffinLim: [GriffinLim]

  /// The sound of `count` samples.
  func sound(_ count: Int) throws -> [Float] {
    guard let sound = sounds["\(count)"] else { throw MissingSound(count: count) }
    return sound
  }

  struct MissingSound: Error {
    let count: Int
  }
}

/// Settings that differ from the lecture's.
func settings(fftSize: Int, window: Int? = nil, hop: Int) -> SpectrogramSettings {
  var settings = SpectrogramSettings()
  settings.fftSize = fftSize
  settings.window = window ?? fftSize
  settings.hop = hop
  return settings
}
