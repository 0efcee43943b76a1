internal import Foundation
public import Refrain

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
  /// - Throws: ``FileError`` if the file cannot be read.
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
    /// Mono, held to ±1.
    public let samples: [Float]
    /// What was made, without the start.
    public let made: Spectrogram
    /// What everything was multiplied by so that it fits; 1 where it did.
    public let gain: Float
  }

  /// Makes the sound.
  ///
  /// - Parameters:
  ///   - file: the model that ``model`` is the hash of.
  ///   - progress: called after every frame with the share that is done, in 0…1.
  /// - Throws: ``MusicTrainingError``, ``ModelFileError``, ``MusicStartError``, ``SoundError``.
  public func sound(
    _ file: ModelFile, progress: (Double) throws -> Void = { _ in }
  ) throws -> Sound {
    let generator = try MusicGenerator(
      file, path: modelPath, seed: seed, temperature: temperature)
    let information = generator.information
    let music = try start.music(information)
    generator.start(after: music)
    let settings = information.settings
    let wanted = Int((seconds * Double(settings.sampleRate)).rounded())
    let frames = max(1, Int((Double(wanted) / Double(settings.hop)).rounded()))
    let spare = isLoop ? Int(SeamlessLoop.choice * settings.frameRate) : 1
    var magnitudes: [Float] = []
    for index in 0..<frames + spare {
      magnitudes += generator.next()
      try progress(Double(index + 1) / Double(frames + spare))
    }
    var made = Spectrogram(settings: settings, magnitudes: magnitudes)
    if let level = information.range?.level { made = made.levelled(to: level) }
    if isLoop {
      let loop = SeamlessLoop(made, count: frames).spectrogram
      let circle = PhaseReconstruction.standard.sound(
        from: loop, count: frames * settings.hop, isCircular: true, seed: seed)
      return Self.fitted(stretchCircle(circle, to: wanted), loop)
    }
    var whole = made
    var lead = 0
    if includesStart, let music {
      whole.magnitudes = music.magnitudes + whole.magnitudes
      lead = music.frameCount * settings.hop
    }
    let samples = PhaseReconstruction.standard.sound(
      from: whole, count: lead + wanted, seed: seed)
    return Self.fitted(samples, made)
  }

  /// No sample may exceed 1: a louder sound becomes softer as a whole.
  private static func fitted(_ samples: [Float], _ made: Spectrogram) -> Sound {
    let peak = samples.reduce(Float(0)) { max($0, abs($1)) }
    let gain = peak > 0.99 ? 0.99 / peak : 1
    return Sound(
      sampleRate: made.settings.sampleRate,
      samples: gain < 1 ? samples.map { $0 * gain } : samples, made: made, gain: gain)
  }
}
