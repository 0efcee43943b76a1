import Refrain
import RefrainNotes
import RefrainRuns

extension NotesMaterial {
  static let ownOptions: [TrainOption] = [
    .init("grid", \.notes.grid, 1...64),
    .init("transpose", \.notes.transpose, 0...Options.mostHalfTones),
    .init("input-dropout", \.notes.inputDropout, below: 1),
    .init("batch-norm", \.notes.batchNorm),
  ]

  static func reads(_ path: String, isNamed: Bool) -> Bool {
    let kind = NotesFileKind(ofFileAt: path)
    return kind == .midi || isNamed && kind != nil
  }

  static func fill(_ recipe: inout TrainOptions, preset name: PresetName) throws {
    throw UsageError(
      "There is no --preset for notes; leave out --preset \(name.rawValue): the defaults are the best recipe."
    )
  }

  static func request(
    _ options: inout TrainOptions, inputs: [String]
  ) throws -> NotesTrainingRequest {
    try options.check()
    var request = NotesTrainingRequest(inputs: inputs)
    request.stepsPerQuarter = options.notes.grid
    request.transpose = options.notes.transpose ?? request.transpose
    options.notes.transpose = request.transpose
    try options.decideNetwork(&request)
    request.validationFraction = try options.share(inputs, request.validationFraction)
    try options.complete(&request)
    return request
  }
}

extension TrainOptions {
  private static let networkOfNotes: Set<String> = [
    "cell", "hidden", "layers", "dropout", "input-dropout", "batch-norm",
  ]

  fileprivate mutating func decideNetwork(_ request: inout NotesTrainingRequest) throws {
    if let path = model.startFrom {
      if let name = given(of: Self.networkOfNotes) {
        throw UsageError(
          "--\(name) and --start-from exclude each other, because the network is that of \(path); leave "
            + "out one of the two.")
      }
      request.startFrom = path
      model.startFrom = path.absolutePath
      return
    }
    let network = notesModel(changing: request.model)
    request.model = network
    model.fill(
      cell: network.cell.description, hidden: network.hidden, layers: network.layers,
      dropout: network.dropout)
    notes.batchNorm = network.normalises
    notes.inputDropout = notes.inputDropout ?? network.inputDropout.asTyped
  }

  fileprivate mutating func share(_ inputs: [String], _ standard: Double) throws -> Double {
    guard inputs.contains(where: { NotesFileKind(ofFileAt: $0) == .collection }) else {
      return try shareToValidate(of: "the pieces")
    }
    guard data.validation == nil else {
      throw UsageError(
        "\(inputs[0]) contains its own validation part; leave out --validation.")
    }
    return standard
  }

  private func notesModel(changing base: NotesModel) -> NotesModel {
    var network = base
    network.cell = model.cell?.kind ?? base.cell
    network.hidden = model.hidden ?? base.hidden
    network.layers = model.layers ?? base.layers
    network.dropout = model.dropout.map { Float($0) } ?? base.dropout
    network.inputDropout = notes.inputDropout.map { Float($0) } ?? base.inputDropout
    network.normalises = notes.batchNorm ?? base.normalises
    return network
  }
}
