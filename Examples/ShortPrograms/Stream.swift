import Foundation
import Refrain
import RefrainMusic

/// Writes music to standard output while it is made, as 16-bit samples, and says to standard error how
/// far it is. Halfway it becomes calmer.
func stream(_ model: String, seconds: Double) throws {
  let generator = try MusicGenerator(TrainedModel(model))
  let settings = generator.information.settings
  var music = try MusicStream(generator, start: .nothing, seed: 1)
  var output = RawSoundOutput(channels: generator.information.scale.channels)

  let blocks = Int(seconds * settings.frameRate)
  for block in 0..<blocks {
    if block == blocks / 2 {
      generator.temperature = 0.5
      report("after \(block * music.blockSize) samples: temperature \(generator.temperature)")
    }
    try output.write(music.next())
  }
  report("\(blocks * music.blockSize) samples, \(output.clippedSamples) of them clipped")
}

private func report(_ sentence: String) {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
}
