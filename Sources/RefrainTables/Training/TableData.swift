internal import Refrain
public import RefrainRuns

/// A table whose rows are divided into parts, with what is learned from them.
public struct TableData: Sendable {
  /// The table.
  public let table: Table
  /// The rows to train on, to validate on and to test on; none to validate on where ``validationTable`` is.
  public let split: RowSplit
  /// A table of its own to validate on.
  public let validationTable: Table?
  /// What is learned.
  public let task: TableTask

  /// What the run's model files say of the table.
  let record: TableRecord

  /// Reads the tables of a request and divides the rows.
  ///
  /// - Throws: ``TableError``, ``TableTaskError``, `FileError`, or `TrainingConfigurationError` if the shares
  ///   cannot be.
  public init(_ request: TableTrainingRequest) throws {
    table = try TableFile.read(request.table)
    let layout = try TableLayout(request.columns, of: table)
    let rows = try TableRows(layout.input, layout.target, table)
    var (validation, share): (InputFile?, Double) = (nil, 0)
    switch request.validation {
    case .share(let part): share = part
    case .file(let path): validation = try InputFile(path)
    }
    guard share >= 0, request.test >= 0, share + request.test < 1 else {
      throw TrainingConfigurationError.setting(
        "The share of rows to validate and test on", mustBe: "0 or more, and together less than 1")
    }
    guard request.columns.part == nil || request.test == 0 else {
      throw TrainingConfigurationError.setting(
        "Beside a column of parts, the share of rows to test on", mustBe: "0")
    }
    let parts = TableParts(
      group: request.columns.group, part: request.columns.part, validation: share,
      test: request.test, seed: request.configuration.seed)
    split = try parts.split(
      table, rows, input: layout.input.kind, target: layout.target.kind)
    try Self.check(split, table)
    task = TableTask(request.columns, layout, rows, split)
    validationTable = try validation.map { try TableFile.read($0.path) }
    record = TableRecord(
      task: task, table: try InputFile(request.table), validation: validation,
      parts: parts, sampleEvery: request.sampleEvery, keep: request.keep)
    try checkClasses()
  }

  /// Finds the table again that a model was trained with, and divides its rows as then.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - moved: folders or files and where they are now.
  /// - Throws: `InputFileError`, ``TableError``, ``TableTaskError``, `FileError` or
  ///   `ModelFileError`.
  public init(of model: TrainedModel, moved: [String: String] = [:]) throws {
    try self.init(
      reopening: model.record(of: TableMaterial.self), moved: MovedPaths(moved))
  }

  init(reopening record: TableRecord, moved: MovedPaths) throws {
    self.record = record
    task = record.task
    table = try TableFile.read(try record.table.find(moved))
    validationTable = try record.validation.map { try TableFile.read(try $0.find(moved)) }
    let rows = try TableRows(task.inputSide, task.targetSide, table)
    split = try record.parts.split(
      table, rows, input: task.input.kind, target: task.target.kind)
    try Self.check(split, table)
  }

  /// The rows to train on.
  ///
  /// - Throws: ``TableTaskError``.
  func training() throws -> TaskRows { try task.rows(of: table, at: split.training) }

  /// The rows to validate on; nil where there are none.
  ///
  /// - Throws: ``TableError`` or ``TableTaskError``.
  func validation() throws -> TaskRows? {
    if let validationTable { return try task.rows(of: validationTable) }
    return split.validation.isEmpty ? nil : try task.rows(of: table, at: split.validation)
  }

  private static func check(_ split: RowSplit, _ table: Table) throws {
    guard split.training.count < 2 else { return }
    throw TableTaskError.tooFewRows(
      path: table.path, line: table.lines[table.rowCount - 1], count: split.training.count)
  }

  private func checkClasses() throws {
    guard case .label(let labels) = task.target, labels.count == 1 else { return }
    throw TableTaskError.oneClass(
      path: table.path, line: table.lines[split.training[0]], column: task.targets[0],
      name: labels[0])
  }
}
