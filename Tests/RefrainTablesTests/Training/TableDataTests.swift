import Foundation
import Refrain
import RefrainTables
import TestSupport
import Testing

struct TableDataTests {
  private func data(
    _ text: String, _ change: (inout TableTrainingRequest) -> Void = { _ in }
  ) throws -> TableData {
    let scratch = try Scratch()
    let path = try scratch.write(text.utf8, "t.csv")
    var request = TableTrainingRequest(table: path, columns: TableColumns(targets: ["y"]))
    change(&request)
    return try TableData(request)
  }

  /// The sentence, with the file's name only.
  private func refused(
    _ text: String, _ change: (inout TableTrainingRequest) -> Void = { _ in }
  ) -> String? {
    sentence { _ = try data(text, change) }?
      .replacing(#/\S*/refrain-[^/]*//#, with: "")
  }

  private let hundred = "x,y\n" + (0..<100).map { "\($0),\($0 % 4 == 0 ? "a" : "b")\n" }.joined()

  @Test func sharesOfEveryClass() throws {
    let data = try data(hundred) { ($0.validation, $0.test) = (.share(0.2), 0.1) }
    #expect(data.split.validation.count == 20 && data.split.test.count == 10)
    #expect(data.split.validation.count { $0 % 4 == 0 } == 5)
    let other = try self.data(hundred) {
      ($0.validation, $0.test, $0.configuration.seed) = (.share(0.2), 0.1, 2)
    }
    #expect(other.split != data.split)
  }

  @Test func aColumnNamesTheParts() throws {
    let text = "x,y,part\n1,a,train\n2,b,Training\n3,a,dev\n4,b,test\n5,b,VALID\n6,a,train\n"
    let data = try data(text) { $0.columns.part = "part" }
    #expect(data.split == RowSplit(training: [0, 1, 5], validation: [2, 4], test: [3]))
    #expect(data.task.inputs == ["x"])
    #expect(
      refused(text + "7,a,best\n") { $0.columns.part = "part" }
        == "line 8 of t.csv has “best” in “part”: write train, validation or test.")
  }

  @Test func aColumnOfPartsAndAShare() throws {
    #expect(
      refused("x,y,p\n1,2,train\n3,4,test\n") { ($0.columns.part, $0.test) = ("p", 0.1) }
        == "Beside a column of parts, the share of rows to test on must be 0.")
  }

  /// Where the column names none to validate on, they are drawn from those to train on.
  @Test func aColumnThatNamesNoValidation() throws {
    let rows = (0..<40).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 < 10 ? "test" : "train")\n" }
    let data = try data("x,y,part\n" + rows.joined()) {
      ($0.columns.part, $0.validation) = ("part", .share(0.2))
    }
    #expect(data.split.test == Array(0..<10))
    #expect(data.split.validation.count == 6 && data.split.training.count == 24)
    #expect(data.split.validation.allSatisfy { $0 >= 10 })
    let none = try self.data("x,y,part\n" + rows.joined()) {
      ($0.columns.part, $0.validation) = ("part", .share(0))
    }
    #expect(none.split.validation.isEmpty)
  }

  /// A class that is read has to be trained on.
  @Test func classesThatAreReadAreInEveryPart() throws {
    let rows = (0..<60).map { "\($0 % 3 == 0 ? "cat" : "dog"),text \($0 / 6)\n" }
    let data = try data("x,y\n" + rows.joined()) {
      ($0.validation, $0.columns.targetKind) = (.share(0.2), .character)
    }
    #expect(data.task.scheme == .oneToMany)
    let inputs = try data.table.texts(of: "x")
    let targets = try data.table.texts(of: "y")
    func share(_ places: [Int], _ column: [String]) -> Set<String> {
      Set(places.map { column[$0] })
    }
    #expect(share(data.split.training, inputs).count == 2)
    #expect(share(data.split.validation, inputs).count == 2)
    let both = zip(inputs, targets).map { "\($0): \($1)" }
    #expect(Set(both).count == 20)
    #expect(share(data.split.validation, both).isDisjoint(with: share(data.split.training, both)))
    let single = try self.data("x,y\n" + (0..<40).map { "\($0 % 2 == 0 ? "a" : "b"),1\n" }.joined())
    {
      $0.validation = .share(0.25)
    }
    #expect(single.task.scheme == .oneToOne && single.split.validation.count == 10)
  }

  @Test func groupsAreNotParted() throws {
    let rows = (0..<60).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),who \($0 / 6)\n" }
    let data = try data("x,y,who\n" + rows.joined()) {
      ($0.columns.group, $0.validation) = ("who", .share(0.3))
    }
    let validation = Set(data.split.validation.map { $0 / 6 })
    #expect(!validation.isEmpty)
    #expect(validation.isDisjoint(with: data.split.training.map { $0 / 6 }))
  }

  @Test func tooLittleToLearnFrom() throws {
    #expect(
      refused("x,y\n1,2\n") == "t.csv has 1 row to train on, up to line 2: give at least two.")
    #expect(
      refused("x,y,p\n1,2,test\n3,4,test\n") { $0.columns.part = "p" }
        == "t.csv has 0 rows to train on, up to line 3: give at least two.")
    #expect(
      refused("x,y\n1,red\n2,red\n3,red\n4,red\n")
        == "All rows of t.csv to train on, from line 2 on, have “red” in “y”: there is nothing to tell "
        + "apart, so add rows of another class.")
    #expect(
      refused(hundred) { ($0.validation, $0.test) = (.share(0.5), 0.5) }
        == "The share of rows to validate and test on must be 0 or more, and together less than 1.")
    #expect(refused("x,y\n1,2,3\n")?.hasPrefix("line 2 of t.csv has 3 fields") == true)
  }
}
