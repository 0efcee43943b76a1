extension MusicCorpus {
  /// The recordings of a run, read again.
  ///
  /// - Parameter moved: folders or files of the music and where they are now.
  /// - Throws: ``SoundError`` if one cannot be read, ``MusicTrainingError`` if it is no longer there, or
  ///   another one.
  public init(reopening information: MusicRunInformation, moved: [String: String] = [:]) throws {
    let paths = information.places.map { Self.place(of: $0.path, moved) }
    try self.init(
      Self.listing(paths), settings: information.settings, scale: information.scale)
    guard places.count == information.places.count else {
      throw MusicTrainingError.changed(path: paths.first ?? "")
    }
    for (now, before) in zip(places, information.places)
    where now.hash != before.hash || now.frames != before.frames {
      throw MusicTrainingError.changed(path: now.path)
    }
  }

  private static func listing(_ paths: [String]) throws -> SoundListing {
    do { return try SoundListing(paths) } catch SoundError.noSuchFile(let path) {
      throw MusicTrainingError.vanished(path: path)
    }
  }

  private static func place(of path: String, _ moved: [String: String]) -> String {
    for (old, new) in moved where path == old || path.hasPrefix(old + "/") {
      return new + path.dropFirst(old.count)
    }
    return path
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

  /// Every moment of this music, to be searched for what was copied.
  public var moments: TrainingMoments {
    var moments = TrainingMoments(settings: settings)
    for place in places { moments.add(pieces(of: place), named: place.path) }
    return moments
  }
}
