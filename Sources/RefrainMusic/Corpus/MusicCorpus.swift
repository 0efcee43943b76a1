internal import Foundation
public import Refrain
public import RefrainRuns

/// The frames of some recordings, as a network reads them.
public struct MusicCorpus: Sendable {
  /// One recording's place in the corpus.
  public struct Place: Codable, Equatable, Sendable {
    /// The sound file, from the root.
    public let path: String
    /// The number of its first frame.
    public let first: Int
    /// The number of its frames.
    public let count: Int
    /// The hash of the file, by which it is recognised.
    public let hash: String

    /// The numbers of its frames.
    public var frames: Range<Int> { first..<first + count }
  }

  /// The frames, recording by recording.
  public let frames: FrameCorpus
  /// How frames were made of sound.
  public let settings: SpectrogramSettings
  /// How a network's values were made of frames.
  public let scale: FrameScale
  /// Where each recording's frames are.
  public let places: [Place]
  /// What was read and what was not.
  public let report: SoundInputReport

  /// The numbers of the frames to learn from, and of those at the end to validate on.
  public func split(
    validationFraction: Double
  ) -> (training: CorpusSlice, validation: CorpusSlice?) {
    frames.split(validationFraction: validationFraction)
  }

  /// The spectrogram of some frames.
  public func spectrogram(_ range: Range<Int>) -> MusicSpectrogram {
    MusicSpectrogram(
      settings: settings, channels: scale.channels,
      frames: range.flatMap { scale.magnitudes(of: frames.table[$0]) })
  }

  /// Reads sound files and folders of them.
  ///
  /// - Parameters:
  ///   - listing: the sound files.
  ///   - settings: how sound is cut into frames.
  ///   - scale: how values are made of frames; nil: by what the frames of the training part are.
  ///   - kind: with no scale, of which kind it is to be.
  ///   - layout: with no scale, whether the music is heard in one channel or in two.
  ///   - validationFraction: the share of the frames, at the end, that the scale is not made of.
  /// - Throws: ``SoundError`` if there is no sound.
  public init(
    _ listing: InputListing, settings: SpectrogramSettings = SpectrogramSettings(),
    scale: FrameScale? = nil, kind: FrameScale.Kind = .logarithmic,
    layout: ChannelLayout = .mono, validationFraction: Double = 0
  ) throws {
    let channels = scale?.channels ?? layout.count
    let table = FrameTable(size: channels * settings.bins)
    let statistics = FrameStatistics(
      kind: scale?.kind ?? kind, channels: channels,
      floor: scale?.floor ?? FrameScale.floor(window: settings.window))
    var places: [Place] = []
    report = try listing.readRecordings(
      sampleRate: settings.sampleRate, layout: channels == 1 ? .mono : .stereo
    ) { recording, found in
      table.beginRecording()
      let first = table.count
      recording.eachFrame(settings) { table.append(statistics.unscaled($0)) }
      let file = try InputFile(found.path)
      places.append(
        Place(path: file.path, first: first, count: table.count - first, hash: file.hash))
    }
    self.settings = settings
    self.places = places
    let trained = table.count - Int((Double(table.count) * validationFraction).rounded())
    self.scale = scale ?? statistics.scale(of: table, frames: 0..<max(trained, 1))
    if self.scale.kind == .logarithmic { self.scale.normalise(table) }
    frames = FrameCorpus(table)
  }
}
