internal import Foundation

/// What a generated sound copies from the music a network learned from: for every second the nearest
/// moment there.
public struct CopyReport: Codable, Equatable, Sendable {
  /// A second of the generated sound.
  public struct Row: Codable, Equatable, Sendable {
    /// Which second: 0 is the first.
    public let second: Int
    /// The recording that holds the nearest moment.
    public let recording: String
    /// Where the nearest moment begins there, in seconds.
    public let time: Double
    /// How far the two are from each other, in decibels.
    public let distance: Double
    /// Whether ``distance`` is below ``CopyReport/threshold``.
    public let isCopy: Bool
  }

  /// The seconds that can be heard, in order.
  public let rows: [Row]
  /// How many seconds the generated sound has, silent ones included.
  public let seconds: Int
  /// The difference in decibels below which a second counts as copied.
  public let threshold: Double

  /// Searches `moments` for every second of `generated`.
  ///
  /// - Parameters:
  ///   - generated: a sound cut as the music was.
  ///   - moments: the music.
  ///   - threshold: the difference in decibels below which a second counts as copied; without one,
  ///     the music's own ``TrainingMoments/copyThreshold``.
  public init(_ generated: Spectrogram, moments: TrainingMoments, threshold: Double? = nil) {
    precondition(
      generated.settings == moments.settings, "moments are compared between like spectrograms")
    let threshold = threshold ?? moments.copyThreshold
    let alignments = Self.alignments(of: generated)
    let seconds = Int(Double(generated.frameCount) / generated.settings.frameRate + 0.05)
    rows = (0..<seconds).compactMap { second in
      guard let match = Self.nearest(second, alignments, moments) else { return nil }
      let place = moments.place(of: match.moment)
      let distance = Double(match.distance)
      return Row(
        second: second, recording: place.name, time: place.seconds, distance: distance,
        isCopy: distance < threshold)
    }
    self.seconds = seconds
    self.threshold = threshold
  }

  /// The sound's levels, begun at each of a moment's frames: where the network began, the music's
  /// moments need not begin.
  private static func alignments(of generated: Spectrogram) -> [MomentLevels] {
    let bins = generated.settings.bins
    let empty = MomentLevels(settings: generated.settings)
    return (0..<max(1, Int(empty.framesPerMoment.rounded(.up)))).map { skipped in
      var levels = empty
      levels.append(
        Spectrogram(
          settings: generated.settings,
          magnitudes: Array(generated.magnitudes.dropFirst(skipped * bins))))
      levels.finish()
      return levels
    }
  }

  private static func nearest(
    _ second: Int, _ alignments: [MomentLevels], _ moments: TrainingMoments
  ) -> TrainingMoments.Match? {
    let start = second * MomentLevels.rate
    return alignments.compactMap { levels -> TrainingMoments.Match? in
      levels.audibleSecond(from: start).flatMap { moments.nearest(to: $0) }
    }.min { $0.distance < $1.distance }
  }
}
