internal import Foundation

/// Every moment of the music that a network learned from, small enough to be kept, to be searched for
/// what a generated sound may have copied.
///
/// A moment is an eighth of a second in 32 bands of pitch: 1 KiB per second, 3.7 MB per hour. A search
/// reads all of it at each of six alignments: for one second of sound at most 44 million differences
/// per hour of music, most of which are spared, as a moment far from the sound is soon left.
public struct TrainingMoments: Sendable {
  /// How the recordings were cut into frames; a sound to be compared is cut alike.
  public let settings: SpectrogramSettings
  /// The names of the recordings, in the order they were added.
  public private(set) var names: [String] = []

  /// Where each recording's moments begin, and where the last one's end.
  private(set) var starts = [0]
  /// Levels in decibels, one recording after the other, four vectors per moment.
  private var levels: [SIMD8<Float>] = []
  /// Per moment: whether the second from there on lies within its recording and can be heard.
  private(set) var canBeFound: [Bool] = []
  /// Per moment: the sum of the levels of the second from there on, over all bands.
  private(set) var sums: [Float] = []

  /// No moments yet.
  public init(settings: SpectrogramSettings) {
    self.settings = settings
  }

  /// Adds a recording, given in pieces of any number of whole frames, so that it need not lie in
  /// memory as a whole.
  ///
  /// - Precondition: the pieces were cut with ``settings``.
  public mutating func add(_ pieces: some Sequence<Spectrogram>, named name: String) {
    var recording = MomentLevels(settings: settings)
    for piece in pieces {
      precondition(piece.settings == settings, "moments are compared between like spectrograms")
      recording.append(piece)
    }
    recording.finish()
    names.append(name)
    levels += recording.moments.flatMap(MomentLevels.parts)
    for start in recording.moments.indices {
      let second = recording.audibleSecond(from: start)
      canBeFound.append(second != nil)
      sums.append(second?.sum ?? 0)
    }
    starts.append(canBeFound.count)
  }

  /// A moment of the music, and how far a sound is from it.
  struct Match {
    /// The index of the moment that the matching second begins with.
    let moment: Int
    /// The difference in decibels.
    let distance: Float
  }

  /// The second of the music that is nearest to `second`, or nothing where there is no music.
  ///
  /// The distance is the root mean square of the differences between the levels, in decibels, after
  /// both seconds were made equally loud.
  ///
  /// - Parameter excluded: moments that are not looked at.
  func nearest(to second: MomentLevels.Second, except excluded: Range<Int> = 0..<0) -> Match? {
    let values = Float(MomentLevels.rate * SIMD32<Float>.scalarCount)
    var best: Match?
    var least = Float.infinity
    for start in canBeFound.indices where canBeFound[start] && !excluded.contains(start) {
      // Equal loudness takes the mean difference away.
      let difference = second.sum - sums[start]
      let common = difference * difference / values
      let square = squares(between: second.levels, and: start, atMost: least + common) - common
      if square < least {
        least = square
        best = Match(moment: start, distance: (max(0, square) / values).squareRoot())
      }
    }
    return best
  }

  /// The sum of the squared differences, or, once it has passed `limit`, a part of it.
  private func squares(
    between second: [SIMD8<Float>], and start: Int, atMost limit: Float
  ) -> Float {
    var sum: Float = 0
    for moment in 0..<MomentLevels.rate {
      var squares = SIMD8<Float>()
      for part in moment * 4..<moment * 4 + 4 {
        let difference = second[part] - levels[start * 4 + part]
        squares += difference * difference
      }
      sum += squares.sum()
      if sum > limit { break }
    }
    return sum
  }

  /// Which recording a moment belongs to, and when it is heard there, in seconds.
  func place(of moment: Int) -> (name: String, seconds: Double) {
    let recording = (starts.firstIndex { $0 > moment } ?? 1) - 1
    return (names[recording], Double(moment - starts[recording]) / Double(MomentLevels.rate))
  }

  /// The difference in decibels below which a second counts as copied: half of the usual difference
  /// between a second of this music and the one most like it elsewhere (another recording, or five
  /// seconds away), within 3 and 4 decibels.
  ///
  /// The usual difference is the median over up to 200 seconds, evenly chosen. Copies of recordings,
  /// begun between two frames and made louder, were up to 2.8 decibels away; music that has nothing in
  /// common 5 or more, and white noise 3.2 from the most noise-like music.
  public var copyThreshold: Double {
    let found = canBeFound.indices.filter { canBeFound[$0] }
    let distances = stride(from: 0, to: found.count, by: found.count / 200 + 1).compactMap {
      let start = found[$0]
      let recording = (starts.firstIndex { $0 > start } ?? 1) - 1
      let near = 5 * MomentLevels.rate
      let excluded = max(starts[recording], start - near)..<min(starts[recording + 1], start + near)
      return nearest(to: second(from: start), except: excluded)?.distance
    }
    guard !distances.isEmpty else { return 3 }
    return min(4, max(3, Double(distances.sorted()[distances.count / 2]) / 2))
  }

  private func second(from start: Int) -> MomentLevels.Second {
    MomentLevels.Second(levels: Array(levels[start * 4..<(start + MomentLevels.rate) * 4]))
  }
}
