import Refrain
import RefrainRuns
import RefrainText

extension TextMaterial {
  static let ownOptions: [TrainOption] = [
    .init("tokens", \.text.tokens),
    .init("vocabulary-size", \.text.vocabularySize, 3...TrainOption.most),
  ]

  static let takesNonrecurrentUnits = true

  static func fill(_ recipe: inout TrainOptions, preset name: PresetName) throws {
    guard let preset = TextTrainingPreset(rawValue: name.rawValue) else {
      throw UsageError(
        "--preset \(name.rawValue) is a recipe for music; take quick, good or best for text.")
    }
    recipe.model.fill(preset.model)
    recipe.limits.minutes = preset.limits.minutes
    _ = try recipe.configuration(changing: preset.configuration)
  }

  static func request(
    _ options: inout TrainOptions, inputs: [String]
  ) throws -> TextTrainingRequest {
    try options.check()
    // It stands for the options that it has filled in.
    options.recipe.preset = nil
    var request = TextTrainingRequest(inputs: inputs)
    try options.decideModel(&request)
    try options.decideText(&request)
    try options.complete(&request)
    return request
  }
}

extension TrainOptions {
  fileprivate mutating func decideText(_ request: inout TextTrainingRequest) throws {
    request.tokenKind = text.tokens?.tokenKind
    if text.tokens ?? .char != .word {
      let others = ["--vocabulary-size": text.vocabularySize, "--minimum-count": data.minimumCount]
      for (name, value) in others.sorted(by: { $0.key > $1.key }) where value != nil {
        throw UsageError("\(name) needs words as tokens; add --tokens word, or leave it out.")
      }
    }
    request.vocabularySize = text.vocabularySize
    request.minimumCount = data.minimumCount ?? 1
    let part = data.validation ?? "0.1"
    data.validation = part
    guard let share = Double(part) else {
      data.validation = part.absolutePath
      request.validation = .file(part)
      return
    }
    guard (0..<1).contains(share) else {
      throw UsageError(
        "--validation must be a share of at least 0 and less than 1, not \(part); write ./\(part) "
          + "for a file of that name.")
    }
    request.validation = .tail(share)
  }

  fileprivate mutating func decideModel(_ request: inout TextTrainingRequest) throws {
    var base = TextModel()
    if let path = model.startFrom {
      let start = try TrainedModel(path)
      guard let vocabulary = start.file.vocabulary else {
        throw Failure(
          "\(path) has no vocabulary, so no training on text can start from it; name a model of text."
        )
      }
      request.startFrom = path
      model.startFrom = path.absolutePath
      text.tokens = text.tokens ?? TokensName(vocabulary.tokenKind)
      guard let found = TextModel(start.network.description) else {
        if given(of: ["cell", "hidden", "layers", "embedding", "dropout"]) != nil {
          throw UsageError(
            "\(path) has layers that options cannot describe; leave out --cell, --hidden, --layers, "
              + "--embedding and --dropout to use them.")
        }
        request.takesModelOfStart = true
        return
      }
      base = found
    }
    text.tokens = text.tokens ?? .char
    request.model = model.model(changing: base)
    model.fill(request.model)
  }
}

extension ModelOptions {
  fileprivate func model(changing base: TextModel) -> TextModel {
    var model = base
    model.cell = cell?.unit ?? base.cell
    model.hidden = hidden ?? base.hidden
    model.layers = layers ?? base.layers
    model.embedding = embedding ?? base.embedding
    model.dropout = dropout.map { Float($0) } ?? base.dropout
    return model
  }

  fileprivate mutating func fill(_ model: TextModel) {
    fill(
      cell: model.cell.description, hidden: model.hidden, layers: model.layers,
      dropout: model.dropout)
    embedding = model.embedding
  }
}
