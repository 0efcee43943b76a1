internal import Foundation

/// What a generated sound copies from the music a network learned from: for every second the nearest
/// place there, and whether it is a copy.
///
/// A second that is near says little: sounds that are held, and drums, are like others for a second.
/// Copied is what stays near for two seconds while both go on.
public struct CopyReport: Codable, Equatable, Sendable {
  /// A second of the generated sound.
  public struct Row: Codable, Equatable, Sendable {
    /// Which second: 0 is the first.
    public let second: Int
    /// The recording that holds the nearest place.
    public let recording: String
    /// Where the nearest place begins there, in seconds.
    public let time: Double
    /// How far the two are from each other, in decibels; for a copy, with the second before or after.
    public let distance: Double
    /// Whether this second, with the one before or after it, is nearer than ``CopyReport/threshold``
    /// to two seconds of one recording that follow each other as well.
    public let isCopy: Bool
  }

  /// The seconds that can be heard, in order.
  public let rows: [Row]
  /// How many seconds the generated sound has, silent ones included.
  public let seconds: Int

  /// The distance in decibels below which two seconds are a copy.
  ///
  /// Measured on recordings that were changed as a network's copy would be, and on music that is no
  /// copy; `Documentation/Music.md` has the rates.
  public static let threshold = 3.5

  /// Searches `music` for every second of `generated`.
  ///
  /// - Parameters:
  ///   - generated: a sound cut as the music was.
  ///   - music: the levels of the music.
  public init(_ generated: Spectrogram, music: TrainingLevels) {
    precondition(
      generated.settings == music.settings, "music is compared between like spectrograms")
    let alignments = Self.alignments(of: generated)
    let seconds = Int(Double(generated.frameCount) / generated.settings.frameRate + 0.05)
    let pairs = (0..<seconds).map {
      Self.nearest($0..<$0 + 2, alignments, music, within: Float(Self.threshold))
    }
    rows = (0..<seconds).compactMap { second in
      var copies: [TrainingLevels.Match] = []
      if let pair = pairs[second] { copies.append(pair) }
      if second > 0, let pair = pairs[second - 1] {
        let slice = pair.slice + BandLevels.rate
        copies.append(TrainingLevels.Match(slice: slice, distance: pair.distance))
      }
      let copy = copies.min { $0.distance < $1.distance }
      guard let match = copy ?? Self.nearest(second..<second + 1, alignments, music) else {
        return nil
      }
      let place = music.place(of: match.slice)
      return Row(
        second: second, recording: place.name, time: place.seconds,
        distance: Double(match.distance), isCopy: copy != nil)
    }
    self.seconds = seconds
  }

  /// The sound's levels, begun at each of a slice's frames: where the network began, the music's
  /// slices need not begin.
  private static func alignments(of generated: Spectrogram) -> [BandLevels] {
    let bins = generated.settings.bins
    let empty = BandLevels(settings: generated.settings)
    return (0..<max(1, Int(empty.framesPerSlice.rounded(.up)))).map { skipped in
      var levels = empty
      levels.append(
        Spectrogram(
          settings: generated.settings,
          magnitudes: Array(generated.magnitudes.dropFirst(skipped * bins))))
      levels.finish()
      return levels
    }
  }

  /// What is nearest to some seconds of the sound, if all of them can be heard.
  private static func nearest(
    _ seconds: Range<Int>, _ alignments: [BandLevels], _ music: TrainingLevels,
    within limit: Float = .infinity
  ) -> TrainingLevels.Match? {
    alignments.reduce(nil) { best, levels in
      let heard = seconds.compactMap { levels.audibleSecond(from: $0 * BandLevels.rate) }
      guard heard.count == seconds.count else { return best }
      return music.nearest(to: heard, within: best?.distance ?? limit) ?? best
    }
  }
}
