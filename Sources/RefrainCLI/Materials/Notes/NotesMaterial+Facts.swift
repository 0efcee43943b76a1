internal import Refrain
internal import RefrainRuns
internal import RefrainNotes

extension NotesMaterial {
  static func facts(_ model: ModelFile, path: String) throws -> MaterialFacts {
    let record = try model.record(of: Self.self, path: path)
    return MaterialFacts(paragraphs: paragraphs(record), json: json(record)) {
      "\($0.fixed(4)) nats per moment"
    }
  }

  /// What a model of notes says of its pieces, for people.
  private static func paragraphs(_ notes: NotesRecord) -> [String] {
    var lines = [
      "Notes: \(notes.pieces.training.of("piece")), \(notes.timeSteps.training.of("moment")), to learn "
        + "from; \(notes.pieces.validation.of("piece")), \(notes.timeSteps.validation.of("moment")), to "
        + "validate on."
    ]
    lines += notes.sources.prefix(10).map { "  " + $0.path }
    let rest = notes.sources.count - 10
    if rest > 0 { lines.append("  and \(rest.of("more file"))") }
    lines.append("A quarter note is \(notes.stepsPerQuarter.of("moment")).")
    lines.append(
      notes.transpose > 0
        ? "Each piece was learned in every transposition up to \(notes.transpose.of("half-tone")) "
          + "down and up."
        : "Each piece was learned as it is, in no other transposition.")
    let rows = notes.usual.rows.map { ["  " + $0.name, $0.value] }
    let usual = TextTable(rows: rows, leftColumns: 1).lines.joined(separator: "\n")
    return [lines.joined(separator: "\n"), "Usual in these pieces:\n" + usual]
  }

  /// The same for programs.
  private static func json(_ notes: NotesRecord) -> JSONValue {
    func parts(_ parts: NotesRecord.Parts) -> JSONValue {
      ["training": .integer(parts.training), "validation": .integer(parts.validation)]
    }
    return [
      "files": .array(notes.sources.map { .string($0.path) }), "pieces": parts(notes.pieces),
      "moments": parts(notes.timeSteps), "moments_per_quarter": .integer(notes.stepsPerQuarter),
      "transpose": .integer(notes.transpose),
      "usual": .object(notes.usual.jsonMembers.map { (key: $0.0, value: $0.1) }),
    ]
  }
}
