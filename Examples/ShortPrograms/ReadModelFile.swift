import Refrain
import RefrainRuns

/// Shows what is in a model file: as a model, and as a safetensors file, which any program can read.
func readModelFile(_ path: String) throws {
  let model = try TrainedModel(path)
  let file = model.file
  print(try file.network.description.summary())
  if let vocabulary = file.vocabulary {
    print("vocabulary: \(vocabulary.count) \(vocabulary.tokenKind)s")
  }
  if let training = file.training {
    print("trained for \(training.progress.step) steps, seed \(training.configuration.seed)")
  }
  for key in file.information.keys.sorted() { print("information: \(key)") }

  let tensors = try SafeTensors(contentsOf: model.path).tensors
  for tensor in tensors where !tensor.name.hasPrefix("optimizer.") {
    let largest = try tensor.floats().reduce(0) { max($0, abs($1)) }
    print("\(tensor.name) \(tensor.shape): values up to \(largest)")
  }
}
