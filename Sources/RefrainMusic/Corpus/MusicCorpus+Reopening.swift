public import RefrainRuns

extension MusicCorpus {
  /// The recordings of a run, read again.
  ///
  /// - Parameters:
  ///   - record: what the run's model file tells of the recordings.
  ///   - moved: folders or files of the music and where they are now.
  /// - Throws: ``SoundError`` if one cannot be read, `InputFileError` if it is no longer there, or another one.
  public init(reopening record: MusicRecord, moved: MovedPaths = MovedPaths()) throws {
    let paths = try record.places.map {
      try InputFile(path: $0.path, hash: $0.hash).find(moved)
    }
    try self.init(
      InputListing(sounds: paths), settings: record.settings, scale: record.scale)
    guard places.map(\.frames) == record.places.map(\.frames) else {
      throw InputFileError.changed(path: paths.first ?? "")
    }
  }

  /// Seconds of a piece: the spectrogram of a whole recording may be larger than memory.
  private static let piece = 60.0

  /// A recording's spectrogram in pieces of whole stretches, both channels as one.
  private func pieces(of place: Place) -> some Sequence<Spectrogram> {
    let length = Int(Self.piece * settings.frameRate)
    return stride(from: place.first, to: place.frames.upperBound, by: length).lazy.map { first in
      self.spectrogram(first..<min(first + length, place.frames.upperBound)).mixed
    }
  }

  /// What is usual in this music; nil where none of it can be heard.
  var listeningRange: ListeningRange? {
    ListeningRange(
      stretches: places.flatMap { place in
        pieces(of: place).flatMap { ListeningCurves($0).stretches() }
      })
  }

  /// The levels of this music, to be searched for what was copied.
  public var levels: TrainingLevels {
    var levels = TrainingLevels(settings: settings)
    for place in places { levels.add(pieces(of: place), named: place.path) }
    return levels
  }
}
