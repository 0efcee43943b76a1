internal import Refrain
public import RefrainRuns

extension TablePredictor {
  /// A predictor of a trained model.
  ///
  /// - Parameters:
  ///   - model: a model of a table.
  ///   - threads: how many to use; 0 means all cores. The answers never depend on it.
  /// - Throws: `OtherMaterialError` if it is no model of a table.
  public convenience init(_ model: TrainedModel, threads: Int = 0) throws {
    let task = try model.record(of: TableMaterial.self).task
    self.init(model.network, task: task, threads: threads)
  }
}
