import Refrain
import RefrainTables

/// Trains a network that reads the other columns of a table and predicts `column`.
func trainOnTable(_ table: String, predicting column: String, to folder: String) async throws {
  var request = TableTrainingRequest(table: table, columns: TableColumns(targets: [column]))
  request.model.hidden = 32
  request.model.embedding = 16
  request.limits = TrainingLimits(epochs: 40)

  let run = try TableRun(request, to: folder)
  // What was recognised in the columns, and what was chosen for them.
  for remark in run.remarks { print(remark) }
  for try await event in run {
    switch event {
    case .training(.evaluation(let report)):
      print("step \(report.step): validation loss \(report.loss)")
    case .training(.end(let end)): print(end.explanation)
    default: continue
    }
  }
}
