internal import Foundation

/// A spectrogram reduced or stretched to pixels, in decibels.
struct SpectrogramRaster {
  /// The softest level that is told from silence, in decibels below the reference.
  private let range: Float
  /// Levels in decibels, between `-range` and 0. `[columns, D]`
  private let levels: [Float]
  /// Frames, or groups of frames where these are more than the pixels.
  private let columns: Int
  private let settings: SpectrogramSettings

  /// Prepares `spectrogram` for a picture `width` pixels wide.
  ///
  /// Where there are more frames than pixels, the loudest of a pixel's frames counts, so that no
  /// short sound vanishes.
  ///
  /// - Parameters:
  ///   - reference: the magnitude of 0 decibels; what is louder counts as that.
  ///   - range: decibels below the reference that are shown, above 0.
  init(_ spectrogram: Spectrogram, width: Int, reference: Float, range: Float) {
    self.range = range
    settings = spectrogram.settings
    let bins = settings.bins
    let frames = spectrogram.frameCount
    columns = min(frames, width)
    var loudest = [Float](repeating: 0, count: columns * bins)
    for frame in 0..<frames {
      let column = frame * columns / frames
      for bin in 0..<bins {
        // A comparison with what is not a number is false.
        let value = spectrogram.magnitudes[frame * bins + bin]
        if value > loudest[column * bins + bin] { loudest[column * bins + bin] = value }
      }
    }
    levels = loudest.map { max(-range, min(0, 20 * log10($0 / reference))) }
  }

  /// How loud the pixels of a column are, from the bottom to the top: 0 for the softest shown, 1 for
  /// the loudest, and nothing where the axis is beyond what the spectrogram holds.
  ///
  /// - Parameter position: where the column's middle lies, from 0 at the beginning to 1 at the end.
  func column(at position: Double, height: Int, axis: FrequencyAxis) -> [Float?] {
    guard columns > 0 else { return Array(repeating: nil, count: height) }
    let place = max(0, min(Double(columns - 1), position * Double(columns) - 0.5))
    let binsPerHertz = Double(settings.fftSize) / Double(settings.sampleRate)
    func bin(at row: Double) -> Double { axis.hertz(at: row / Double(height)) * binsPerHertz }
    return (0..<height).map { row in
      let middle = bin(at: Double(row) + 0.5)
      guard middle <= Double(settings.bins - 1) else { return nil }
      let within = bin(at: Double(row))..<bin(at: Double(row + 1))
      return 1 + level(at: place, bin: middle, within: within) / range
    }
  }

  /// Between bins and frames by interpolation; the loudest of the bins that lie within the pixel.
  private func level(at place: Double, bin: Double, within: Range<Double>) -> Float {
    let column = Int(place)
    let next = min(column + 1, columns - 1)
    let share = Float(place - Double(column))
    func level(_ bin: Int) -> Float {
      let (here, there) = (column * settings.bins + bin, next * settings.bins + bin)
      return levels[here] + share * (levels[there] - levels[here])
    }
    let lower = min(Int(bin), settings.bins - 1)
    let upper = min(lower + 1, settings.bins - 1)
    let between = Float(bin - Double(lower))
    var loudest = level(lower) + between * (level(upper) - level(lower))
    let first = Int(within.lowerBound.rounded(.up))
    let last = min(Int(within.upperBound), settings.bins - 1)
    if first <= last { for bin in first...last { loudest = max(loudest, level(bin)) } }
    return loudest
  }
}
