import RefrainMusic
import RefrainNotes
import RefrainTables
import RefrainText

extension TrainOption {
  /// All options, in the order of the help.
  static let all: [TrainOption] =
    [
      .init("preset", \.recipe.preset),
      .init("minimum-count", \.data.minimumCount, 1...most).of(
        TextMaterial.self, TableMaterial.self),
      .init("validation", text: \.data.validation),
    ]
    + Register.materials.flatMap { material in
      material.ownOptions.map { $0.of(material) }
    } + [
      .init("cell", \.model.cell),
      .init("hidden", \.model.hidden, 1...(1 << 21)),
      .init("layers", \.model.layers) { ($0.table.targets.isEmpty ? 1 : 0)...100 },
      .init("embedding", \.model.embedding, 0...(1 << 21)).of(
        TextMaterial.self, TableMaterial.self),
      .init("dropout", \.model.dropout, below: 1),
      .init("start-from", text: \.model.startFrom).of(
        TextMaterial.self, MusicMaterial.self, NotesMaterial.self),
      .init("sequence-length", \.optimizer.sequenceLength, 1...1_000_000).of(
        TextMaterial.self, MusicMaterial.self, NotesMaterial.self),
      .init("batch-size", \.optimizer.batchSize, 1...1_000_000),
      .init("optimizer", \.optimizer.optimizer),
      .init("learning-rate", \.optimizer.learningRate, isPositive: true),
      .init("weight-decay", \.optimizer.weightDecay),
      .init("momentum", \.optimizer.momentum, below: 1),
      .init("schedule", \.optimizer.schedule),
      .init("warmup", \.optimizer.warmup),
      .init("clip", \.optimizer.clip),
      .init("seed", \.optimizer.seed, 0...Int.max),
      .init("epochs", \.limits.epochs, 1...most),
      .init("steps", \.limits.steps, 1...most),
      .init("minutes", \.limits.minutes, isPositive: true),
      .init("plan", text: \.limits.plan),
      .init("evaluate-every", \.reports.evaluateEvery, 1...most),
      .init("save-every", \.reports.saveEvery),
      .init("sample-every", \.reports.sampleEvery),
      .init("patience", \.reports.patience),
      .init("keep", \.reports.keep),
      .init("threads", \.threads.given, 0...1024),
    ]
}
