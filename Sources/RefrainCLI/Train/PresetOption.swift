import ArgumentParser
import Refrain
import RefrainMusic
import RefrainText

/// The values of `--preset`.
enum PresetName: String, ExpressibleByArgument, CaseIterable {
  case quick, good, best, lecture

  /// The recipe for text of this name.
  fileprivate var forText: TextTrainingPreset? { TextTrainingPreset(rawValue: rawValue) }
  /// The recipe for music of this name.
  var forMusic: MusicTrainingPreset? { MusicTrainingPreset(rawValue: rawValue) }
}

/// `--preset`.
struct RecipeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A whole recipe. For text, found by trying many, so that nothing else needs to be chosen: quick "
        + "takes half a minute, good three minutes, best ten. For music, lecture is the lecture's "
        + "network as it was; without it, it is the recipe that sounds best. Options given here win "
        + "over it, and it wins over --config.",
      valueName: "recipe"))
  var preset: PresetName?
}

extension TrainOptions {
  /// Fills in what the preset decides, if there is one, and the options leave open. A limit among them
  /// replaces the preset's, an optimizer its own settings; a model to start from keeps its layers.
  ///
  /// - Throws: ``UsageError`` for a preset of the other kind.
  mutating func fillPreset(for kind: InputKind) throws {
    guard let preset = recipe.preset else { return }
    var recipe = try TrainOptions.parse([])
    switch kind {
    case .text:
      guard let preset = preset.forText else {
        throw UsageError(
          "--preset \(preset.rawValue) is a recipe for music; take quick, good or best for text.")
      }
      recipe.model.fill(preset.model)
      recipe.limits.minutes = preset.limits.minutes
      _ = try recipe.configuration(changing: preset.configuration)
    case .sound:
      guard let preset = preset.forMusic else {
        throw UsageError(
          "--preset \(preset.rawValue) is a recipe for text; for music take lecture, or leave "
            + "--preset out for the recipe that sounds best.")
      }
      let request = MusicTrainingRequest(inputs: [], preset: preset)
      recipe.limits.epochs = request.limits.epochs
      _ = try recipe.configuration(changing: request.configuration)
    case .table:
      throw UsageError(
        "--preset \(preset.rawValue) is no recipe for tables; leave --preset out.")
    case .notes:
      throw UsageError(
        "--preset \(preset.rawValue) is no recipe for notes; leave --preset out for the one that "
          + "predicts best.")
    }
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
