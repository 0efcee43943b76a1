internal import Foundation
public import Refrain
internal import RefrainRuns

/// What generated music goes on from.
public enum MusicStart: Codable, Equatable, Sendable {
  /// Nothing.
  case nothing
  /// The training music up to this many seconds from its beginning, its recordings one after the other.
  case position(seconds: Double)
  /// A sound file.
  case clip(path: String)

  /// Seconds that are listened to at most.
  public static let listens = 10.0

  /// The last seconds before the start, as the model's music was cut; nil for nothing.
  ///
  /// - Throws: ``SoundError`` if the sound cannot be read, ``MusicStartError`` if there is no such place.
  public func music(_ information: MusicRecord) throws -> MusicSpectrogram? {
    let settings = information.settings
    let layout = information.layout
    switch self {
    case .nothing: return nil
    case .clip(let path):
      let (recording, report) = try Recording.read(
        path, sampleRate: settings.sampleRate, layout: layout)
      if report.isSilent { throw MusicStartError.silent(path: path) }
      let count = Int(Self.listens * Double(settings.sampleRate))
      let end = Recording(
        sampleRate: settings.sampleRate,
        channels: recording.channels.map { Array($0.suffix(count)) })
      return ShortTimeFourierTransform(settings).spectrogram(of: end)
    case .position(let seconds):
      guard seconds >= 0,
        let frame = Int(exactly: (seconds * settings.frameRate).rounded()),
        let place = information.places.last(where: { $0.first <= frame }),
        frame < place.frames.upperBound
      else { throw MusicStartError.beyond(seconds: seconds, of: information.seconds) }
      guard try String(describing: FileHash(ofFileAt: place.path)) == place.hash else {
        throw InputFileError.changed(path: place.path)
      }
      let end = Double(frame - place.first + 1) / settings.frameRate
      let recording = try Recording.read(
        place.path, seconds: max(0, end - Self.listens)..<end, sampleRate: settings.sampleRate,
        layout: layout)
      return ShortTimeFourierTransform(settings).spectrogram(of: recording)
    }
  }
}

/// Why music cannot start there.
public enum MusicStartError: SentenceError, Equatable {
  /// The training music is shorter.
  case beyond(seconds: Double, of: Double)
  /// The clip is silent.
  case silent(path: String)

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .beyond(let seconds, let all):
      return "The training music has \(Int(all)) seconds, so nothing can start at \(seconds); give "
        + "\(.from) a number from 0 to \(Int(all))."
    case .silent(let path):
      return
        "\(path) is silent, so there is nothing to go on from; give \(.promptAudio) a sound that "
        + "can be heard."
    }
  }
}
