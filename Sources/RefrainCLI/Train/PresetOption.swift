import ArgumentParser

/// The values of `--preset`.
enum PresetName: String, ExpressibleByArgument, CaseIterable {
  case quick, good, best, lecture
}

/// `--preset`.
struct RecipeOptions: ParsableArguments {
  @Option(
    "recipe",
    "A whole recipe. For text, found by trying many, so that nothing else needs to be "
      + "chosen: quick takes half a minute, good three minutes, best ten. For music, lecture is "
      + "the lecture's network as it was; without it, it is the recipe that sounds best. Options "
      + "given here win over it, and it wins over --config.")
  var preset: PresetName?
}

extension TrainOptions {
  /// Fills in what the preset decides, if there is one, and the options leave open. A limit among them
  /// replaces the preset's, an optimizer its own settings; a model to start from keeps its layers.
  ///
  /// - Throws: ``UsageError`` for a preset of the other kind.
  mutating func fillPreset(for material: any CommandMaterial.Type) throws {
    guard let preset = recipe.preset else { return }
    var recipe = try TrainOptions.parse([])
    try material.fill(&recipe, preset: preset)
    take(from: recipe)
  }

  private mutating func take(from recipe: TrainOptions) {
    var names = Self.trainingOfPreset
    if model.startFrom == nil { names.formUnion(Self.networkOfPreset) }
    if limits.given == nil { names.formUnion(ConfigurationFile.limits) }
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
