import Refrain
import RefrainText

// Learns the text in the file that is named, and goes on from "The ".
let corpus = try TextCorpus([CommandLine.arguments[1]])
let (training, validation) = corpus.split(validationFraction: 0.1)

let description = ModelDescription(
  input: .tokens(corpus.vocabulary.count), output: .softmax(corpus.vocabulary.count)
) {
  LSTM(128)
  Dropout(0.2)
  LSTM(128)
}
let network = try Network(description, seed: 1)

let trainer = try Trainer(
  network, training: training, validation: validation, limits: TrainingLimits(steps: 300))
for try await event in trainer {
  if case .evaluation(let report) = event {
    print("after \(report.step) steps: \(report.loss) nats per character")
  }
}

let writer = try TextGenerator(
  Generator(network), vocabulary: corpus.vocabulary, sampler: Sampler(temperature: 0.7))
var random = RandomStream(seed: 7, purpose: .sampling)
print(try writer.text(prompt: "The ", length: 300, using: &random))
