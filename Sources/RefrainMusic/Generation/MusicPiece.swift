internal import Foundation
internal import Refrain
public import RefrainRuns

/// Everything that decides a generated sound: with the same model, the same sound.
public struct MusicPiece: Codable, Equatable, Sendable {
  /// The hash of the model file.
  public var model: String
  /// Where the model file was.
  public var modelPath: String
  /// What it goes on from.
  public var start = MusicStart.nothing
  /// The hash of the sound file that it goes on from, if it is one.
  public var clipHash: String?
  /// Whether that sound is at the beginning of the result.
  public var includesStart = false
  /// Seconds that are made.
  public var seconds = 30.0
  /// Whether the end leads into the beginning.
  public var isLoop = false
  /// How far from the likeliest frame.
  public var temperature: Float = 1
  /// The seed of every random number.
  public var seed: UInt64 = 1
  /// The version of Refrain.
  public var version = RefrainVersion.version

  /// The piece that a model file makes by itself.
  ///
  /// - Throws: ``/RefrainFiles/FileError`` if the file cannot be read.
  public init(modelPath: String) throws {
    self.modelPath = modelPath
    model = String(describing: try FileHash(ofFileAt: modelPath))
  }

  /// Whether such a piece can be made: what a file says can be anything.
  public var isPossible: Bool {
    (0...3600).contains(seconds) && seconds > 0 && temperature >= 0 && temperature.isFinite
  }

  /// The samples of the piece, and the spectrogram that they were made from.
  public struct Sound: Sendable {
    /// Samples per second.
    public let sampleRate: Int
    /// One channel or two, held to ±1. `[channels][samples]`
    public let channels: [[Float]]
    /// What was made, without the start, both channels as one.
    public let made: Spectrogram
    /// What everything was multiplied by so that it fits; 1 where it did.
    public let gain: Float

    /// The sound, to be written.
    public var recording: Recording { Recording(sampleRate: sampleRate, channels: channels) }
  }

  /// Makes the sound.
  ///
  /// - Parameters:
  ///   - trained: the model that ``model`` is the hash of.
  ///   - progress: called after every frame with the share that is done, in 0…1.
  /// - Throws: ``MusicTrainingError``, ``/Refrain/ModelFileError``, ``MusicStartError``, ``SoundError``.
  public func sound(
    _ trained: TrainedModel, progress: (Double) throws -> Void = { _ in }
  ) throws -> Sound {
    let generator = try MusicGenerator(
      trained, seed: seed, temperature: temperature)
    let information = generator.information
    let music = try start.music(information)
    generator.start(after: music)
    let settings = information.settings
    let wanted = Int((seconds * Double(settings.sampleRate)).rounded())
    let frames = max(1, Int((Double(wanted) / Double(settings.hop)).rounded()))
    let spare = isLoop ? Int(SeamlessLoop.choice * settings.frameRate) : 1
    var made: [Float] = []
    for index in 0..<frames + spare {
      made += generator.next()
      try progress(Double(index + 1) / Double(frames + spare))
    }
    let new = information.levelled(
      MusicSpectrogram(settings: settings, channels: information.scale.channels, frames: made))
    if isLoop {
      let loop = SeamlessLoop(new, count: frames).spectrogram
      let circle = PhaseReconstruction.standard.sound(
        from: loop, count: frames * settings.hop, isCircular: true, seed: seed)
      return Self.fitted(circle.map { stretchCircle($0, to: wanted) }, loop)
    }
    let lead = includesStart ? music : nil
    let samples = PhaseReconstruction.standard.sound(
      from: lead?.followed(by: new) ?? new,
      count: (lead?.frameCount ?? 0) * settings.hop + wanted, seed: seed)
    return Self.fitted(samples, new)
  }

  /// No sample may exceed 1: a louder sound becomes softer as a whole.
  private static func fitted(_ channels: [[Float]], _ made: MusicSpectrogram) -> Sound {
    let peak = channels.joined().reduce(Float(0)) { max($0, abs($1)) }
    let gain = peak > 0.99 ? 0.99 / peak : 1
    return Sound(
      sampleRate: made.settings.sampleRate,
      channels: gain < 1 ? channels.map { $0.map { $0 * gain } } : channels, made: made.mixed,
      gain: gain)
  }
}

extension MusicRecord {
  /// Music brought to the level of the music that was learned, where that can be heard.
  fileprivate func levelled(_ music: MusicSpectrogram) -> MusicSpectrogram {
    range.map { music.levelled(to: $0.level) } ?? music
  }
}
