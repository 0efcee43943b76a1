internal import Foundation
public import Refrain

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
  public func spectrogram(_ range: Range<Int>) -> Spectrogram {
    Spectrogram(
      settings: settings,
      magnitudes: range.flatMap { scale.magnitudes(of: frames.table[$0]) })
  }

  /// Reads sound files and folders of them.
  ///
  /// - Parameters:
  ///   - scale: how values are made of frames; nil: by what the frames of the training part are.
  ///   - kind: with no scale, of which kind it is to be.
  ///   - validationFraction: the share of the frames, at the end, that the scale is not made of.
  /// - Throws: ``SoundError`` if there is no sound.
  public init(
    _ listing: SoundListing, settings: SpectrogramSettings = SpectrogramSettings(),
    scale: FrameScale? = nil, kind: FrameScale.Kind = .logarithmic,
    validationFraction: Double = 0
  ) throws {
    let table = FrameTable(size: settings.bins)
    let floor = scale?.floor ?? FrameScale.floor(window: settings.window)
    let keepsMagnitudes = (scale?.kind ?? kind) == .linear
    var places: [Place] = []
    report = try listing.readRecordings(sampleRate: settings.sampleRate) { recording, found in
      table.beginRecording()
      let first = table.count
      var stream = SpectrogramStream(settings)
      var values = [Float](repeating: 0, count: settings.bins)
      func add(_ magnitudes: Span<Float>) {
        for bin in values.indices {
          values[bin] = keepsMagnitudes ? magnitudes[bin] : log(magnitudes[bin] + floor)
        }
        table.append(values)
      }
      // A local value, which the span borrows from.
      let samples = recording.channels[0]
      stream.append(samples.span) { add($0) }
      stream.finish { add($0) }
      let path = URL(fileURLWithPath: found.path).standardizedFileURL.path
      places.append(
        Place(
          path: path, first: first, count: table.count - first,
          hash: String(describing: try FileHash(ofFileAt: path))))
    }
    self.settings = settings
    self.places = places
    let trained = table.count - Int((Double(table.count) * validationFraction).rounded())
    self.scale =
      scale
      ?? FrameStatistics(of: table, frames: 0..<max(trained, 1), floor: floor, kind: kind).scale
    if !keepsMagnitudes { self.scale.normalise(table) }
    frames = FrameCorpus(table)
  }
}

/// The mean and the deviation of each bin's logarithms, and its greatest magnitude.
private struct FrameStatistics {
  let scale: FrameScale

  /// Bins that vary less than this, in nats, count as varying this much: their noise is not to be learnt.
  private static let leastDeviation = 0.25

  init(of table: FrameTable, frames: Range<Int>, floor: Float, kind: FrameScale.Kind) {
    var sums = [Double](repeating: 0, count: table.size)
    var squares = sums
    var greatest = [Float](repeating: 0, count: table.size)
    for index in frames {
      let values = table[index]
      for bin in values.indices {
        let x = Double(kind == .linear ? log(values[bin] + floor) : values[bin])
        sums[bin] += x
        let magnitude = kind == .linear ? values[bin] : exp(values[bin]) - floor
        if magnitude > greatest[bin] { greatest[bin] = magnitude }
        squares[bin] += x * x
      }
    }
    let count = Double(frames.count)
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { square, mean in
      max(max(square / count - mean * mean, 0).squareRoot(), Self.leastDeviation)
    }
    scale = FrameScale(
      kind: kind, floor: floor, means: means.map { Float($0) },
      deviations: deviations.map { Float($0) }, greatest: greatest)
  }
}

extension FrameScale {
  /// Logarithms in a table become normalised ones.
  fileprivate func normalise(_ table: FrameTable) {
    for index in 0..<table.count {
      var values = table[index]
      for bin in values.indices { values[bin] = (values[bin] - means[bin]) / deviations[bin] }
      table[index] = values
    }
  }
}
