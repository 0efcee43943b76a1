internal import Foundation
internal import Refrain
internal import RefrainRuns

/// Makes music with a model, frame by frame, with the state carried.
public final class MusicGenerator {
  /// What the model says of the music that it learned from.
  public let information: MusicRecord
  /// How far from the likeliest frame the next is drawn: 0 or more; it may change while music is made.
  public var temperature: Float
  private let generator: FrameGenerator
  private var random: RandomStream
  /// Nil where none of the music can be heard.
  private var energyGuard: EnergyGuard?

  init(
    _ network: Network, _ information: MusicRecord, temperature: Float, threads: Int = 1,
    random: RandomStream
  ) {
    self.information = information
    self.temperature = temperature
    generator = FrameGenerator(network, threads: threads)
    self.random = random
    energyGuard = information.range.map {
      EnergyGuard(level: $0.level, information)
    }
  }

  /// Forgets everything and reads the frames of `music`, to go on from them; nil: from nothing.
  ///
  /// - Parameter music: magnitudes, cut as the model's music was.
  public func start(after music: MusicSpectrogram?) {
    generator.reset()
    guard let music, music.frameCount > 0 else {
      let scale = information.scale
      return generator.read(scale.values(of: scale.meanMagnitudes))
    }
    precondition(
      music.settings == information.settings
        && music.channels.count == information.scale.channels, "music is cut as the model's was")
    for frame in 0..<music.frameCount { read(music[frame: frame]) }
  }

  /// Reads a frame of magnitudes, to go on from it. `[channels, D]`
  public func read(_ magnitudes: [Float]) {
    generator.read(information.scale.values(of: magnitudes))
  }

  /// Makes the next frame: magnitudes, one channel after the other. `[channels, D]`
  public func next() -> [Float] {
    let scale = information.scale
    let magnitudes = scale.heldMagnitudes(
      of: generator.draw(temperature: temperature, using: &random))
    generator.read(scale.values(of: energyGuard?.led(magnitudes) ?? magnitudes))
    return magnitudes
  }

  /// Makes `count` frames.
  public func next(_ count: Int) -> MusicSpectrogram {
    var frames: [Float] = []
    frames.reserveCapacity(count * information.scale.size)
    for _ in 0..<count { frames += next() }
    return MusicSpectrogram(
      settings: information.settings, channels: information.scale.channels, frames: frames)
  }
}
