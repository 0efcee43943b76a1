public import Refrain
public import RefrainRuns
public import RefrainTools

/// A table that several units learn, to be compared.
///
/// ```swift
/// let columns = TableColumns(targets: ["speaker"])
/// let task = try TableComparison(TableTrainingRequest(table: "speakers.csv", columns: columns))
/// for try await event in try UnitComparison(task, units: [.lstm, .gru]) {
///   if case .end(let result) = event { print(result.compared.unit, result.best?.loss ?? .nan) }
/// }
/// ```
public struct TableComparison: ComparedTask {
  /// The table, its parts and what is learned from it.
  public let data: TableData
  /// The rows to train on and to validate on, without those that are left out.
  public let rows: (training: Int, validation: Int)
  /// How all units are trained.
  public let configuration: TrainingConfiguration
  /// When each training ends.
  public let limits: TrainingLimits
  /// Sentences about what was decided for the user.
  public let remarks: [String]
  private let training: RowCorpus
  private let validation: RowCorpus
  private let model: TableModel
  private let threads: Int

  /// Reads the table.
  ///
  /// - Parameter request: the training that all units have in common, whatever its own unit is.
  /// - Throws: ``TableError``, ``TableTaskError``, or ``TableTrainingError`` if there is nothing to compare: rows
  ///   of one step, no rows to validate on.
  public init(_ request: TableTrainingRequest) throws {
    data = try TableData(request)
    guard data.task.scheme != .oneToOne else { throw TableTrainingError.onlyOneStep }
    let training = try data.training()
    guard let validation = try data.validation() else { throw TableTrainingError.noValidation }
    self.training = training.corpus
    self.validation = validation.corpus
    rows = (training.places.count, validation.places.count)
    configuration = request.configuration(rows: rows.training)
    remarks = TableRemarks(data).sentences(training, validation)
    (model, limits, threads) = (request.model, request.limits, request.threads)
  }

  /// Units of each layer of the LSTM.
  public var hidden: Int { model.hidden }

  /// The network of a unit.
  ///
  /// - Throws: ``TableTrainingError`` if the scheme has no use for the unit.
  public func network(of unit: SequenceUnit, hidden: Int) throws -> ComparedNetwork {
    var model = model
    (model.cell, model.hidden) = (unit, hidden)
    let longest = (0..<training.count).map { training.inputs[$0].count }.max() ?? 1
    model.layers = max(model.layers, unit.layers(seeing: longest))
    return ComparedNetwork(try model.description(of: data.task), layers: model.layers)
  }

  /// Bytes of the workspace that a network is trained in.
  ///
  /// - Throws: `TrainingMemoryError`.
  public func workspaceBytes(of description: ModelDescription) throws -> Double {
    let memory = try TrainingMemory(
      description, configuration, training: .rows(training), validation: .rows(validation))
    try memory.check()
    return memory.workspace
  }

  /// The training of a network.
  public func trainer(of network: Network) throws -> Trainer {
    try Trainer(
      network, rows: training, validation: validation, configuration: configuration,
      limits: limits, threads: threads)
  }
}
