public import Refrain

/// The lecture's simple model: 28 symbols, one-hot, a recurrent layer of 28 units, the next symbol.
/// It reads one symbol at a time, with the state carried, until it knows a sentence by heart.
///
/// `Examples/SimpleModel` is the same from the library's parts.
public final class SimpleModel {
  /// The sentence of the lecture: to predict how it goes on after “french”, a network has to remember
  /// how far it has come.
  public static let sentence = "i grew up in france. i speak fluent french."
  /// The 26 letters, the space and the full stop.
  public static let vocabulary = Vocabulary(
    characters: "abcdefghijklmnopqrstuvwxyz .".unicodeScalars)

  /// How far it has come.
  public struct Progress: Sendable {
    /// How often the sentence has been read.
    public let readings: Int
    /// Training steps: one symbol each.
    public let steps: Int
    /// The mean loss since the last progress, in nats per symbol.
    public let loss: Double
    /// What it writes when it is given the first letter and then its own words.
    public let written: String
    /// Seconds of training.
    public let seconds: Double
    /// True if it writes the sentence.
    public var isByHeart: Bool { written == SimpleModel.sentence }
  }

  /// The network.
  public let network: Network
  private let tokens = vocabulary.encode(sentence).tokens
  private let seed: UInt64

  /// A model that knows nothing yet.
  public init(_ cell: CellKind = .lstm, seed: UInt64 = 1) throws {
    let count = Self.vocabulary.count
    let description = ModelDescription(input: .tokens(count), output: .softmax(count)) {
      Recurrent(cell, 28)
    }
    network = try Network(description, seed: seed)
    self.seed = seed
  }

  /// What the model writes when it is given the sentence's first letter and then its own words, each
  /// time the likeliest, until it is as long as the sentence.
  public func recite() -> String {
    let generator = Generator(network, threads: 1)
    var written = [tokens[0]]
    while written.count < tokens.count {
      generator.read(written[written.count - 1])
      let logits = generator.logits
      let best = logits.indices.max { logits[$0] < logits[$1] } ?? 0
      written.append(Int32(best))
    }
    return Self.vocabulary.decode(written)
  }

  /// Trains until the model knows the sentence by heart.
  ///
  /// - Parameters:
  ///   - limit: readings of the sentence after which to give up.
  ///   - report: called after every reading.
  /// - Returns: how far it came.
  public func learn(
    limit: Int = 500, report: (Progress) async throws -> Void = { _ in }
  ) async throws -> Progress {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 1
    configuration.sequenceLength = 1
    configuration.learningRate = 0.01
    configuration.seed = seed
    configuration.evaluateEvery = tokens.count - 1
    let trainer = try Trainer(
      network, training: InMemoryCorpus(tokens: tokens), configuration: configuration,
      limits: TrainingLimits(epochs: limit), threads: 1)
    var last = Progress(readings: 0, steps: 0, loss: .infinity, written: recite(), seconds: 0)
    for try await event in trainer {
      guard case .evaluation(let evaluation) = event else { continue }
      last = Progress(
        readings: trainer.progress.epoch, steps: evaluation.step, loss: evaluation.loss,
        written: recite(), seconds: evaluation.seconds)
      try await report(last)
      if last.isByHeart { break }
    }
    return last
  }
}
