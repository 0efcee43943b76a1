import Foundation
import Refrain
import RefrainTables

extension TrainOptions {
  /// The training on notes that is asked for; what was left open is filled in.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  mutating func notesRequest(inputs: [String]) throws -> NotesTrainingRequest {
    try check()
    var request = NotesTrainingRequest(inputs: inputs)
    request.momentsPerQuarter = data.grid
    request.transpose = data.transpose ?? request.transpose
    data.transpose = request.transpose
    try decideNotesNetwork(&request)
    request.validationFraction = try shareOfNotes(inputs, request.validationFraction)
    request.configuration = try configuration(changing: request.configuration)
    if limits.given == nil { limits.steps = request.limits.steps }
    request.limits = limits.given ?? request.limits
    fillReports()
    request.sampleEvery = reports.sampleEvery ?? 0
    request.keep = reports.keep ?? 0
    request.threads = threads.count
    return request
  }

  private static let networkOfNotes: Set<String> = [
    "cell", "hidden", "layers", "dropout", "input-dropout", "batch-norm",
  ]

  private mutating func decideNotesNetwork(_ request: inout NotesTrainingRequest) throws {
    if let path = model.startFrom {
      let given = TrainOption.all.first {
        Self.networkOfNotes.contains($0.name) && $0.value(self) != nil
      }
      if let name = given?.name {
        throw UsageError(
          "--\(name) and --start-from do not go together, as the network is that of \(path); leave "
            + "out one of the two.")
      }
      request.startFrom = path
      model.startFrom = path.absolutePath
      return
    }
    request.model = model.notesModel(changing: request.model)
    model.fill(request.model)
  }

  private mutating func shareOfNotes(_ inputs: [String], _ standard: Double) throws -> Double {
    if inputs.contains(where: { NotesListing.kind(ofFileAt: $0) == .collection }) {
      guard data.validation == nil else {
        throw UsageError(
          "\(inputs[0]) has a part of its own to validate on; leave out --validation.")
      }
      return standard
    }
    let part = data.validation ?? String(standard)
    guard let share = Double(part), (0..<1).contains(share) else {
      throw UsageError(
        "--validation must be a share of the pieces, at least 0 and less than 1, not \(part); "
          + "refrain evaluate measures a model on other files.")
    }
    data.validation = part
    return share
  }
}

extension ModelOptions {
  fileprivate func notesModel(changing base: NotesModel) -> NotesModel {
    var model = base
    model.cell = cell?.kind ?? base.cell
    model.hidden = hidden ?? base.hidden
    model.layers = layers ?? base.layers
    model.dropout = dropout.map { Float($0) } ?? base.dropout
    model.inputDropout = inputDropout.map { Float($0) } ?? base.inputDropout
    model.normalises = batchNorm ?? base.normalises
    return model
  }

  fileprivate mutating func fill(_ model: NotesModel) {
    cell = cell ?? CellName(rawValue: model.cell.description)
    hidden = model.hidden
    layers = model.layers
    batchNorm = model.normalises
    // By way of their digits: 0.1 is to stay 0.1.
    dropout = dropout ?? Double("\(model.dropout)")
    inputDropout = inputDropout ?? Double("\(model.inputDropout)")
  }
}
