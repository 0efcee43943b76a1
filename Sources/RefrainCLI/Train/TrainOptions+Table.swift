import Refrain
import RefrainTables

extension TrainOptions {
  /// The training on a table that is asked for; what was left open is filled in.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  mutating func tableRequest(inputs: [String]) throws -> TableTrainingRequest {
    try check()
    guard inputs.count == 1, inputs[0] != "-" else {
      throw UsageError("A table is one file; name one .csv, .tsv or .jsonl file.")
    }
    var columns = TableColumns(inputs: table.inputs, targets: table.targets)
    columns.inputKind = table.inputKind
    columns.targetKind = table.targetKind
    columns.scheme = table.scheme
    columns.group = table.groupColumn
    columns.part = table.partColumn
    columns.longestInput = table.longestInput ?? columns.longestInput
    columns.longestTarget = table.longestTarget ?? columns.longestTarget
    columns.minimumCount = data.minimumCount ?? columns.minimumCount
    var request = TableTrainingRequest(table: inputs[0], columns: columns)
    request.model = model.tableModel(changing: request.model, table)
    model.fill(request.model)
    try decideParts(&request)
    request.evaluatesEachEpoch = reports.evaluateEvery == nil
    request.configuration = try configuration(changing: request.configuration)
    if request.evaluatesEachEpoch { reports.evaluateEvery = nil }
    optimizer.sequenceLength = nil
    if limits.given == nil { limits.epochs = request.limits.epochs }
    request.limits = limits.given ?? request.limits
    fillReports()
    request.sampleEvery = reports.sampleEvery ?? 0
    request.keep = reports.keep ?? 0
    request.threads = threads.count
    table.longestInput = columns.longestInput
    table.longestTarget = columns.longestTarget
    return request
  }

  private mutating func decideParts(_ request: inout TableTrainingRequest) throws {
    if let test = table.test, table.partColumn != nil, test > 0 {
      throw UsageError("--test and --part-column do not go together; leave out one of the two.")
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
  fileprivate func tableModel(changing base: TableModel, _ table: TableOptions) -> TableModel {
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
    cell = cell ?? CellName(rawValue: model.cell.description)
    hidden = model.hidden
    layers = model.layers
    embedding = model.embedding
    dropout = dropout ?? Double("\(model.dropout)")
  }
}
