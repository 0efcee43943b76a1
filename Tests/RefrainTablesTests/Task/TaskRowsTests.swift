import Foundation
import Refrain
import RefrainTables
import Testing

struct TaskRowsTests {
  /// What goes in comes out the same.
  @Test(arguments: [RowKind.character, .word, .byte])
  func textsComeBack(kind: RowKind) throws {
    let texts = [
      "Héllo,  wörld !", "\"quoted\" (and) bracketed…", "tab\tand\nline", "a", "日本 🙂 e\u{301}",
    ]
    let rows = texts.map { [Table.Value.text($0), .text($0)] }
    var columns = TableColumns(inputs: ["x"], targets: ["y"])
    (columns.inputKind, columns.targetKind, columns.minimumCount) = (kind, kind, 1)
    columns.scheme = .manyToManyDelayed
    let table = Table(columns: ["x", "y"], rows: rows, path: "texts")
    let task = try TableTask(columns, of: table)
    let corpus = try task.rows(of: table).corpus
    #expect(corpus.count == texts.count)
    for (row, text) in texts.enumerated() {
      let (input, target) = (Array(corpus.inputs[row]), Array(corpus.targets[row]))
      #expect(task.input.text(of: input).unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(task.target.text(of: target).unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(target.allSatisfy { (0..<Int32(task.target.size)).contains($0) })
    }
  }

  @Test func numbersHaveMeanZeroAndDeviationOne() throws {
    let table = try csv("a,b,y\n1,7,10\n2,7,20\n3,7,60\n100,7,1000\n")
    let split = RowSplit(training: [0, 1, 2], validation: [3])
    let task = try TableTask(TableColumns(targets: ["y"]), of: table, split: split)
    guard case .numbers(let scale) = task.input, case .numbers(let target) = task.target else {
      Issue.record("numbers are numbers")
      return
    }
    #expect(scale.means == [2, 7])
    #expect(abs(scale.deviations[0] - (2.0 / 3).squareRoot()) < 1e-12)
    #expect(scale.deviations[1] == 1)
    #expect(target.means == [30])
    let rows = try task.rows(of: table, at: split.training)
    let frames = try #require(rows.corpus.frames)
    let values = (0..<3).map { frames[Int(rows.corpus.inputs[$0].first ?? -1)] }
    #expect(values.map { $0[1] } == [0, 0, 0])
    #expect(zip(values, [-1.2247, 0, 1.2247] as [Float]).allSatisfy { abs($0[0] - $1) < 1e-3 })
    let targets = try #require(rows.corpus.targetFrames)
    #expect(abs(targets[0][0] + targets[1][0] + targets[2][0]) < 1e-2)
  }

  @Test func columnsOfArraysAreReadStepByStep() throws {
    let table = try json(
      """
      {"marks": [0, 1], "sum": 2, "values": [5, 6]}
      {"marks": [1, 0, 0], "sum": 7, "values": [7, 8, 9]}
      """)
    let task = try TableTask(TableColumns(targets: ["sum"]), of: table)
    let corpus = try task.rows(of: table).corpus
    #expect((0..<2).map { corpus.inputs[$0].count } == [2, 3])
    #expect((0..<2).map { corpus.targets[$0].count } == [1, 1])
    guard case .sequence(let scale) = task.input, let frames = corpus.frames else {
      Issue.record("arrays are sequences")
      return
    }
    #expect(scale.size == 2)
    let steps = (0..<5).map { step in
      zip(frames[step], zip(scale.means, scale.deviations)).map {
        (Double($0) * $1.1 + $1.0).rounded()
      }
    }
    #expect(steps == [[0, 5], [1, 6], [1, 7], [0, 8], [0, 9]])
    #expect((0..<5).filter { frames.isStart($0) } == [0, 2])
  }

  @Test func setsOfLabels() throws {
    let table = try csv("x,y\nsome,a b\nother,\nmore,b b\nelse,c\n")
    var columns = TableColumns(targets: ["y"])
    columns.targetKind = .labels
    let task = try TableTask(columns, of: table)
    // A label that a row has twice is there once.
    #expect(task.target == .labels(Labels(counting: ["b", "a", "b", "c"])))
    let corpus = try task.rows(of: table).corpus
    let frames = try #require(corpus.targetFrames)
    let sets = (0..<4).map { frames[Int(corpus.targets[$0].first ?? -1)] }
    #expect(sets == [[1, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]])
  }

