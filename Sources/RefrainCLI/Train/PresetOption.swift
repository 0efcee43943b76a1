public import ArgumentParser
import Refrain
public import RefrainText

extension TextTrainingPreset: ExpressibleByArgument {}

extension TrainOptions {
  /// Fills in what a preset decides and the options leave open. A limit among them replaces the
  /// preset's, an optimizer its own settings; a model to start from keeps its layers.
  mutating func fill(_ preset: TextTrainingPreset) throws {
    var recipe = try TrainOptions.parse([])
    recipe.model.fill(preset.model)
    recipe.limits.minutes = preset.limits.minutes
    _ = try recipe.configuration(changing: preset.configuration)
    var names = Self.trainingOfPreset
    if model.startFrom == nil { names.formUnion(Self.networkOfPreset) }
    if limits.given == nil { names.insert("minutes") }
    if optimizer.optimizer == nil { names.insert("weight-decay") }
    for option in TrainOption.all where names.contains(option.name) {
      guard option.value(self) == nil, let value = option.value(recipe) else { continue }
      _ = option.set(&self, value)
    }
  }

  private static let networkOfPreset: Set<String> = [
    "cell", "hidden", "layers", "embedding", "dropout",
  ]
  private static let trainingOfPreset: Set<String> = [
    "sequence-length", "batch-size", "optimizer", "learning-rate", "schedule", "warmup", "clip",
    "evaluate-every",
  ]
}
