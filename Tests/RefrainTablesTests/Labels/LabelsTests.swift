import Foundation
import RefrainTables
import Testing

struct LabelsTests {
  private let labels = Labels(counting: ["b", "ä", "c", "a", "c", "z", "c", "b"])

  @Test func frequentOnesFirstThenByName() throws {
    #expect(labels.names == ["c", "b", "a", "z", "ä"])
    #expect(labels.counts == [3, 2, 1, 1, 1])
    #expect(labels.count == 5)
    for (index, name) in labels.names.enumerated() {
      #expect(labels[index] == name)
      #expect(try labels.index(of: name) == index)
    }
    #expect(labels.find("d") == nil)
    // In whatever order they come.
    #expect(Labels(counting: ["z", "c", "ä", "c", "b", "a", "b", "c"]) == labels)
  }

  @Test func unknownLabelsNameTheNearest() throws {
    let speakers = Labels(counting: ["ROMEO", "ROMEO", "JULIET", "KING RICHARD II", "GLOUCESTER"])
    let near = #expect(throws: UnknownLabel.self) { try speakers.index(of: "Glocester") }
    #expect(near?.suggestions == ["GLOUCESTER"])
    #expect(
      "\(try #require(near))"
        == "“Glocester” is none of the 4 labels; use one of them, like “GLOUCESTER”.")
    let far = #expect(throws: UnknownLabel.self) { try speakers.index(of: "xy") }
    #expect(far?.suggestions == ["ROMEO", "GLOUCESTER", "JULIET", "KING RICHARD II"])
    let none = #expect(throws: UnknownLabel.self) { try Labels(counting: []).index(of: "a") }
    #expect("\(try #require(none))" == "“a” cannot be a label: there are no classes.")
  }

  @Test func encodedLabelsAreTheSame() throws {
    let json = try JSONEncoder().encode(labels)
    let decoded = try JSONDecoder().decode(Labels.self, from: json)
    #expect(decoded == labels)
    #expect(try decoded.index(of: "z") == 3)
  }

  @Test(arguments: [
    #"{"names": ["a", "a"], "counts": [1, 1]}"#, #"{"names": ["a"], "counts": [0]}"#,
    #"{"names": ["a", "b"], "counts": [1]}"#, #"{"names": ["a"]}"#,
  ])
  func wrongLabelsAreNotDecoded(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Labels.self, from: Data(json.utf8))
    }
  }
}
