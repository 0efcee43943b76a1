import Foundation
import Refrain
import RefrainRuns
import RefrainTables
import TestSupport
import Testing

struct TablePredictorTests {
  /// A network as it begins, for what does not depend on what it has learned.
  private func predictor(
    _ table: Table, _ columns: TableColumns, _ name: String = "run"
  ) throws -> TablePredictor {
    let scratch = try Scratch()
    let rows = (0..<table.rowCount).map { row in
      table.columns.indices.map { column -> String in
        if case .text(let text) = table[row: row, column: column] { text } else { "" }
      }.joined(separator: ",")
    }
    let text = ([table.columns.joined(separator: ",")] + rows).joined(separator: "\n")
    var request = TableTrainingRequest(
      table: try scratch.write(text.utf8, "t.csv"), columns: columns)
    (request.model.hidden, request.model.embedding) = (4, 4)
    request.validation = .share(0)
    let run = try TableRun(request, to: scratch.path + "/run")
    try run.save()
    return try TablePredictor(TrainedModel(scratch.path + "/run"))
  }

  @Test func targetsNeedNotBeThere() throws {
    let predictor = try predictor(
      csv("x,y\nab,red\nba,blue\nbb,red\naa,blue\n"), TableColumns(targets: ["y"]))
    let answers = try predictor.answers(to: csv("other,x\n1,ab\n2,a\n"), best: 1)
    #expect(answers.count == 2)
    guard case .label(let choices) = answers[0].value else {
      Issue.record("a class is answered")
      return
    }
    #expect(choices.count == 1 && choices[0].name == answers[0].text)
    #expect(try predictor.answers(to: [[.text("ab")], [.text("a")]], best: 1) == answers)
    #expect(try predictor.answers(to: [] as [[Table.Value]]).isEmpty)
    // Each alone is answered as among others.
    #expect(try predictor.answers(to: [[.text("a")]], best: 1) == [answers[1]])
    #expect(
      sentence { _ = try predictor.answers(to: csv("z\nab\n")) }
        == "t.csv has no column “x”; it has “z”.")
    // As if its unknown letters were not there.
    #expect(try predictor.answers(to: [[.text("a日b")]], best: 1) == [answers[0]])
    #expect(
      sentence { _ = try predictor.answers(to: [[.text("ab")], [.text("日")]]) }
        == "line 2 of the input has nothing in “x” that the model knows: remove the row.")
    #expect(
      sentence { _ = try predictor.answers(to: csv("x\nab\n\"\"\n")) }
        == "line 3 of t.csv has nothing in “x”: fill it in, or remove the row.")
  }

  @Test func unknownClassesAreRefused() throws {
    var columns = TableColumns(targets: ["y"])
    columns.inputKind = .label
    let predictor = try predictor(csv("x,y\nred,1\nblue,2\nred,3\n"), columns)
    #expect(
      sentence { _ = try predictor.answers(to: [[.text("red")], [.text("bleu")]]) }
        == "line 2 of the input, column “x”: “bleu” is none of the 2 labels; use one of them, like “blue”."
    )
  }

  @Test func numbersAreToldInTheirOwnUnit() throws {
    let predictor = try predictor(
      csv("x,y\n1,1000\n2,1001\n3,1002\n"), TableColumns(targets: ["y"]))
    let answers = try predictor.answers(to: [[.number(2)], [.text("2.0")]])
    guard case .numbers(let steps) = answers[0].value else {
      Issue.record("a number is answered")
      return
    }
    // A network that has learned nothing says about the mean, and what it says is written out.
    #expect(abs(steps[0][0] - 1001) < 5)
    #expect(answers[0].text == "\(Float(steps[0][0]))")
    #expect(answers[0] == answers[1])
  }

  @Test func aBeamTellsSeveralSequences() throws {
    let predictor = try predictor(
      csv("x,y\nab,xyz\nba,zyx\nb,xx\n"), TableColumns(targets: ["y"]))
    let answer = try #require(try predictor.answers(to: [[.text("ab")]], beam: 3).first)
    guard case .sequences(let found) = answer.value else {
      Issue.record("a text is answered")
      return
    }
    #expect(found.count == 3 && Set(found.map(\.text)).count == 3)
    #expect(found[0].text == answer.text)
  }

  @Test func otherModelsAreRefused() throws {
    let network = try Network(
      ModelDescription(input: .tokens(3), output: .softmax(3)) { LSTM(4) }, seed: 1)
    #expect(
      sentence {
        _ = try TablePredictor(TrainedModel(ModelFile(network: network), path: "m.safetensors"))
      }
        == "m.safetensors is no table model: it does not tell what it was trained on.")
    let scratch = try Scratch()
    var request = try SmallTable.textToClass.request(in: scratch)
    request.model.hidden = 4
    let run = try TableRun(request, to: scratch.path + "/run")
    try run.save()
    let model = try ModelFile(contentsOf: run.folder.last)
    // What it says of the table is of another network, or impossible.
    let altered = [
      model.information.mapValues {
        $0.replacingOccurrences(of: "many-to-one", with: "one-to-one")
      },
      model.information.mapValues { $0.replacingOccurrences(of: "0x", with: "1x") },
      model.information.mapValues {
        $0.replacingOccurrences(of: "\"longestInput\":1000", with: "\"longestInput\":-1")
      }, ["table": "{}"],
    ]
    for (index, information) in altered.enumerated() {
      #expect(information != model.information, "\(index)")
      #expect(throws: ModelFileError.self) {
        try TablePredictor(
          TrainedModel(
            ModelFile(network: network, information: information), path: "m"))
      }
      #expect(throws: ModelFileError.self, "\(index)") {
        try TablePredictor(
          TrainedModel(
            ModelFile(network: model.network, information: information), path: "m"))
      }
    }
  }
}
