internal import Foundation

/// The levels of all the music that a network learned from, small enough to be kept, to be searched for
/// what a generated sound may have copied.
///
/// A slice is an eighth of a second in 32 bands of pitch: 1 KiB per second, 3.7 MB per hour. A search
/// reads all of it at each of six alignments: for one second of sound at most 44 million differences
/// per hour of music, most of which are spared, as a slice far from the sound is soon left.
public struct TrainingLevels: Sendable {
  /// How the recordings were cut into frames; a sound to be compared is cut alike.
  public let settings: SpectrogramSettings
  /// The names of the recordings, in the order they were added.
  public private(set) var names: [String] = []

  /// Where each recording's slices begin, and where the last one's end.
  private var starts = [0]
  /// Levels in decibels, one recording after the other, four vectors per slice.
  private var levels: [SIMD8<Float>] = []
  /// Per slice: whether the second from there on lies within its recording and can be heard.
  private var canBeFound: [Bool] = []
  /// Per slice, of the second from there on: the sum of its levels, and what they are raised to.
  private var sums: [Float] = []
  private var floors: [Float] = []

  /// No slices yet.
  public init(settings: SpectrogramSettings) {
    self.settings = settings
  }

  /// Adds a recording, given in pieces of any number of whole frames, so that it need not lie in
  /// memory as a whole.
  ///
  /// - Precondition: the pieces were cut with ``settings``.
  public mutating func add(_ pieces: some Sequence<Spectrogram>, named name: String) {
    var recording = BandLevels(settings: settings)
    for piece in pieces {
      precondition(piece.settings == settings, "music is compared between like spectrograms")
      recording.append(piece)
    }
    recording.finish()
    names.append(name)
    levels += recording.slices.flatMap(BandLevels.parts)
    for start in recording.slices.indices {
      let second = recording.audibleSecond(from: start)
      canBeFound.append(second != nil)
      sums.append(second?.sum ?? 0)
      floors.append(second?.floor ?? 0)
    }
    starts.append(canBeFound.count)
  }

  /// A slice of the music, and how far a sound is from it.
  struct Match {
    /// The index of the slice that the matching second begins with.
    let slice: Int
    /// The difference in decibels.
    let distance: Float
  }

  /// The stretch of the music that is nearest to `seconds`, one or more that follow each other, if it
  /// is nearer than `limit`, in decibels.
  ///
  /// The distance is the root mean square of the differences between the levels, in decibels, after
  /// each second and that of the music were made equally loud.
  func nearest(to seconds: [BandLevels.Second], within limit: Float = .infinity) -> Match? {
    let values = Float(BandLevels.rate * SIMD32<Float>.scalarCount)
    let all = values * Float(seconds.count)
    var best: Int?
    var least = limit * limit * all
    for (begin, end) in zip(starts, starts.dropFirst()) {
      for start in begin..<max(begin, end - seconds.count * BandLevels.rate + 1) {
        var sum: Float = 0
        for (index, second) in seconds.enumerated() where sum < least {
          let place = start + index * BandLevels.rate
          sum += canBeFound[place] ? squares(second, place, atMost: least - sum) : .infinity
        }
        if sum < least {
          least = sum
          best = start
        }
      }
    }
    return best.map { Match(slice: $0, distance: (max(0, least) / all).squareRoot()) }
  }

  /// The sum of the squared differences between a second and that of the music from `start` on, made
  /// equally loud; or, once it has passed `limit`, more than that.
  private func squares(
    _ second: BandLevels.Second, _ start: Int, atMost limit: Float
  ) -> Float {
    // Equal loudness takes the mean difference away.
    let difference = second.sum - sums[start]
    let values = Float(BandLevels.rate * SIMD32<Float>.scalarCount)
    let common = difference * difference / values
    var sum: Float = 0
    for slice in 0..<BandLevels.rate {
      var squares = SIMD8<Float>()
      for part in slice * 4..<slice * 4 + 4 {
        let level = BandLevels.raised(levels[start * 4 + part], to: floors[start])
        let difference = second.levels[part] - level
        squares += difference * difference
      }
      sum += squares.sum()
      if sum > limit + common { break }
    }
    return sum - common
  }

  /// Which recording a slice belongs to, and when it is heard there, in seconds.
  func place(of slice: Int) -> (name: String, seconds: Double) {
    let recording = (starts.firstIndex { $0 > slice } ?? 1) - 1
    return (names[recording], Double(slice - starts[recording]) / Double(BandLevels.rate))
  }
}
