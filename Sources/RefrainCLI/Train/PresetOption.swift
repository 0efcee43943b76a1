import ArgumentParser

/// The values of `--preset`.
enum PresetName: String, ExpressibleByArgument, CaseIterable {
  case quick, good, best, lecture
}

/// `--preset`.
struct RecipeOptions: ParsableArguments {
  @Option(
    "recipe",
    "A complete recipe, so that nothing else needs to be chosen. Text: quick takes half a minute, good "
      + "three minutes, best ten. Music: lecture is the network of the lecture; the defaults for music "
      + "sound better. Options on the command line take precedence over the preset, and the "
      + "preset over --config (default: none).")
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
