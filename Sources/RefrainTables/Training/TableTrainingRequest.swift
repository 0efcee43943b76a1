internal import Refrain
public import RefrainRuns

extension TableMaterial {
  /// What only a training on a table can be asked for.
  public struct Options: Sendable {
    /// Where the rows to validate on come from.
    public enum Validation: Equatable, Sendable {
      /// This share of the rows, drawn by chance; 0 for none. What is validated on has not been trained on: rows
      /// with the same input are not parted, or, where a class is read, those with the same target for it.
      case share(Double)
      /// A table of its own, with the same columns.
      case file(String)
    }

    /// What is read and what should be predicted.
    public var columns: TableColumns
    /// The network.
    public var model = TableModel()
    /// True where the model is evaluated after each epoch, but not before 50 steps are done, whatever
    /// `configuration.evaluateEvery` is.
    public var evaluatesEachEpoch = true
    /// Where the rows to validate on come from; rows that ``TableColumns/part`` names go before.
    public var validation = Validation.share(0.1)
    /// The share of the rows that are kept to test on; 0 where ``TableColumns/part`` is set. With a share to
    /// validate on it is less than 1.
    public var test = 0.0
  }
}

extension TrainingRequest where M == TableMaterial {
  /// A training on the table in the file at `table`; its seed also decides which rows are validated on.
  public init(table: String, columns: TableColumns) {
    self.init(
      inputs: [table], options: M.Options(columns: columns), limits: TrainingLimits(epochs: 30))
    configuration.batchSize = 32
    configuration.clip = 1
  }

  /// The file of the table.
  public var table: String {
    get { inputs[0] }
    set { inputs = [newValue] }
  }

  /// Steps between two evaluations at least: each writes a model.
  private static var leastSteps: Int { 50 }

  /// The configuration of a training on so many rows.
  func configuration(rows: Int) -> TrainingConfiguration {
    var configuration = configuration
    if options.evaluatesEachEpoch, configuration.batchSize > 0 {
      let steps = (rows + configuration.batchSize - 1) / configuration.batchSize
      configuration.evaluateEvery = max(steps, Self.leastSteps)
    }
    return configuration
  }
}
