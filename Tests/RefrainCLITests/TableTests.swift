import Foundation
import Testing

@Suite("Tables: train, resume, predict, evaluate, info")
struct TableTests {
  /// What is trained, and what stands in the sentence about it.
  struct Scheme: CustomTestStringConvertible, Sendable {
    let table: String
    let options: [String]
    let name: String
    let measure: String
    var testDescription: String { name }

    static let all = [
      Scheme(
        table: "numbers.csv", options: ["--target-column", "sum", "--layers", "0"],
        name: "one-to-one", measure: "R²"),
      Scheme(
        table: "words.tsv",
        options: [
          "--target-column", "word", "--input-column", "language", "--target-kind", "char",
        ], name: "one-to-many", measure: "answered exactly"),
      Scheme(
        table: "words.tsv",
        options: [
          "--target-column", "language", "--input-column", "word", "--input-kind", "char",
        ],
        name: "many-to-one", measure: "Confusion matrix"),
      Scheme(
        table: "letters.tsv",
        options: ["--target-column", "cases", "--scheme", "many-to-many"],
        name: "many-to-many", measure: "of the time steps"),
      Scheme(
        table: "words.tsv",
        options: [
          "--target-column", "sounds", "--input-column", "word", "--scheme",
          "many-to-many-delayed",
        ], name: "many-to-many-delayed", measure: "Token error rate"),
    ]
  }

  @Test(arguments: Scheme.all) func wholeWay(_ scheme: Scheme) throws {
    let sandbox = try Sandbox.withTables()
    let trained = try sandbox.refrain(
      ["train", scheme.table, "--to", "run", "--steps", "20"] + scheme.options + smallTable)
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.output.contains("\(scheme.name): from"), "\(trained.output)")
    #expect(trained.output.contains("8 rows in each training step"))
    let resumed = try sandbox.refrain(["resume", "run", "--steps", "30", "--json"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try resumed.jsonLines().last?["step"] as? Int == 30)

    let evaluated = try sandbox.refrain(["evaluate", "run"])
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    #expect(evaluated.output.contains(scheme.measure), "\(evaluated.output)")
    let onTable = try sandbox.refrain(["evaluate", "run", scheme.table, "--json"])
    #expect(try onTable.jsonLines().first?["loss"] is Double, "\(onTable.errors)")

    let answers = try sandbox.refrain(["predict", "run", scheme.table])
    #expect(answers.status == 0, "\(answers.errors)")
    let rows = try sandbox.text(scheme.table).split(separator: "\n").count
    #expect(answers.output.split(separator: "\n").count == rows, "a line of names, and one per row")
    let told = try sandbox.refrain(["predict", "run", scheme.table, "--json"]).jsonLines()
    #expect(told.count == rows - 1 && told.allSatisfy { $0["answer"] is String })

    let info = try sandbox.refrain(["info", "run"])
    #expect(info.output.contains("\(scheme.name): from"), "\(info.output) \(info.errors)")
    let facts = try sandbox.refrain(["info", "run", "--json"]).jsonLines()
    #expect((facts.first?["table"] as? [String: Any])?["scheme"] as? String == scheme.name)
  }

