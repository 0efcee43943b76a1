import Foundation
import Refrain
import RefrainText

extension TrainOptions {
  /// The training on text that is asked for; what was left open is filled in.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together, and what reading the model to
  ///   start from throws.
  mutating func textRequest(inputs: [String]) throws -> TextTrainingRequest {
    try check()
    // It stands for the options that it has filled in.
    recipe.preset = nil
    var request = TextTrainingRequest(inputs: inputs)
    try decideModel(&request)
    try decideText(&request)
    request.configuration = try configuration(changing: request.configuration)
    if limits.given == nil { limits.epochs = 50 }
    request.limits = limits.given ?? request.limits
    fillReports()
    request.sampleEvery = reports.sampleEvery ?? 0
    request.keep = reports.keep ?? 0
    request.threads = threads.count
    return request
  }

  private mutating func decideText(_ request: inout TextTrainingRequest) throws {
    request.unit = data.tokens?.unit
    if data.tokens ?? .char != .word {
      let others = ["--vocabulary-size": data.vocabularySize, "--minimum-count": data.minimumCount]
      for (name, value) in others.sorted(by: { $0.key > $1.key }) where value != nil {
        throw UsageError("\(name) is for words; add --tokens word, or leave it out.")
      }
    }
    request.vocabularySize = data.vocabularySize
    request.minimumCount = data.minimumCount ?? 1
    let part = data.validation ?? "0.1"
    data.validation = part
    guard let share = Double(part) else {
      let path = part.absolutePath
      data.validation = path
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

  private mutating func decideModel(_ request: inout TextTrainingRequest) throws {
    var base = TextModel()
    if let path = model.startFrom {
      let file = try RunFolder.model(at: path)
      let start = try ModelFile(contentsOf: file)
      guard let vocabulary = start.vocabulary else {
        throw Failure("\(path) has no vocabulary, so that no training on text can start from it.")
      }
      request.startFrom = path
      model.startFrom = path.absolutePath
      data.tokens = data.tokens ?? TokensName(vocabulary.unit)
      guard let found = TextModel(start.network.description) else {
        if model.namesLayers {
          throw UsageError(
            "\(path) has layers that no options describe; leave out --cell, --hidden, --layers, "
              + "--embedding and --dropout to take them.")
        }
        request.takesModelOfStart = true
        return
      }
      base = found
    }
    data.tokens = data.tokens ?? .char
    request.model = model.model(changing: base)
    model.fill(request.model)
  }

  /// Fills in what is left open of what happens along the way.
  mutating func fillReports() {
    reports.sampleEvery = reports.sampleEvery ?? 0
    reports.keep = reports.keep ?? 0
  }
}

extension ModelOptions {
  /// Whether the layers are asked for, in part at least.
  var namesLayers: Bool {
    cell != nil || hidden != nil || layers != nil || embedding != nil || dropout != nil
  }

  fileprivate func model(changing base: TextModel) -> TextModel {
    var model = base
    model.cell = cell?.unit ?? base.cell
    model.hidden = hidden ?? base.hidden
    model.layers = layers ?? base.layers
    model.embedding = embedding ?? base.embedding
    model.dropout = dropout.map { Float($0) } ?? base.dropout
    return model
  }

  mutating func fill(_ model: TextModel) {
    cell = cell ?? CellName(rawValue: model.cell.description)
    hidden = model.hidden
    layers = model.layers
    embedding = model.embedding
    // By way of its digits: 0.2 is to stay 0.2.
    dropout = dropout ?? Double("\(model.dropout)")
  }
}

extension LimitOptions {
  /// The limits, if there are any.
  var given: TrainingLimits? {
    if epochs == nil && steps == nil && minutes == nil { return nil }
    return TrainingLimits(steps: steps, epochs: epochs, minutes: minutes)
  }
}

extension String {
  /// The path from the root; standard input stays `-`.
  var absolutePath: String {
    self == "-" ? self : URL(fileURLWithPath: self).standardizedFileURL.path
  }
}
