internal import Foundation
internal import Refrain
public import RefrainRuns

/// The lecture's second half: a piece of music, a network that learns it, and what that makes of it.
public struct MusicDemo {
  /// The folder that everything is in.
  public let folder: String

  /// The sound that is learned.
  public var original: String { folder + "/original.flac" }
  /// Its picture.
  public var originalPicture: String { folder + "/original.png" }
  /// The sound that the network makes.
  public var generated: String { folder + "/generated.flac" }
  /// Its picture.
  public var generatedPicture: String { folder + "/generated.png" }
  /// The training's folder.
  public var run: String { folder + "/music-run" }

  /// Writes the piece and its picture into `folder`, which is there.
  ///
  /// - Throws: ``SoundError``, ``/RefrainFiles/FileError``.
  public init(folder: String) throws {
    self.folder = folder
    let recording = DemoPiece().recording
    _ = try recording.write(
      to: original, tags: SoundTags(title: "A piece that Refrain plays itself"))
    let spectrogram = ShortTimeFourierTransform(SpectrogramSettings())
      .spectrogram(of: Array(recording.channels[0].prefix(20 * recording.sampleRate)))
    try SpectrogramPicture(spectrogram, title: "The piece: its first 20 seconds")
      .write(to: originalPicture)
  }

  /// A training on the piece for about `seconds`.
  ///
  /// - Throws: what ``MusicRun`` throws.
  public func training(seconds: Double, threads: Int = 0) throws -> MusicRun {
    var request = MusicTrainingRequest(inputs: [original])
    request.limits = TrainingLimits(minutes: seconds / 60)
    request.model?.hidden = 192
    request.configuration.evaluateEvery = 100
    request.threads = threads
    return try MusicRun(request, to: run)
  }

  /// Lets the network go on from a place in the piece, and writes what it makes and its picture.
  ///
  /// - Throws: what ``MusicPiece`` and writing throw.
  public func generate(seconds: Double = 20) throws -> MusicPiece.Sound {
    let model = try TrainedModel(run)
    var piece = try MusicPiece(modelPath: URL(filePath: model.path).path)
    piece.start = .position(seconds: 12)
    piece.seconds = seconds
    let sound = try piece.sound(model)
    _ = try sound.recording.write(
      to: generated,
      tags: SoundTags(title: "What the network made of it", comment: try SoundTags.json(piece)))
    try SpectrogramPicture(sound.made, title: "What the network made of it")
      .write(to: generatedPicture)
    return sound
  }
}
