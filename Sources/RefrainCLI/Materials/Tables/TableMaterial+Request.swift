import Refrain
import RefrainRuns
import RefrainTables

extension TableMaterial {
  static let ownOptions: [TrainOption] = [
    .init("target-column", \.table.targetColumns),
    .init("input-column", \.table.inputColumns),
    .init("scheme", \.table.scheme),
    .init("input-kind", \.table.inputKind),
    .init("target-kind", \.table.targetKind),
    .init("group-column", text: \.table.groupColumn),
    .init("part-column", text: \.table.partColumn),
    .init("test", \.table.test, below: 1),
    .init("longest-input", \.table.longestInput, 1...1_000_000),
    .init("longest-target", \.table.longestTarget, 1...1_000_000),
    .init("bidirectional", \.table.bidirectional),
    .init("pooling", \.table.pooling),
    .init("attention", \.table.attention, 0...(1 << 21)),
  ]

  static let takesNonrecurrentUnits = true

  static func isAskedFor(by options: TrainOptions) -> Bool { !options.table.targets.isEmpty }

  static func fill(_ recipe: inout TrainOptions, preset name: PresetName) throws {
    throw UsageError("--preset \(name.rawValue) is no recipe for tables; leave --preset out.")
  }

  static func request(
    _ options: inout TrainOptions, inputs: [String]
  ) throws -> TableTrainingRequest {
    try options.check()
    guard inputs.count == 1, inputs[0] != "-" else {
      throw UsageError("A table is one file; name one .csv, .tsv or .jsonl file.")
    }
    var columns = TableColumns(inputs: options.table.inputs, targets: options.table.targets)
    columns.inputKind = options.table.inputKind
    columns.targetKind = options.table.targetKind
    columns.scheme = options.table.scheme
    columns.group = options.table.groupColumn
    columns.part = options.table.partColumn
    columns.longestInput = options.table.longestInput ?? columns.longestInput
    columns.longestTarget = options.table.longestTarget ?? columns.longestTarget
    columns.minimumCount = options.data.minimumCount ?? columns.minimumCount
    var request = TableTrainingRequest(table: inputs[0], columns: columns)
    request.model = options.model.tableModel(changing: request.model, options.table)
    options.model.fill(request.model)
    try options.decideParts(&request)
    request.evaluatesEachEpoch = options.reports.evaluateEvery == nil
    try options.complete(&request)
    if request.evaluatesEachEpoch { options.reports.evaluateEvery = nil }
    options.optimizer.sequenceLength = nil
    options.table.longestInput = columns.longestInput
    options.table.longestTarget = columns.longestTarget
    return request
  }
}

extension TrainOptions {
  fileprivate mutating func decideParts(_ request: inout TableTrainingRequest) throws {
    if let test = table.test, table.partColumn != nil, test > 0 {
      throw UsageError("--test and --part-column exclude each other; leave out one of the two.")
    }
    request.test = table.test ?? 0
    let part = data.validation ?? "0.1"
    guard let share = Double(part) else {
      let path = part.absolutePath
      data.validation = path
      request.validation = .file(path)
      return
    }
    guard share >= 0, share + request.test < 1 else {
      throw UsageError(
        "--validation and --test are shares of the rows, each at least 0 and together less than 1, "
          + "not \(part) and \(request.test).")
    }
    data.validation = part
    request.validation = .share(share)
  }
}

extension ModelOptions {
  fileprivate func tableModel(changing base: TableModel, _ table: TableTrainOptions) -> TableModel {
    var model = base
    model.cell = cell?.unit ?? base.cell
    model.hidden = hidden ?? base.hidden
    model.layers = layers ?? base.layers
    model.embedding = embedding ?? base.embedding
    model.dropout = dropout.map { Float($0) } ?? base.dropout
    model.isBidirectional = table.bidirectional
    model.pooling = table.pooling
    model.attention = table.attention
    return model
  }

  fileprivate mutating func fill(_ model: TableModel) {
    fill(
      cell: model.cell.description, hidden: model.hidden, layers: model.layers,
      dropout: model.dropout)
    embedding = model.embedding
  }
}
