/// One option by its long name, to be read, written and listed.
struct TrainOption: Sendable {
  /// Without the dashes: `learning-rate`.
  let name: String
  /// What it means something for; none: for everything.
  private(set) var only: [InputKind] = []
  /// Its value in a configuration file; nil where it was not given.
  let value: @Sendable (TrainOptions) -> ConfigurationValue?
  /// Sets it from a configuration file; false where the value is of another kind.
  let set: @Sendable (inout TrainOptions, ConfigurationValue) -> Bool
  /// What it must be, for the sentence about a value of another kind.
  let kind: String

  private typealias Path<Value> = any WritableKeyPath<TrainOptions, Value?> & Sendable

  private init(_ name: String, _ path: Path<Int>) {
    self.name = name
    kind = "a whole number"
    value = { $0[keyPath: path].map { .integer($0) } }
    set = { options, value in
      guard case .integer(let number) = value else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  private init(_ name: String, _ path: Path<Double>) {
    self.name = name
    kind = "a number"
    value = { $0[keyPath: path].map { .number($0) } }
    set = { options, value in
      guard let number = value.double else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  private init(_ name: String, text path: Path<String>) {
    self.name = name
    kind = "a text"
    // A share is a number, also in the file.
    value = { $0[keyPath: path].map { text in Double(text).map { .number($0) } ?? .string(text) } }
    set = { options, value in
      guard let text = value.text else { return false }
      options[keyPath: path] = text
      return true
    }
  }

  private init<Name: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: Path<Name>
  ) {
    self.name = name
    kind = "one of " + Name.allCases.map(\.rawValue).joined(separator: ", ")
    value = { $0[keyPath: path].map { .string($0.rawValue) } }
    set = { options, value in
      guard case .string(let text) = value, let value = Name(rawValue: text) else { return false }
      options[keyPath: path] = value
      return true
    }
  }

  private init(_ name: String, _ path: Path<Bool>) {
    self.name = name
    kind = "true or false"
    value = { $0[keyPath: path].map { .bool($0) } }
    set = { options, value in
      guard case .bool(let value) = value else { return false }
      options[keyPath: path] = value
      return true
    }
  }

  private init(_ name: String, _ path: any WritableKeyPath<TrainOptions, [String]?> & Sendable) {
    self.name = name
    kind = "a list of texts"
    value = { $0[keyPath: path].map { .strings($0) } }
    set = { options, value in
      guard case .strings(let texts) = value else { return false }
      options[keyPath: path] = texts
      return true
    }
  }

  private func only(_ kinds: InputKind...) -> TrainOption {
    var option = self
    option.only = kinds
    return option
  }

  /// All of them, in the order of the help.
  static let all: [TrainOption] = [
    .init("preset", \.recipe.preset),
    .init("tokens", \.data.tokens).only(.text),
    .init("vocabulary-size", \.data.vocabularySize).only(.text),
    .init("minimum-count", \.data.minimumCount).only(.text, .table),
    .init("validation", text: \.data.validation),
    .init("sample-rate", \.data.sampleRate).only(.sound),
    .init("stereo", \.data.stereo).only(.sound),
    .init("window", \.data.window).only(.sound),
    .init("hop", \.data.hop).only(.sound),
    .init("grid", \.data.grid).only(.notes),
    .init("transpose", \.data.transpose).only(.notes),
    .init("target-column", \.table.targetColumns).only(.table),
    .init("input-column", \.table.inputColumns).only(.table),
    .init("scheme", \.table.scheme).only(.table),
    .init("input-kind", \.table.inputKind).only(.table),
    .init("target-kind", \.table.targetKind).only(.table),
    .init("group-column", text: \.table.groupColumn).only(.table),
    .init("part-column", text: \.table.partColumn).only(.table),
    .init("test", \.table.test).only(.table),
    .init("longest-input", \.table.longestInput).only(.table),
    .init("longest-target", \.table.longestTarget).only(.table),
    .init("bidirectional", \.table.bidirectional).only(.table),
    .init("pooling", \.table.pooling).only(.table),
    .init("attention", \.table.attention).only(.table),
    .init("cell", \.model.cell),
    .init("hidden", \.model.hidden),
    .init("layers", \.model.layers),
    .init("embedding", \.model.embedding).only(.text, .table),
    .init("dropout", \.model.dropout),
    .init("input-dropout", \.model.inputDropout).only(.notes),
    .init("batch-norm", \.model.batchNorm).only(.notes),
    .init("components", \.model.components).only(.sound),
    .init("noise", \.model.noise).only(.sound),
    .init("start-from", text: \.model.startFrom).only(.text, .sound, .notes),
    .init("sequence-length", \.optimizer.sequenceLength).only(.text, .sound, .notes),
    .init("batch-size", \.optimizer.batchSize),
    .init("optimizer", \.optimizer.optimizer),
    .init("learning-rate", \.optimizer.learningRate),
    .init("weight-decay", \.optimizer.weightDecay),
    .init("momentum", \.optimizer.momentum),
    .init("schedule", \.optimizer.schedule),
    .init("warmup", \.optimizer.warmup),
    .init("clip", \.optimizer.clip),
    .init("seed", \.optimizer.seed),
    .init("epochs", \.limits.epochs),
    .init("steps", \.limits.steps),
    .init("minutes", \.limits.minutes),
    .init("evaluate-every", \.reports.evaluateEvery),
    .init("save-every", \.reports.saveEvery),
    .init("sample-every", \.reports.sampleEvery),
    .init("patience", \.reports.patience),
    .init("keep", \.reports.keep),
    .init("threads", \.threads.given),
  ]
}
