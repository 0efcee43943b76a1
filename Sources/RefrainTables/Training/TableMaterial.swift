public import Refrain
public import RefrainRuns

/// A training on a table in its run folder.
///
/// ```swift
/// let columns = TableColumns(targets: ["speaker"])
/// let run = try TableRun(
///   TableTrainingRequest(table: "speakers.csv", columns: columns), to: "speakers-run")
/// for try await event in run { print(event) }
/// ```
public typealias TableRun = Run<TableMaterial>
/// What a training on a table is asked for.
public typealias TableTrainingRequest = TrainingRequest<TableMaterial>

/// A table as something to learn: rows that do not follow each other.
public struct TableMaterial: Material {
  /// The name of the material in a model file and in sentences.
  public static let name = "table"
  /// One step of it, in words.
  public static let element = "row"

  /// The table, its parts and what is learned from it.
  public let data: TableData
  private let parts: (training: TaskRows, validation: TaskRows?)

  /// Opens the inputs of a new training.
  public init(
    _ request: TableTrainingRequest, startingFrom start: TrainedModel?, in folder: RunFolder
  ) throws {
    precondition(start == nil, "a training on a table begins with random weights")
    try self.init(TableData(request))
  }

  /// Opens the inputs of a training again.
  public init(
    reopening record: TableRecord, of model: ModelFile, in folder: RunFolder, moved: MovedPaths
  ) throws {
    try self.init(TableData(reopening: record, moved: moved))
  }

  private init(_ data: TableData) throws {
    self.data = data
    parts = (try data.training(), try data.validation())
  }

  /// The rows to train on and to validate on, without those that are left out; 0 where there are none.
  public var rows: (training: Int, validation: Int) {
    (parts.training.places.count, parts.validation?.places.count ?? 0)
  }

  /// What is learned from.
  public var training: TrainingData { .rows(parts.training.corpus) }
  /// What is validated on; nil where there is nothing.
  public var validation: TrainingData? { parts.validation.map { .rows($0.corpus) } }
  /// Sentences about what was decided for the user.
  public var remarks: [String] {
    TableRemarks(data).sentences(parts.training, parts.validation)
  }

  /// How the training is configured.
  public func configuration(_ request: TableTrainingRequest) -> TrainingConfiguration {
    request.configuration(rows: rows.training)
  }

  /// The network of a new training.
  public func description(
    _ request: TableTrainingRequest, startingFrom start: TrainedModel?
  ) throws -> ModelDescription {
    try request.model.description(of: data.task)
  }

  /// What the model files of a new training tell.
  public func record(_ request: TableTrainingRequest) -> TableRecord { data.record }

  /// Prepares what makes samples.
  public func samples(
    of trainer: Trainer, _ record: TableRecord, threads: Int
  ) throws -> (_ step: Int, _ path: String) throws -> [TableSample] {
    let maker = try TableSampleMaker(
      TablePredictor(trainer.network, task: data.task, threads: threads),
      table: parts.validation == nil ? data.table : data.validationTable ?? data.table,
      places: (parts.validation ?? parts.training).places)
    return { _, path in
      let rows = try maker.make()
      let text = rows.map { "\($0)\n" }.joined(separator: "\n")
      try DurableFile.write(Array(text.utf8), to: path + ".txt")
      return rows
    }
  }
}
