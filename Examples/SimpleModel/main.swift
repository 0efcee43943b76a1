// The lecture's simple model: 28 symbols, one-hot → 28 recurrent units → the next symbol.
// It reads one symbol at a time and carries its state, until it knows a sentence by heart.
import Refrain

let sentence = "i grew up in france. i speak fluent french."

// The dictionary: 26 letters, a space and a full stop.
let vocabulary = Vocabulary(characters: "abcdefghijklmnopqrstuvwxyz .".unicodeScalars)
let text = vocabulary.encode(sentence).tokens

// The network. Try RNN(28) or GRU(28) instead.
let model = ModelDescription(input: .tokens(28), output: .softmax(28)) {
  LSTM(28)
}
let network = try Network(model)
print(try model.summary())

// One sequence, one step at a time.
var configuration = TrainingConfiguration()
configuration.batchSize = 1
configuration.sequenceLength = 1
configuration.learningRate = 0.01
configuration.evaluateEvery = 5 * (text.count - 1)

/// What the network writes when it is given the first letter and then its own predictions.
func recite() throws -> String {
  let generator = Generator(network, threads: 1)
  let sampler = try Sampler(temperature: 0)
  var random = RandomStream(seed: 1, purpose: .sampling)
  var written = [text[0]]
  while written.count < text.count {
    generator.read(written[written.count - 1])
    written.append(generator.draw(sampler, using: &random))
  }
  return vocabulary.decode(written)
}

let trainer = try Trainer(
  network, training: InMemoryCorpus(tokens: text), configuration: configuration,
  limits: TrainingLimits(epochs: 1000), threads: 1)
for try await event in trainer {
  guard case .evaluation(let report) = event else { continue }
  print("after reading it \(Int(report.epoch)) times: \(try recite())")
  if try recite() == sentence { break }
}
