public import Refrain

/// How well a network predicts the next frame of music, beside what needs no network.
public struct MusicEvaluation: Codable, Equatable, Sendable {
  /// Frames that were predicted.
  public let frames: Int
  /// The mean squared error of the expected frame, in normalised logarithms of magnitudes: 1 is what the
  /// training music's mean frame gives on music like it.
  public let error: Double
  /// The same of predicting that the next frame equals this one.
  public let copyError: Double
  /// The same of predicting the training music's mean frame.
  public let meanError: Double

  /// The share of the copying error that the network saves; below 0, copying is better. 0 where nothing
  /// can be saved: nothing changes in the music, or it is too short for a prediction.
  public var gain: Double { copyError > 0 ? 1 - error / copyError : 0 }
}

/// Measures networks of frames by one figure, whatever each of them reads and predicts.
public struct MusicEvaluator {
  private let generator: FrameGenerator
  private let scale: FrameScale
  /// Frames that the network reads before each prediction; nil: it carries a state.
  private let window: Int?

  /// Frames that are predicted at most by a network that reads windows, which costs a window each.
  private static let mostWindows = 1000
  /// Frames of a recording's beginning that are not predicted: a network has to hear something first.
  private static let warmUp = 40

  /// - Parameters:
  ///   - network: the network to measure.
  ///   - scale: how the values that the network reads are made of frames.
  ///   - window: the frames of a window, for a network that predicts only the last step.
  ///   - weights: the format that the weights are read in.
  ///   - threads: how many to use. The measures never depend on it.
  public init(
    _ network: Network, scale: FrameScale, window: Int?, weights: WeightFormat = .f32,
    threads: Int = 1
  ) {
    generator = FrameGenerator(network, weights: weights, threads: threads)
    self.scale = scale
    self.window = network.description.predictsOnlyLast ? window : nil
  }

  /// The errors on the frames `range` of a corpus whose values `scale` made.
  public func evaluate(_ corpus: MusicCorpus, frames range: Range<Int>) -> MusicEvaluation {
    var sums = ErrorSums(scale: scale)
    for place in corpus.places {
      add(corpus.frames.table, place.frames.clamped(to: range), of: range.count, to: &sums)
    }
    return sums.evaluation
  }

  /// Pieces that are evaluated where a sample is enough, and their frames.
  private static let pieces = (count: 8, frames: 160)

  /// The errors on some pieces from everywhere in the frames `range`.
  func sample(_ corpus: MusicCorpus, frames range: Range<Int>) -> MusicEvaluation {
    let (count, length) = Self.pieces
    if range.count <= count * length { return evaluate(corpus, frames: range) }
    var sums = ErrorSums(scale: scale)
    for piece in 0..<count {
      let first = range.lowerBound + range.count * piece / count
      for place in corpus.places {
        let frames = place.frames.clamped(to: first..<first + length)
        add(corpus.frames.table, frames, of: count * length, to: &sums)
      }
    }
    return sums.evaluation
  }

  /// Adds the errors on some frames of one recording, of `total` in all.
  private func add(
    _ table: FrameTable, _ frames: Range<Int>, of total: Int, to sums: inout ErrorSums
  ) {
    if frames.count <= Self.warmUp { return }
    let stride = window == nil ? 1 : max(1, total / Self.mostWindows)
    generator.reset()
    for index in frames.dropLast() {
      let isCounted = index - frames.lowerBound >= Self.warmUp - 1
      if let window {
        if !isCounted || index % stride != 0 { continue }
        generator.reset()
        for i in max(index - window + 1, frames.lowerBound)...index { generator.read(table[i]) }
      } else {
        generator.read(table[index])
      }
      if isCounted { sums.add(generator.expected, next: table[index + 1], last: table[index]) }
    }
  }
}

/// Squared errors of three predictions.
private struct ErrorSums {
  let scale: FrameScale
  private var count = 0
  private var error = 0.0
  private var copyError = 0.0
  private var meanError = 0.0

  init(scale: FrameScale) { self.scale = scale }

  mutating func add(_ expected: [Float], next: [Float], last: [Float]) {
    let next = normalised(next)
    error += difference(normalised(expected), next)
    copyError += difference(normalised(last), next)
    meanError += difference([Float](repeating: 0, count: next.count), next)
    count += 1
  }

  private func normalised(_ values: [Float]) -> [Float] {
    scale.kind == .logarithmic ? values : scale.normalised(scale.magnitudes(of: values))
  }

  private func difference(_ a: [Float], _ b: [Float]) -> Double {
    var sum: Float = 0
    for i in a.indices { sum += (a[i] - b[i]) * (a[i] - b[i]) }
    return Double(sum) / Double(a.count)
  }

  var evaluation: MusicEvaluation {
    let count = Double(max(self.count, 1))
    return MusicEvaluation(
      frames: self.count, error: error / count, copyError: copyError / count,
      meanError: meanError / count)
  }
}
