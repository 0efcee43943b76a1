/// A loop out of music that goes on: its end leads into its beginning.
package struct SeamlessLoop {
  /// The frames, read again and again from the first to the last.
  package let spectrogram: MusicSpectrogram

  /// Seconds of music that are made to choose from, besides the loop's.
  static let choice = 8.0
  /// Seconds in which the end becomes what came before the beginning.
  private static let blend = 0.5
  /// Frames on either side that are compared.
  private static let compared = 4

  /// Cuts `count` frames out of `music`, where frames that lie as far apart are most alike.
  package init(_ music: MusicSpectrogram, count: Int) {
    precondition(music.frameCount >= count, "a loop is a part of the music")
    let spare = music.frameCount - count
    // What comes before the beginning is blended in at the end, so there has to be some.
    let blend = min(Int(Self.blend * music.settings.frameRate), count / 2, spare)
    let mixed = music.mixed
    let distances = (blend...spare).map { Self.distance(mixed, $0, $0 + count) }
    let begin = blend + (distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    spectrogram = music.mapChannels { Self.cut($0, begin..<begin + count, blend: blend) }
  }

  /// The frames `range`, the last of which become those in front of the first.
  private static func cut(_ music: Spectrogram, _ range: Range<Int>, blend: Int) -> Spectrogram {
    let bins = music.settings.bins
    var magnitudes = Array(
      music.magnitudes[range.lowerBound * bins..<range.upperBound * bins])
    for step in 0..<blend {
      let share = Float(step + 1) / Float(blend)
      let frame = range.count - blend + step
      let before = range.lowerBound - blend + step
      for bin in 0..<bins {
        magnitudes[frame * bins + bin] =
          (1 - share) * magnitudes[frame * bins + bin]
          + share * music.magnitudes[before * bins + bin]
      }
    }
    return Spectrogram(settings: music.settings, magnitudes: magnitudes)
  }

  /// How different the frames around two places are.
  private static func distance(_ music: Spectrogram, _ a: Int, _ b: Int) -> Float {
    let bins = music.settings.bins
    var sum: Float = 0
    for offset in -compared..<compared {
      let (x, y) = (a + offset, b + offset)
      if x < 0 || y < 0 || x >= music.frameCount || y >= music.frameCount { continue }
      for bin in 0..<bins {
        let difference =
          music.magnitudes[x * bins + bin].squareRoot()
          - music.magnitudes[y * bins + bin].squareRoot()
        sum += difference * difference
      }
    }
    return sum
  }
}
