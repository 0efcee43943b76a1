import Foundation
import TestSupport
import Testing

/// The examples that work on a table: words, and which of two languages each is of.
struct TableExampleTests {
  private let programs = ExampleProgram(name: "ShortPrograms")

  /// Words of four syllables or more, all different; those of northern languages end with n here.
  private static func words(_ places: some Sequence<Int>) -> String {
    let syllables = ["ka", "to", "mi", "ru", "ne", "so"]
    return places.reduce(into: "word\tlanguage\n") { table, index in
      var rest = 216 + 5 * index
      while rest > 0 {
        table += syllables[rest % 6]
        rest /= 6
      }
      table += index % 5 < 2 ? "n\tnorth\n" : "\tsouth\n"
    }
  }

  @Test func `A table is learned, rows are answered, and the answers measured`() throws {
    try withTemporaryFolder { folder in
      func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
      }
      try write(Self.words((0..<200).filter { $0 % 7 != 3 }), to: "words.tsv")
      try write(Self.words((0..<200).filter { $0 % 7 == 3 }), to: "others.tsv")
      try write("word\nsonekamin\nsonekami\n", to: "new.tsv")

      let training = try programs.run("train-on-table", "words.tsv", "language", "run", in: folder)
      #expect(training.output.contains("validation loss "))
      #expect(training.output.hasSuffix("All steps are done.\n"))

      let evaluation = try programs.run("evaluate-table", "run", "others.tsv", in: folder)
      #expect(evaluation.output.hasPrefix("29 rows, loss "))
      let accuracy = try #require(evaluation.lines(after: "accuracy ").first)
      #expect(try #require(Double(accuracy.prefix { $0 != "," })) > 0.9)

      let answers = try programs.run("predict", "run", "new.tsv", in: folder).output
        .split(separator: "\n")
      #expect(answers.first == #"reads ["word"], predicts ["language"]"#)
      #expect(answers.dropFirst().map { $0.prefix(5) } == ["north", "south"])
    }
  }
}