  @Test func theSameRowsAgain() throws {
    let sandbox = try Sandbox.withTables()
    let options = ["--target-column", "language", "--input-column", "word"] + smallTable
    let straight = try sandbox.refrain(
      ["train", "words.tsv", "--to", "straight", "--steps", "30"] + options)
    #expect(straight.status == 0, "\(straight.errors)")
    _ = try sandbox.refrain(["train", "words.tsv", "--to", "run", "--steps", "13"] + options)
    _ = try sandbox.refrain(["resume", "run", "--steps", "30"])
    #expect(
      try sandbox.bytes("run/last.safetensors").count
        == sandbox.bytes("straight/last.safetensors").count)
    let losses = try ["straight", "run"].map { run in
      try sandbox.refrain(["evaluate", run + "/last.safetensors", "words.tsv", "--json"]).output
    }
    #expect(losses[0] == losses[1])
    let configured = try sandbox.refrain([
      "train", "--config", "run/config.json", "--to", "again", "--steps", "30",
    ])
    #expect(configured.status == 0, "\(configured.errors)")
    let again = try sandbox.refrain(
      ["evaluate", "again/last.safetensors", "words.tsv", "--json"])
    #expect(again.output == losses[0])
  }

  @Test func linesOfText() throws {
    let sandbox = try Sandbox.withTables()
    _ = try sandbox.refrain(
      [
        "train", "words.tsv", "--to", "run", "--steps", "20", "--target-column", "language",
        "--input-column", "word", "--input-kind", "char",
      ] + smallTable)
    let answers = try sandbox.refrain(["predict", "run", "-"], input: "katon\n\nmi\n")
    let lines = answers.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "language\tprobability", "\(answers.errors)")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("north\t") || $0.hasPrefix("south\t") })
  }

  @Test func aDecoderDrawsOrFollowsABeam() throws {
    let sandbox = try Sandbox.withTables()
    _ = try sandbox.refrain(
      [
        "train", "words.tsv", "--to", "run", "--steps", "20", "--target-column", "sounds",
        "--input-column", "word", "--scheme", "many-to-many-delayed",
      ] + smallTable)
    let drawn = try (0..<2).map { _ in
      try sandbox.refrain(
        ["predict", "run", "words.tsv", "--temperature", "0.8", "--seed", "3", "--length", "6"])
    }
    #expect(drawn[0].status == 0 && drawn[0].output == drawn[1].output, "\(drawn[0].errors)")
    let other = try sandbox.refrain(
      ["predict", "run", "words.tsv", "--temperature", "0.8", "--seed", "4", "--length", "6"])
    #expect(other.output != drawn[0].output)
    let beam = try sandbox.refrain(["predict", "run", "words.tsv", "--beam", "3", "--json"])
    let best = try #require(beam.jsonLines().first?["best"] as? [[String: Any]])
    let probabilities = best.compactMap { $0["probability"] as? Double }
    #expect(best.count == 3 && probabilities.allSatisfy { (0...1).contains($0) })
    let both = try sandbox.refrain(
      ["predict", "run", "words.tsv", "--beam", "3", "--temperature", "0.8"])
    #expect(both.status == 64)
  }

  @Test func whatCannotBeIsSaid() throws {
    let sandbox = try Sandbox.withTables()
    func refuses(_ arguments: [String], _ words: String, status: Int32 = 1) throws {
      let outcome = try sandbox.refrain(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.output)")
      #expect(outcome.errors.contains(words), "\(words) in \(outcome.errors)")
    }
    let train = ["train", "words.tsv", "--to", "run"]
    try refuses(train + ["--target-column", "tongue"], "has no column “tongue”")
    try refuses(
      train + ["--target-column", "language", "--noise", "0.1"], "--noise is for music", status: 64)
    try refuses(
      ["train", "words.tsv", "--to", "run", "--scheme", "many-to-one"], "--scheme is for tables",
      status: 64)
    try refuses(
      train + ["--target-column", "language", "--sequence-length", "9"], "--sequence-length is for",
      status: 64)
    try refuses(
      ["train", "words.tsv", "letters.tsv", "--to", "run", "--target-column", "word"],
      "A table is one file", status: 64)
    #expect(!FileManager.default.fileExists(atPath: sandbox.path("run")))

    let options = ["--target-column", "language", "--input-column", "word"] + smallTable
    _ = try sandbox.refrain(train + options + ["--steps", "10"])
    try refuses(["predict", "run", "numbers.csv"], "has no column “word”")
    try refuses(["predict", "run", "words.tsv", "--beam", "3"], "--beam is for models", status: 64)
    try refuses(["predict", "run", "nowhere.txt"], "nowhere.txt cannot be read")
    try sandbox.write("word\tlanguage\nkato\teast\n", to: "east.tsv")
    try refuses(["evaluate", "run", "east.tsv"], "east")
    try sandbox.write("poem", to: "poem.txt")
    _ = try sandbox.refrain(["train", "poem.txt", "--to", "text", "--steps", "2"])
    try refuses(["predict", "text", "poem.txt"], "not of a table")
  }
}
