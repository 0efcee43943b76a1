import Foundation
import Refrain
import RefrainRuns
import RefrainTables
import TestSupport
import Testing

struct TableRunTests {
  /// From a file to a model that answers, for every scheme and kind of answer.
  @Test(arguments: SmallTable.allCases)
  func everySchemeIsLearned(small: SmallTable) async throws {
    let scratch = try Scratch()
    let request = try small.request(in: scratch)
    let folder = scratch.path + "/run"
    let run = try TableRun(request, to: folder)
    #expect(run.material.data.task.scheme == small.scheme)
    #expect(run.remarks.first?.hasPrefix(small.scheme.rawValue) == true)
    _ = try await run.train()
    let evaluation = try TableEvaluator(TrainedModel(folder)).evaluate(run.material.data.table)
    #expect(evaluation.rows == run.material.data.table.rowCount)
    switch evaluation.measures {
    case .classes(let matrix):
      #expect(matrix.total == evaluation.rows && matrix.accuracy > 0.95, "\(evaluation)")
    case .sets(let sets):
      #expect(sets.count == evaluation.rows && sets.microF1 > 0.95, "\(evaluation)")
    case .numbers(let columns):
      #expect(columns.count == run.material.data.task.targets.count)
      #expect(columns.allSatisfy { $0.determination > 0.9 }, "\(evaluation)")
    case .steps(let accuracy): #expect(accuracy.value > 0.99, "\(evaluation)")
    case .sequences(let sequences): #expect(sequences.exactMatchRate > 0.6, "\(evaluation)")
    }
    try check(
      try TablePredictor(TrainedModel(folder)).answers(to: run.material.data.table), evaluation, run
    )
  }

  /// Answers are those that were measured.
  private func check(
    _ answers: [TableAnswer], _ evaluation: TableEvaluation, _ run: TableRun
  ) throws {
    #expect(answers.count == evaluation.rows)
    for answer in answers {
      switch answer.value {
      case .label(let choices), .labels(let choices):
        #expect(zip(choices, choices.dropFirst()).allSatisfy { $0.probability >= $1.probability })
        #expect(choices.allSatisfy { (0...1).contains($0.probability) })
      case .steps(let choices):
        #expect(choices.allSatisfy { (0...1).contains($0.probability) })
        #expect(answer.text == choices.map(\.name).joined(separator: " "))
      case .sequences(let found):
        #expect(found.count == 1 && found[0].text == answer.text)
        #expect((0...1).contains(found[0].probability))
      case .numbers(let numbers): #expect(numbers.allSatisfy { $0.allSatisfy(\.isFinite) })
      }
    }
    guard case .classes(let matrix) = evaluation.measures else { return }
    let right = try run.material.data.table.texts(of: "y")
    let share = Double(zip(answers, right).count { $0.text == $1 }) / Double(right.count)
    #expect(abs(share - matrix.accuracy) < 1e-9)
  }

  @Test(arguments: [SequenceUnit.tcn, .window])
  func convolutionsLearnFromTables(unit: SequenceUnit) async throws {
    for small in [SmallTable.textToClass, .symbolsToTags] {
      let scratch = try Scratch()
      var request = try small.request(in: scratch)
      request.model.cell = unit
      let folder = scratch.path + "/run"
      let run = try TableRun(request, to: folder)
      _ = try await run.train()
      switch try TableEvaluator(TrainedModel(folder)).evaluate(run.material.data.table).measures {
      case .classes(let matrix): #expect(matrix.accuracy > 0.95)
      case .steps(let accuracy): #expect(accuracy.value > 0.99)
      default: Issue.record("\(small) is measured otherwise")
      }
    }
  }

  @Test func aRunFolderIsFilled() async throws {
    let scratch = try Scratch()
    var request = try SmallTable.textToClass.request(in: scratch, epochs: 20)
    request.validation = .share(0.2)
    let run = try TableRun(request, to: scratch.path + "/run")
    #expect(run.material.rows.training + run.material.rows.validation == 80)
    var samples: [[TableSample]] = []
    var evaluations = 0
    for try await event in run {
      switch event {
      case .sample(let rows, _): samples.append(rows)
      case .training(.evaluation): evaluations += 1
      case .training: break
      }
    }
    #expect(evaluations > 1 && samples.count == evaluations)
    #expect(samples.allSatisfy { $0.count == 8 })
    let last = try #require(samples.last?.first)
    #expect(last.input.contains("good") || last.input.contains("bad"))
    for file in [run.folder.last, run.folder.best, run.folder.metrics] {
      #expect(FileManager.default.fileExists(atPath: file))
    }
    let written = try FileManager.default.contentsOfDirectory(atPath: run.folder.samples)
    #expect(written.count == samples.count)
    let text = try String(
      contentsOfFile: run.folder.samples + "/" + (written.sorted().last ?? ""), encoding: .utf8)
    #expect(text.contains("\(last)\n"))
  }

