import Foundation
import Refrain
import TestSupport
import Testing

/// The lecture's first model, from the library's parts: 28 symbols, a layer of 28 recurrent units,
/// the next symbol, one step at a time with the state carried.
@Suite("The simple model")
struct SimpleModelTests {
  private static let sentence = "i grew up in france. i speak fluent french."
  private static let vocabulary = Vocabulary(
    characters: "abcdefghijklmnopqrstuvwxyz .".unicodeScalars)
  private static let tokens = vocabulary.encode(sentence).tokens

  /// What a network writes from the sentence's first letter on.
  private func recite(_ network: Network, kernels: KernelChoice = .best) throws -> String {
    let generator = Generator(network, threads: 1, kernels: kernels)
    let sampler = try Sampler(temperature: 0)
    var random = RandomStream(seed: 1, purpose: .sampling)
    var written = [Self.tokens[0]]
    while written.count < Self.tokens.count {
      generator.read(written[written.count - 1])
      written.append(generator.draw(sampler, using: &random))
    }
    return Self.vocabulary.decode(written)
  }

  @Test(
    "Learns a sentence by heart, from its first letter on",
    arguments: [CellKind.lstm, .gru, .rnn], KernelChoice.allCases.filter(\.isAvailable))
  func learnsByHeart(cell: CellKind, kernels: KernelChoice) async throws {
    let model = ModelDescription(input: .tokens(28), output: .softmax(28)) { Recurrent(cell, 28) }
    let network = try Network(model)
    #expect(try recite(network) != Self.sentence)
    var configuration = TrainingConfiguration()
    configuration.batchSize = 1
    configuration.sequenceLength = 1
    configuration.learningRate = 0.01
    configuration.evaluateEvery = Self.tokens.count - 1
    let trainer = try Trainer(
      network, training: InMemoryCorpus(tokens: Self.tokens), configuration: configuration,
      limits: TrainingLimits(epochs: 200), threads: 1, kernels: kernels)
    for try await event in trainer {
      guard case .evaluation = event else { continue }
      if try recite(network, kernels: kernels) == Self.sentence { break }
    }
    #expect(try recite(network, kernels: kernels) == Self.sentence)
    #expect(trainer.progress.epoch < 200)
  }

  @Test("The example says the sentence in the end")
  func example() throws {
    let (text, status) = try BuiltProgram("SimpleModel").end()
    #expect(status == 0)
    #expect(text.contains("LSTM 28"))
    #expect(text.hasSuffix("times: \(Self.sentence)\n"), "\(text)")
  }
}
