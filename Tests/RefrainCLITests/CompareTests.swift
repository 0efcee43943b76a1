import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("refrain compare")
struct CompareTests {
  private static let short = [
    "--steps", "20", "--hidden", "12", "--layers", "1", "--batch-size", "4", "--sequence-length",
    "10",
  ]

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    return sandbox
  }

  /// The texts of a picture, which must be well-formed.
  private func texts(_ picture: Data) throws -> [String] {
    let reader = TextReader()
    let parser = XMLParser(data: picture)
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader.texts
  }

  @Test("All units are told in one table and one picture")
  func table() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(["compare", "in.txt"] + Self.short)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    let header = try #require(lines.firstIndex { $0.hasPrefix("unit ") })
    for column in ["hidden", "parameters", "nats/char", "chars/s", "workspace", "time"] {
      #expect(lines[header].contains(column))
    }
    let rows = lines[(header + 1)...].prefix(6).map { $0.split(separator: " ").map(String.init) }
    let units = ["rnn", "lstm", "gru", "mingru", "tcn", "window"]
    #expect(Set(rows.map { $0[0] }) == Set(units), "\(outcome.output)")
    let losses = rows.compactMap { Double($0[4]) }
    #expect(losses.count == 6 && losses == losses.sorted() && losses.allSatisfy { $0 < 4 })
    let texts = try texts(try sandbox.bytes("comparison.svg"))
    #expect(texts.filter(units.contains) == units)
    #expect(texts.contains("nats per character"))
  }

  @Test("Programs get one object per unit")
  func json() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      ["compare", "in.txt", "--cells", "gru, tcn", "--json", "--output", "two.svg"] + Self.short)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = try outcome.jsonLines()
    #expect(lines.compactMap { $0["unit"] as? String } == ["gru", "tcn"])
    for line in lines {
      let evaluations = try #require(line["evaluations"] as? [[String: Any]])
      #expect(evaluations.count == 20)
      let losses = evaluations.compactMap { $0["loss"] as? Double }
      #expect(line["validation_loss"] as? Double == losses.min())
      #expect(line["measure"] as? String == "nats per character")
      #expect(line["steps"] as? Int == 20 && line["reason"] as? String == "finished")
      for name in [
        "hidden", "layers", "parameters", "workspace_bytes", "seconds", "tokens_per_second",
      ] {
        #expect((line[name] as? Double).map { $0 > 0 } == true, "\(name)")
      }
    }
    #expect(try texts(try sandbox.bytes("two.svg")).contains("tcn"))
    #expect(!sandbox.exists("comparison.svg"))
  }

  @Test("Ctrl-C ends it with the table of what is done")
  func interrupted() throws {
    let sandbox = try sandbox()
    let job = try sandbox.start(
      ["compare", "in.txt", "--cells", "lstm,gru", "--minutes", "5", "--evaluate-every", "1"]
        + Self.short.dropFirst(2))
    try job.wait(for: "step ")
    job.send(SIGINT)
    let outcome = try job.wait()
    #expect(outcome.status == 128 + SIGINT)
    let rows = outcome.output.split(separator: "\n").filter { $0.hasSuffix("  stopped") }
    #expect(rows.count == 1 && rows[0].hasPrefix("lstm "), "\(outcome.output)")
    #expect(try texts(try sandbox.bytes("comparison.svg")).contains("lstm"))
  }

  @Test("Text may come from standard input, of words, with its validation text beside it")
  func otherInputs() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      [
        "compare", "-", "--tokens", "word", "--minimum-count", "2", "--validation", "in.txt",
        "--cells", "window",
      ] + Self.short, input: poem)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("perplexity") && outcome.output.contains("words/s"))
  }

  /// A decoder speaks step by step.
  private static let delayed = ["--target-kind", "symbols", "--scheme", "many-to-many-delayed"]
  private static let shortTable = [
    "--steps", "8", "--hidden", "12", "--embedding", "6", "--batch-size", "8", "--evaluate-every",
    "4", "--validation", "0.3",
  ]

  private static let all = ["rnn", "lstm", "gru", "mingru", "tcn", "window"]

  @Test(
    "Units are compared on tables",
    arguments: [
      ("language", "nats per row", ["--scheme", "many-to-one"], all),
      ("sounds", "nats per token", delayed, Array(all.prefix(4))),
    ])
  func tables(column: String, measure: String, options: [String], units: [String]) throws {
    let sandbox = try Sandbox.withTables()
    let arguments =
      ["compare", "words.tsv", "--input-column", "word", "--target-column", column]
      + ["--input-kind", "char"] + options + Self.shortTable
    let outcome = try sandbox.refrain(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("rows for training"))
    let texts = try texts(try sandbox.bytes("comparison.svg"))
    #expect(texts.filter(Self.all.contains) == units && texts.contains(measure))
    let lines = try sandbox.refrain(arguments + ["--json", "--cells", "gru"]).jsonLines()
    #expect(lines.count == 1 && lines[0]["measure"] as? String == measure)
    #expect(lines[0]["best_step"] as? Int != nil && lines[0]["steps"] as? Int == 8)
  }

  @Test(
    "What a table's scheme has no use for is a sentence",
    arguments: [
      (
        ["words.tsv", "--input-column", "word", "--target-column", "sounds", "--cells", "tcn"]
          + delayed, "The unit tcn is not possible"
      ),
      (["numbers.csv", "--target-column", "sum"], "Each row is read in one step"),
    ])
  func noUse(arguments: [String], words: String) throws {
    let sandbox = try Sandbox.withTables()
    let outcome = try sandbox.refrain(["compare"] + arguments + Self.shortTable)
    #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!sandbox.exists("comparison.svg"))
  }

  @Test(
    "What cannot be compared is refused in a sentence that names it",
    arguments: [
      (["in.txt", "--cells", "lstm,transformer"], "--cells names the unit “transformer”"),
      (["in.txt", "--cells", "lstm,lstm"], "--cells names lstm twice"),
      (["in.txt", "--cells", ""], "--cells names the unit “”"),
      (["in.txt", "--output", "picture.png"], "--output must be a file whose name ends in .svg"),
      (["in.txt", "--output", "no/where.svg"], "--output no/where.svg cannot be written"),
      (["in.txt", "--validation", "0"], "--validation must be greater than 0"),
      (["in.txt", "--steps", "0"], "--steps must be"),
      (["in.txt", "--minutes", "nan"], "--minutes must be"),
      (["in.txt", "--hidden", "0"], "--hidden must be"),
      (["in.txt", "--minimum-count", "2"], "--minimum-count needs words"),
      (["tones.wav"], "tones.wav is sound, but units can be compared on text and tables only"),
      (["in.txt", "--test", "0.1"], "--test is for tables"),
      (
        ["words.tsv", "--target-column", "language", "--tokens", "word"],
        "--tokens is for text, and words.tsv is a table"
      ),
      (
        ["words.tsv", "--target-column", "language", "--validation", "0"],
        "--validation must be greater than 0"
      ),
      ([], "Name the data to compare on"),
    ])
  func refused(_ arguments: [String], _ words: String) throws {
    let sandbox = try sandbox()
    try sandbox.write(melody(seconds: 1), to: "tones.wav")
    try sandbox.writeTables()
    expectUsageError(try sandbox.refrain(["compare"] + arguments), words)
    #expect(!sandbox.exists("comparison.svg"))
  }
}

/// Collects the texts of an SVG file.
private final class TextReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private var isText = false

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    isText = name == "text"
    if isText { texts.append("") }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if isText { texts[texts.count - 1] += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { isText = false }
}