  /// Stopped and resumed, with another number of threads, it is the same training.
  @Test(arguments: [SmallTable.textToClass, .textToSymbols, .symbolsToTags, .numbersToNumbers])
  func resumedRunsAreTheSame(small: SmallTable) async throws {
    let scratch = try Scratch()
    var request = try small.request(in: scratch)
    request.validation = .share(0.1)
    request.model.dropout = 0.2
    request.limits = TrainingLimits(steps: 30)
    let whole = try TableRun(request, to: scratch.path + "/whole")
    _ = try await whole.train()
    request.limits = TrainingLimits(steps: 17)
    request.threads = 2
    _ = try await TableRun(request, to: scratch.path + "/part").train()
    let resumed = try TableRun(
      resuming: scratch.path + "/part", limits: TrainingLimits(steps: 30), threads: 2)
    #expect(resumed.material.data.split == whole.material.data.split)
    _ = try await resumed.train()
    let (a, b) = (whole.trainer.network, resumed.trainer.network)
    #expect(whole.trainer.progress.step == 30 && resumed.trainer.progress.step == 30)
    for name in a.parameterNames {
      #expect(a.values(of: name) == b.values(of: name), "\(name)")
    }
  }

  @Test func changedAndMovedTables() async throws {
    let scratch = try Scratch()
    var request = try SmallTable.textToClass.request(in: scratch)
    request.limits = TrainingLimits(steps: 2)
    let folder = scratch.path + "/run"
    _ = try await TableRun(request, to: folder).train()
    let limits = TrainingLimits(steps: 4)
    let other = scratch.path + "/moved.csv"
    try FileManager.default.moveItem(atPath: request.table, toPath: other)
    #expect(throws: InputFileError.moved(path: request.table, to: other)) {
      try TableRun(resuming: folder, limits: limits)
    }
    let moved = try TableRun(resuming: folder, limits: limits, moved: [request.table: other])
    let model = try TrainedModel(moved.folder.last)
    let data = try TableData(of: model, moved: [request.table: other])
    #expect(data.split == moved.material.data.split && data.task == moved.material.data.task)
    _ = try await moved.train()
    #expect(moved.trainer.progress.step == 4)
    _ = try scratch.write("x,y\na,b\nc,d\n".utf8, SmallTable.textToClass.name)
    #expect(
      sentence { _ = try TableRun(resuming: folder, limits: limits) }
        == "\(request.table) has changed since it was first read: put the old file back, or begin a new "
        + "run."
    )
  }

  @Test func nothingIsLeftOfARunThatCannotBegin() throws {
    let scratch = try Scratch()
    var request = try SmallTable.textToClass.request(in: scratch)
    request.columns.inputs = ["z"]
    let folder = scratch.path + "/run"
    #expect(throws: TableError.self) { try TableRun(request, to: folder) }
    #expect(!FileManager.default.fileExists(atPath: folder))
    request.columns.inputs = []
    request.model.hidden = 1 << 20
    #expect(
      sentence { _ = try TableRun(request, to: folder) }?
        .hasPrefix("This training needs at least ") == true)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func notesSayWhatWasDecided() throws {
    let scratch = try Scratch()
    func remarks(
      _ text: String, _ name: String, _ change: (inout TableTrainingRequest) -> Void = { _ in }
    ) throws -> [String] {
      var request = TableTrainingRequest(
        table: try scratch.write(text.utf8, name), columns: TableColumns(targets: ["y"]))
      request.model.hidden = 4
      change(&request)
      return try TableRun(request, to: scratch.path + "/" + name + "-run").remarks
    }
    let classes = "x,y\n" + (0..<20).map { "t\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    #expect(
      try remarks(classes + "long text,c\n", "one.csv").dropFirst() == [
        "“c”, in line 22 of \(scratch.path)/one.csv, has only one example. It is used for training, so how "
          + "well it is learned cannot be measured."
      ])
    let long = try remarks(classes + "long text,a\nlonger text,a\n", "long.csv") {
      ($0.columns.longestInput, $0.validation) = (5, .share(0))
    }
    #expect(
      long == [
        "many-to-one: from “x” (text by character, 19 different ones) to “y” (one of 2 labels).",
        "2 rows are left out, the first in line 22: inputs may have at most 5 time steps, outputs at most 200.",
        "There is no validation part, so the training loss decides which model is best.",
      ])
    let digits = "x,y\n" + (0..<20).map { "t\($0),\($0 % 4)\n" }.joined()
    #expect(
      try remarks(digits, "digits.csv").last
        == "“y” has 4 different whole numbers, which are learned as numbers: if they stand for classes, set "
        + "its kind to label.")
  }

  @Test func aTableOfItsOwnToValidateOn() async throws {
    let scratch = try Scratch()
    var request = try SmallTable.textToClass.request(in: scratch)
    let other = try scratch.write("x,y\ngood one,0x\nbad one,1x\n".utf8, "other.csv")
    request.validation = .file(other)
    request.limits = TrainingLimits(steps: 2)
    let run = try TableRun(request, to: scratch.path + "/run")
    #expect(run.material.rows.training == 80 && run.material.rows.validation == 2)
    _ = try await run.train()
    let wrong = try scratch.write("x,y\ngood one,0x\nbad one,2x\n".utf8, "other.csv")
    request.validation = .file(wrong)
    #expect(
      sentence { _ = try TableRun(request, to: scratch.path + "/wrong") }
        == "line 3 of \(wrong), column “y”: “2x” is none of the 2 labels; use one of them, like “0x”, “1x”."
    )
  }
}