  @Test func rareSymbolsThatAreReadAreUnknown() throws {
    let table = try json(
      """
      {"x": ["the", "dog", "ran"], "y": ["D", "N", "V"]}
      {"x": ["the", "dog"], "y": ["D", "X"]}
      """)
    let task = try TableTask(TableColumns(targets: ["y"]), of: table)
    #expect(task.input.size == 3)
    let corpus = try task.rows(of: table).corpus
    #expect(task.input.text(of: Array(corpus.inputs[0])) == "the dog <unk>")
    // A target is never unknown.
    #expect(task.target.text(of: Array(corpus.targets[0])) == "D N V")
    let new = try json(#"{"x": ["the", "cat"], "y": ["D", "N"]}"#)
    let rows = try task.rows(of: new).corpus
    #expect(task.input.text(of: Array(rows.inputs[0])) == "the <unk>")
  }

  @Test func longRowsAreLeftOut() throws {
    let table = try csv("x,y\nabc,xy\nabcd,x\nab,xyz\na,z\n")
    var columns = TableColumns(targets: ["y"])
    (columns.longestInput, columns.longestTarget) = (3, 2)
    let task = try TableTask(columns, of: table)
    let rows = try task.rows(of: table)
    #expect(rows.places == [0, 3] && rows.leftOut == [1, 2])
    #expect(rows.corpus.count == 2)
    #expect(
      sentence { _ = try task.rows(of: table, at: [1, 2]) }
        == "No row of t.csv, from line 3 on, is short enough: allow inputs of more than 3 elements, or "
        + "targets of more than 2.")
  }

  @Test func longSequencesOfNumbersAreLeftOut() throws {
    let table = try csv("x,y\n1 2 3,1\n1 2,2\n4 5,3\n")
    var columns = TableColumns(targets: ["y"])
    columns.longestInput = 2
    let rows = try TableTask(columns, of: table).rows(of: table)
    #expect(rows.places == [1, 2] && rows.leftOut == [0])
    #expect(rows.corpus.frames?.count == 4)
  }

  @Test func errorsNameTheLine() throws {
    func refused(_ table: Table, _ change: (inout TableColumns) -> Void = { _ in }) -> String? {
      var columns = TableColumns(targets: ["y"])
      change(&columns)
      return sentence { _ = try TableTask(columns, of: table).rows(of: table) }
    }
    #expect(
      refused(try csv("x,y\nab,1\n\"\",2\n"))
        == "line 3 of t.csv has nothing in “x”: fill it in, or remove the row.")
    #expect(
      refused(try json("{\"x\": [1], \"y\": 1}\n{\"x\": [], \"y\": 1}"))
        == "line 2 of t.jsonl has nothing in “x”: fill it in, or remove the row.")
    #expect(
      refused(try csv("x,y\nab,c\nde,\n"))
        == "line 3 of t.csv has nothing in “y”: fill it in, or remove the row.")
    #expect(
      refused(try json("{\"a\": [1], \"b\": [2], \"y\": 1}\n{\"a\": [1], \"b\": [], \"y\": 1}"))
        == "line 2 of t.jsonl has arrays of different lengths in “a”, “b”: make them equal, or remove the row."
    )
    #expect(
      refused(try json("{\"x\": [\"a\"], \"y\": [\"b\"]}\n{\"x\": [\"a\"], \"y\": [\"b\", \"c\"]}"))
      {
        $0.scheme = .manyToMany
      }
        == "line 2 of t.jsonl has 1 step to read and 2 to predict: make them equal, or choose the scheme "
        + "many-to-many-delayed.")
    #expect(
      refused(try csv("x,y\n1,2\nb,3\n")) { $0.inputKind = .numbers }
        == "line 3 of t.csv has “b” in “x”, where a number is needed: correct it, or remove the row."
    )
  }

  @Test func unknownLabelsNameTheLine() throws {
    let table = try csv("x,y\nab,red\nac,blue\n")
    var columns = TableColumns(targets: ["y"])
    columns.targetKind = .label
    let task = try TableTask(columns, of: table)
    #expect(
      sentence { _ = try task.rows(of: try csv("x,y\nab,red\nac,bleu\n")) }
        == "line 3 of t.csv, column “y”: “bleu” is none of the 2 labels; use one of them, like “blue”."
    )
    // Of characters that are not known, nothing may be left.
    #expect(
      sentence { _ = try task.rows(of: try csv("x,y\nab,red\n日本,red\n")) }
        == "line 3 of t.csv has nothing in “x” that the model knows: remove the row.")
  }

  @Test func taskIsSavedAndRead() throws {
    let table = try json(#"{"s": [1, 2], "y": ["a", "b"]}"#)
    let task = try TableTask(TableColumns(targets: ["y"]), of: table)
    #expect(try JSONDecoder().decode(TableTask.self, from: JSONEncoder().encode(task)) == task)
  }
}
