import Refrain
import RefrainTables
import Testing

struct RecognitionTests {
  private func task(
    _ table: Table, _ change: (inout TableColumns) -> Void = { _ in }
  ) throws -> TableTask {
    var columns = TableColumns(targets: ["y"])
    change(&columns)
    return try TableTask(columns, of: table)
  }

  @Test func numbersAndClasses() throws {
    let table = try csv("a,b,y\n1, 2.5 ,red\n-3,4e1,blue\n5,6,red\n7,8,blue\n")
    let task = try task(table)
    #expect(task.inputs == ["a", "b"])
    #expect(task.input.kind == .numbers && task.input.size == 2)
    #expect(task.target == .label(Labels(counting: ["red", "blue", "red", "blue"])))
    #expect(task.scheme == .oneToOne)
  }

  /// Words that only begin like numbers are none.
  @Test(arguments: ["nan", "inf", "1a", "-", "1 2", "0x"])
  func noNumber(text: String) throws {
    let table = try csv("x,y\n\(text),1\n2,2\n3,3\n")
    #expect(try task(table).input.kind != .numbers)
  }

  @Test func textsAndClasses() throws {
    let table = try csv("x,y\nhello there,a\ngood bye,b\nwell met,a\nfare well,b\n")
    #expect(try task(table).scheme == .manyToOne)
    #expect(try task(table).input.kind == .character)
    #expect(try task(table).target.kind == .label)
  }

  /// Each text has to be there twice on average.
  @Test func manyTextsAreNoClasses() throws {
    let table = try csv("x,y\n1,a\n2,b\n3,c\n4,a\n5,d\n")
    #expect(try task(table).target.kind == .character)
    #expect(try task(table).scheme == .oneToMany)
    #expect(try task(table) { $0.scheme = .oneToOne }.target.kind == .label)
    #expect(try task(table) { $0.targetKind = .label }.scheme == .oneToOne)
  }

  @Test func longTextsAreNoClasses() throws {
    let long = String(repeating: "long", count: 13)
    let table = try csv("x,y\n1,\(long)1\n2,\(long)2\n3,\(long)1\n4,\(long)2\n")
    #expect(try task(table).target.kind == .character)
  }

  @Test func classesToTexts() throws {
    let table = try csv("x,y\ncat,one purrs\ndog,two bark\ncat,three sleep\ndog,four run\n")
    let task = try task(table)
    #expect(task.input.kind == .label && task.target.kind == .character)
    #expect(task.scheme == .oneToMany)
  }

  @Test func textsToSymbols() throws {
    // All texts are different, so none is a class.
    let rows = (0..<20).map { row in
      "w\(row)\(row % 2),\((0...row).map { $0 % 3 == 0 ? "A" : "B" }.joined(separator: " "))\n"
    }
    let task = try task(try csv("x,y\n" + rows.joined()))
    #expect(task.input.kind == .character && task.target.kind == .symbols)
    #expect(task.scheme == .manyToManyDelayed)
  }

  @Test func charactersInStep() throws {
    let rows = (1..<21).map { row in
      "\(String(repeating: "ab", count: row)),"
        + "\((0..<2 * row).map { $0 % 2 == 0 ? "A" : "B" }.joined(separator: " "))\n"
    }
    let task = try task(try csv("x,y\n" + rows.joined()))
    #expect(task.input.kind == .character && task.scheme == .manyToMany)
    let delayed = try self.task(try csv("x,y\n" + rows.joined())) {
      $0.scheme = .manyToManyDelayed
    }
    #expect(delayed.scheme == .manyToManyDelayed && delayed.input.kind == .character)
  }

  @Test func wordsAndTheirTags() throws {
    let rows = (1..<21).map { row in
      "\(Array(repeating: "the dog", count: row).joined(separator: " ")),"
        + "\(Array(repeating: "D N", count: row).joined(separator: " "))\n"
    }
    let task = try task(try csv("x,y\n" + rows.joined()))
    #expect(task.input.kind == .symbols && task.target.kind == .symbols)
    #expect(task.scheme == .manyToMany)
  }

  @Test func arrays() throws {
    let sequences = try json(
      """
      {"a": [1, 2], "b": [0, 1], "y": 3}
      {"a": [1, 2, 3], "b": [0, 1, 0], "y": 4}
      """)
    #expect(try task(sequences).input.kind == .sequence)
    #expect(try task(sequences).input.size == 2)
    #expect(try task(sequences).scheme == .manyToOne)
    let symbols = try json(#"{"x": ["a", "b"], "y": ["c", "d"]}"#)
    #expect(try task(symbols).scheme == .manyToMany)
    #expect(try task(symbols) { $0.scheme = .manyToOne }.target.kind == .labels)
    let inStep = try csv("x,y\n1 2 3,4 5 6\n1 2,7 8\n")
    #expect(try task(inStep).scheme == .manyToMany)
    #expect(try task(inStep).target.kind == .sequence)
  }

  /// Digits are read one by one where the scheme needs steps.
  @Test func numbersAsTexts() throws {
    let table = try csv("x,y\n120,3\n7,7\n")
    let task = try task(table) { $0.scheme = .manyToOne }
    #expect(task.input.kind == .character && task.target.kind == .numbers)
  }

  @Test func textsToTexts() throws {
    let table = try csv("x,y\nabc,xyz\nde,uv\n")
    #expect(try task(table).scheme == .manyToManyDelayed)
  }

  @Test func columnsThatAreNeededAreNotRead() throws {
    let table = try csv("part,x,who,y\ntrain,1,a,b\ntrain,2,a,b\n")
    let task = try task(table) { ($0.part, $0.group) = ("part", "who") }
    #expect(task.inputs == ["x"])
  }

  @Test func whatCannotBe() throws {
    let numbers = try csv("a,y\n1,2\n3,4\n")
    func refused(_ table: Table, _ change: (inout TableColumns) -> Void) -> String? {
      sentence { _ = try task(table, change) }
    }
    #expect(
      refused(numbers) { $0.inputs = ["a", "y"] }
        == "The column “y” of t.csv is both an input and a target: leave it out of one of them."
    )
    #expect(
      refused(numbers) { $0.inputs = ["A"] }
        == "t.csv has no column “A”; “a” may be meant; it has “a”, “y”.")
    #expect(
      refused(numbers) { $0.targets = [] }
        == "No target column of t.csv is named: name one of “a”, “y”.")
    #expect(
      refused(numbers) { $0.targets = ["a", "y"] }
        == "No column of t.csv is left to read: it has “a”, “y”.")
    #expect(
      refused(numbers) { ($0.scheme, $0.inputKind) = (.manyToOne, .numbers) }
        == "many-to-one does not go with t.csv, where numbers would be read and numbers predicted: choose another "
        + "scheme, or name the kinds of the columns.")
    #expect(
      refused(try csv("a,b,y\n1,x,2\n3,y,4\n")) { _ in }
        == "The columns “a”, “b” of t.csv cannot be read together, as they are not all numbers or all arrays "
        + "of numbers: choose one of them, or those that are.")
    // A decoder predicts tokens.
    #expect(
      refused(try csv("x,y\n1 2,3\n4 5 6,7 8\n")) { _ in }
        == "many-to-many-delayed does not go with t.csv, where a sequence of numbers would be read and a "
        + "sequence of numbers predicted: choose another scheme, or name the kinds of the columns.")
  }
}
