public import Refrain

/// How well a network predicts pieces of notes.
public struct NotesEvaluation: Equatable, Sendable {
  /// Time steps that were predicted: all but the first of each piece.
  public let timeSteps: Int
  /// The negative logarithm of the probability of a time step's keys, summed over the keys and averaged over
  /// the time steps, in nats (Boulanger-Lewandowski et al. 2012).
  public let loss: Double
  /// Keys that are down and likelier than not, as a share of those that are either (Bay et al. 2009).
  public let accuracy: Double
  /// The loss of saying that each key is down as often as in the training pieces.
  public let lossOfFrequencies: Double
  /// The loss of saying that each key follows itself, down or not, as often as in the training pieces.
  public let lossOfHolding: Double
}

/// Measures how well a network predicts notes.
public struct NotesEvaluator {
  private let network: Network
  private let statistics: KeyStatistics
  private let weights: WeightFormat
  private let threads: Int

  /// - Parameters:
  ///   - network: the network to measure.
  ///   - statistics: of the training pieces, for what needs no network.
  ///   - weights: the format that the weights are read in.
  ///   - threads: how many to use; 0 means all cores. The loss never depends on it.
  public init(
    _ network: Network, statistics: KeyStatistics, weights: WeightFormat = .f32, threads: Int = 0
  ) {
    self.network = network
    self.statistics = statistics
    self.weights = weights
    self.threads = threads
  }

  /// Predicts every time step of the pieces but their first, each from what came before it.
  ///
  /// - Parameter pieces: at least one with two time steps.
  public func evaluate(_ pieces: [PianoRoll]) throws -> NotesEvaluation {
    let evaluation = try Evaluator(network, weights: weights, threads: threads)
      .evaluate(NotesCorpus.frames(pieces))
    return NotesEvaluation(
      timeSteps: evaluation.tokens, loss: evaluation.loss, accuracy: accuracy(pieces),
      lossOfFrequencies: statistics.lossOfFrequencies(pieces),
      lossOfHolding: statistics.lossOfHolding(pieces))
  }

  private func accuracy(_ pieces: [PianoRoll]) -> Double {
    let generator = FrameGenerator(network, weights: weights, threads: 1)
    var (right, either) = (0, 0)
    for piece in pieces {
      generator.reset()
      for (last, next) in zip(piece.frames, piece.frames.dropFirst()) {
        generator.read(last.values)
        let expected = KeySet(generator.expected)
        let both = expected.intersection(next).count
        right += both
        either += expected.count + next.count - both
      }
    }
    return either == 0 ? 1 : Double(right) / Double(either)
  }
}
