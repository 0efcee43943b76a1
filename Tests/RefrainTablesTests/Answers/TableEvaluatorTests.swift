import Foundation
import Refrain
import RefrainRuns
import RefrainTables
import TestSupport
import Testing

struct TableEvaluatorTests {
  private func evaluator(
    _ text: String, _ change: (inout TableTrainingRequest) -> Void = { _ in }
  ) throws -> (TableEvaluator, TableData) {
    let scratch = try Scratch()
    var request = TableTrainingRequest(
      table: try scratch.write(text.utf8, "t.csv"), columns: TableColumns(targets: ["y"]))
    (request.model.hidden, request.model.embedding) = (4, 4)
    request.validation = .share(0)
    change(&request)
    let run = try TableRun(request, to: scratch.path + "/run")
    try run.save()
    return (try TableEvaluator(TrainedModel(scratch.path + "/run")), run.material.data)
  }

  @Test func onlyTheRowsThatAreAskedFor() throws {
    let rows = (0..<40).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }
    let (evaluator, data) = try evaluator("x,y\n" + rows.joined()) { $0.test = 0.25 }
    let evaluation = try evaluator.evaluate(data.table, rows: data.split.test)
    #expect(evaluation.rows == 10)
    guard case .classes(let matrix) = evaluation.measures else {
      Issue.record("classes are measured")
      return
    }
    #expect(matrix.total == 10 && matrix.examples(of: 0) == 5)
    // Two classes, and nothing learned.
    #expect(evaluation.loss > 0.1 && evaluation.loss < 3)
  }

  @Test func unknownTargetsNameTheLine() throws {
    let (evaluator, _) = try evaluator("x,y\nab,red\nba,blue\nbb,red\naa,blue\n")
    #expect(
      sentence { _ = try evaluator.evaluate(csv("x,y\nab,red\nab,green\n")) }
        == "line 3 of t.csv, column “y”: “green” is none of the 2 labels; use one of them, like “blue”, “red”."
    )
    #expect(
      sentence { _ = try evaluator.evaluate(csv("x,z\nab,red\n")) }
        == "t.csv has no column “y”; it has “x”, “z”.")
  }

  @Test func tooLongTargetsAreLeftOutAndCounted() throws {
    let (evaluator, _) = try evaluator("x,y\nab,xyz\nba,zyx\nb,xx\n") {
      $0.columns.longestTarget = 3
    }
    let evaluation = try evaluator.evaluate(csv("x,y\nab,xyzx\nb,x\n"))
    #expect(evaluation.rows == 1 && evaluation.leftOut == 1)
    #expect(
      sentence { _ = try evaluator.evaluate(csv("x,y\nab,xyzx\n")) }
        == "No row of t.csv, from line 2 on, is short enough: allow inputs of more than 1000 elements, or "
        + "targets of more than 3.")
  }

  /// Of a word with two pronunciations, either is right, and it is predicted once.
  @Test func anyTargetOfAnInputIsRight() async throws {
    let scratch = try Scratch()
    let rows = ["a,x y", "a,y x", "b,x x", "c,y y"].map { $0 + "\n" }.joined()
    var request = TableTrainingRequest(
      table: try scratch.write(("x,y\n" + rows).utf8, "t.csv"),
      columns: TableColumns(targets: ["y"]))
    (request.columns.inputKind, request.columns.targetKind) = (.character, .symbols)
    request.columns.scheme = .manyToManyDelayed
    (request.model.hidden, request.model.embedding, request.validation) = (16, 8, .share(0))
    request.configuration.learningRate = 0.02
    request.limits = TrainingLimits(epochs: 150)
    let run = try TableRun(request, to: scratch.path + "/run")
    _ = try await run.train()
    let evaluation = try TableEvaluator(TrainedModel(scratch.path + "/run")).evaluate(
      run.material.data.table)
    guard case .sequences(let measures) = evaluation.measures else {
      Issue.record("sequences are measured")
      return
    }
    #expect(measures.count == 3 && evaluation.rows == 4)
    #expect(measures.exactMatches == 3)
    #expect(evaluation.description.hasSuffix("exact 1.0, token error rate 0.0"))
  }
}
