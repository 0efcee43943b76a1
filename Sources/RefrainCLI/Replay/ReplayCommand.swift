internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainMusic

/// `refrain replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Generates a sound again from the settings stored in its file.",
    discussion: """
      A sound file written by “refrain generate” contains its seed, its settings and the hash of its \
      model. With the same model, replay generates the same sound again.

        refrain replay new.flac --output again.wav
      """)

  @Argument(help: ArgumentHelp("A sound file that Refrain has generated.", valueName: "file"))
  var file: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The sound file to write.", valueName: "file"))
  var output: String

  @Option("model", "The model file or run folder, if it is no longer where it was.")
  var model: String?

  @Flag(help: "Prints one JSON object instead of text.")
  var json = false

  func validate() throws {
    if SoundFormat(path: output) == nil {
      throw ValidationError(
        "--output must end in .wav, .aiff, .flac, .ogg, .opus or .mp3, not \(output).")
    }
  }

  func run() throws {
    guard let comment = try SoundFile.comment(file),
      var piece = try? JSONDecoder().decode(MusicPiece.self, from: Data(comment.utf8)),
      piece.isPossible
    else {
      throw Failure(
        "\(file) does not contain how it was made; name a sound file that Refrain has generated.")
    }
    let candidates = try model.map(Self.files) ?? [piece.modelPath]
    guard
      let path = candidates.first(where: {
        (try? FileHash(ofFileAt: $0)).map { String(describing: $0) } == piece.model
      })
    else {
      let place = model ?? piece.modelPath
      throw Failure(
        "\(place) is not the model that made \(file), or has been trained since; name the right model "
          + "with --model.")
    }
    if case .clip(let clip) = piece.start,
      try String(describing: FileHash(ofFileAt: clip)) != piece.clipHash
    {
      throw Failure("\(clip) is no longer the sound that \(file) went on from.")
    }
    piece.modelPath = path.absolutePath
    try MusicFile(piece: piece, output: output, findsCopies: false, asJSON: json)
      .make(with: TrainedModel(path))
  }

  /// The models that a run folder holds, or the file itself.
  private static func files(_ path: String) throws -> [String] {
    let folder = RunFolder(path)
    let both = [folder.best, folder.last].filter { FileManager.default.fileExists(atPath: $0) }
    return both.isEmpty ? [try RunFolder.model(at: path)] : both
  }
}
