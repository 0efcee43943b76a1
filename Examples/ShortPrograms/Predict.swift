import RefrainTables

/// Answers the rows of a table with a trained model, each with its likeliest answers.
func predict(_ model: String, for table: String) throws {
  let predictor = try TablePredictor(TrainedModel(model))
  print("reads \(predictor.task.inputs), predicts \(predictor.task.targets)")
  for answer in try predictor.answers(to: TableFile.read(table), best: 2) {
    switch answer.value {
    case .label(let choices), .labels(let choices):
      print(choices.map { "\($0.name) \($0.probability)" }.joined(separator: ", "))
    case .sequences(let sequences):
      print("\(answer.text), probability \(sequences[0].probability)")
    case .numbers, .steps: print(answer.text)
    }
  }
}
