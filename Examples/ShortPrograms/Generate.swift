import Refrain
import RefrainText

/// Continues a text with the model in a run folder or a file.
func generate(with model: String, after prompt: String) throws {
  let writer = try TextGenerator(
    TrainedModel(model), sampler: Sampler(temperature: 0.5, topP: 0.95))

  // The same seed gives the same text.
  for seed in [1, 2] as [UInt64] {
    var random = RandomStream(seed: seed, purpose: .sampling)
    print("seed \(seed): \(prompt)" + (try writer.text(prompt: prompt, length: 40, using: &random)))
  }
  // The likeliest continuations that a beam search finds.
  for beam in writer.beams(prompt: prompt, length: 10, width: 3) {
    print("log probability \(beam.logProbability): \(prompt)\(beam.text)")
  }
}
