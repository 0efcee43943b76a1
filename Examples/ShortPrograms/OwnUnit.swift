import PeepholeLSTM
import Refrain

/// Checks the gradient of a unit of one's own, trains a network of it on a sentence, and reads the
/// network from a file again.
func trainOwnUnit(modelFile path: String) async throws {
  print(checkGradients(of: PeepholeLSTM()))

  let sentence = "the sea takes what the sea brings. "
  let text = String(repeating: sentence, count: 20)
  let vocabulary = Vocabulary(characters: text.unicodeScalars)
  let cells = [CustomCell("peephole", PeepholeLSTM())]
  let description = ModelDescription(
    input: .tokens(vocabulary.count), output: .softmax(vocabulary.count)
  ) {
    Recurrent(.custom("peephole"), 32)
  }
  let network = try Network(description, cells: cells)

  var configuration = TrainingConfiguration()
  configuration.batchSize = 4
  configuration.sequenceLength = 20
  configuration.learningRate = 0.02
  configuration.evaluateEvery = 100
  let trainer = try Trainer(
    network, training: InMemoryCorpus(tokens: vocabulary.encode(text).tokens),
    configuration: configuration, limits: TrainingLimits(steps: 300))
  for try await event in trainer {
    if case .evaluation(let report) = event {
      print("step \(report.step): loss \(report.loss)")
    }
  }

  try ModelFile(network: network, vocabulary: vocabulary).write(to: path)
  // Whoever reads the file has to give the unit too: a file holds weights, not code.
  let again = try ModelFile(contentsOf: path, cells: cells).network
  print("parameters: \(again.parameterNames.joined(separator: ", "))")
  let name = "layers.0.peephole_f"
  print("the same peepholes: \(again.values(of: name) == network.values(of: name))")
}
