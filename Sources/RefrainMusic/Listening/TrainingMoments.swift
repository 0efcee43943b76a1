internal import Foundation

/// Every moment of the music that a network learned from, small enough to be kept, to be searched for
/// what a generated sound may have copied.
///
/// A moment is an eighth of a second in 32 bands of pitch: 1 KiB per second, 3.7 MB per hour. A search
/// reads all of it: the work for one second of sound is 7.4 million differences per hour of music and
/// alignment, of which there are four.
public struct TrainingMoments: Sendable {
  /// How the recordings were cut into frames; a sound to be compared is cut alike.
  public let settings: SpectrogramSettings
  /// The names of the recordings, in the order they were added.
  public private(set) var names: [String] = []

  /// Where each recording's moments begin, and where the last one's end.
  private(set) var starts = [0]
  /// Levels in decibels, one recording after the other.
  private(set) var moments: [SIMD32<Float>] = []
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
    var levels = MomentLevels(settings: settings)
    for piece in pieces {
      precondition(piece.settings == settings, "moments are compared between like spectrograms")
      levels.append(piece)
    }
    levels.finish()
    names.append(name)
    moments += levels.moments
    for start in levels.moments.indices {
      let second = levels.audibleSecond(from: start)
      canBeFound.append(second != nil)
      sums.append(second?.reduce(0) { $0 + $1.sum() } ?? 0)
    }
    starts.append(moments.count)
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
  func nearest(to second: ArraySlice<SIMD32<Float>>, except excluded: Range<Int> = 0..<0) -> Match? {
    let values = Float(MomentLevels.rate * SIMD32<Float>.scalarCount)
    let sum = second.reduce(0) { $0 + $1.sum() }
    var best: Match?
    var least = Float.infinity
    for start in moments.indices where canBeFound[start] && !excluded.contains(start) {
      var squares = SIMD32<Float>()
      for (offset, index) in second.indices.enumerated() {
        let difference = second[index] - moments[start + offset]
        squares += difference * difference
      }
      // Equal loudness takes the mean difference away.
      let mean = (sum - sums[start]) / values
      let square = squares.sum() / values - mean * mean
      if square < least {
        least = square
        best = Match(moment: start, distance: max(0, square).squareRoot())
      }
    }
    return best
  }

  /// Which recording a moment belongs to, and when it is heard there, in seconds.
  func place(of moment: Int) -> (name: String, seconds: Double) {
    let recording = (starts.firstIndex { $0 > moment } ?? 1) - 1
    return (names[recording], Double(moment - starts[recording]) / Double(MomentLevels.rate))
  }

  /// The difference in decibels below which a second counts as copied: half of the usual difference
  /// between a second of this music and the one most like it elsewhere (another recording, or five
  /// seconds away), within 1.5 and 4 decibels.
  ///
  /// The usual difference is the median over up to 200 seconds, evenly chosen. Below 1.5 decibels lie
  /// copies that are only shifted by a part of a moment.
  public var copyThreshold: Double {
    let found = moments.indices.filter { canBeFound[$0] }
    let distances = stride(from: 0, to: found.count, by: max(1, found.count / 200)).compactMap {
      let start = found[$0]
      let second = moments[start..<start + MomentLevels.rate]
      let recording = (starts.firstIndex { $0 > start } ?? 1) - 1
      let near = 5 * MomentLevels.rate
      let excluded = max(starts[recording], start - near)..<min(starts[recording + 1], start + near)
      return nearest(to: second, except: excluded)?.distance
    }
    guard !distances.isEmpty else { return 1.5 }
    return min(4, max(1.5, Double(distances.sorted()[distances.count / 2]) / 2))
  }
}
