import Refrain
import RefrainTables
import RefrainText

/// Measures a text model on a text, beside what counting and compressing reach.
func evaluateText(_ model: String, on text: String) throws {
  let evaluator = try TextEvaluator(TrainedModel(model))
  let (evaluation, _) = try evaluator.evaluate([text], folder: model)
  print("\(evaluation.tokens) tokens, perplexity \(evaluation.perplexity)")
  print("network: \(evaluation.bitsPerCharacter) bits per character")
  if let baselines = evaluation.baselines {
    print("n-grams: \(baselines.ngram.bitsPerCharacter) bits per character")
    print("gzip: \(baselines.gzip.bitsPerCharacter) bits per character")
  }
  if let remark = evaluation.remark { print(remark) }
}

/// Measures a model of a table on rows whose answers are known.
func evaluateTable(_ model: String, on table: String) throws {
  let evaluation = try TableEvaluator(TrainedModel(model)).evaluate(TableFile.read(table))
  print(evaluation)
  if case .classes(let matrix) = evaluation.measures {
    print("accuracy \(matrix.accuracy), macro F1 \(matrix.macroF1)")
  }
}
