internal import Refrain
internal import RefrainRuns
internal import RefrainNotes

extension NotesMaterial {
  static func facts(_ model: TrainedModel) throws -> MaterialFacts {
    let record = try model.record(of: Self.self)
    return MaterialFacts(paragraphs: paragraphs(record), json: json(record)) {
      "\($0.fixed(4)) nats per time step"
    }
  }

  /// What a model of notes says of its pieces, for people.
  private static func paragraphs(_ notes: NotesRecord) -> [String] {
    var lines = [
      "Notes: \(notes.pieces.training.of("piece")) (\(notes.timeSteps.training.of("time step"))) for "
        + "training, \(notes.pieces.validation.of("piece")) "
        + "(\(notes.timeSteps.validation.of("time step"))) for validation."
    ]
    lines += notes.sources.prefix(10).map { "  " + $0.path }
    let rest = notes.sources.count - 10
    if rest > 0 { lines.append("  and \(rest.of("more file"))") }
    lines.append("A quarter note has \(notes.stepsPerQuarter.of("time step")).")
    lines.append(
      notes.transpose > 0
        ? "Each piece was also learned transposed by up to \(notes.transpose.of("semitone")) down and "
          + "up."
        : "The pieces were not transposed.")
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
