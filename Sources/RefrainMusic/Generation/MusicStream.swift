internal import Refrain

/// Music as it is made: samples without end, whose temperature and place can be changed while it plays.
public struct MusicStream: ~Copyable {
  /// The generator, whose temperature may be changed at any time.
  public let generator: MusicGenerator
  private var phase: StreamingPhase
  private var energyGuard: EnergyGuard?
  /// Samples of one block, of each channel: a hop.
  public let blockSize: Int

  /// A stream that begins with `start`.
  ///
  /// - Throws: what ``MusicStart/music(_:)`` throws.
  public init(_ generator: MusicGenerator, start: MusicStart, seed: UInt64) throws {
    self.generator = generator
    let information = generator.information
    phase = StreamingPhase(
      information.settings, channels: information.scale.channels, seed: seed)
    energyGuard = information.range.map { EnergyGuard(level: $0.level, information) }
    blockSize = information.settings.hop
    generator.start(after: try start.music(information))
  }

  /// The next ``blockSize`` samples of each channel; the first blocks fade in. `[channels][hop]`
  public mutating func next() -> [[Float]] {
    let frame = generator.next()
    let samples = phase.append(energyGuard?.heard(frame) ?? frame)
    return stride(from: 0, to: samples.count, by: blockSize).map {
      Array(samples[$0..<$0 + blockSize])
    }
  }

  /// Goes on from another place, without a break in the sound.
  ///
  /// - Throws: what ``MusicStart/music(_:)`` throws; then the music goes on as before.
  public func go(to start: MusicStart) throws {
    generator.start(after: try start.music(generator.information))
  }
}
