import Refrain
import RefrainRuns
import RefrainNotes

/// How a training on notes is told.
extension NotesMaterial: CommandMaterial {
  static let plural = "notes"
  static let predicate = "holds notes"
  static let files = "files of notes"

  var words: MaterialWords {
    MaterialWords(
      title: "Notes", element: "time step", shortElements: "steps", speed: "moments_per_second",
      fewSteps: (200, "most notes need a thousand or more"))
  }

  /// Remarks on single files that are shown; programs are told all of them.
  private static let shownRemarks = 6

  func lines(of run: NotesRun) -> [String] {
    let record = run.record
    let (pieces, timeSteps) = (record.pieces, record.timeSteps)
    var lines = [
      "\(pieces.training.of("piece")) (\(timeSteps.training.of("time step"))) for training"
        + (validation != nil
          ? ", \(pieces.validation.of("piece")) (\(timeSteps.validation.of("time step"))) for validation."
          : ", none for validation."),
      "A quarter note has \(record.stepsPerQuarter.of("time step")).",
    ]
    if record.transpose > 0 {
      lines.append(
        "Each piece is also learned transposed by up to \(record.transpose.of("semitone")) down and up."
      )
    }
    lines += corpus.skipped.prefix(Self.shownRemarks)
    let rest = corpus.skipped.count - Self.shownRemarks
    return lines + (rest > 0 ? ["And \(rest.of("more file")) that cannot be read."] : [])
  }

  func measures(_ loss: Double, of description: ModelDescription) -> String {
    "\(loss.fixed(4)) nats per time step"
  }

  var columns: [(name: String, width: Int)] { [("keys", 6), ("repeated", 9), ("in scale", 9)] }

  func cells(_ report: EvaluationReport, _ sample: NotesSample?) -> [String] {
    guard let measures = sample?.measures else { return ["-", "-", "-"] }
    return [
      measures.keysAtATime.fixed(1), measures.repeated.percent, measures.inScale.percent,
    ]
  }

  static func lines(of sample: NotesSample) -> [String] { ["♪ \(sample.path)"] }

  static func closing(_ run: NotesRun) throws -> [String] {
    let pieces = run.material.corpus.validation
    if pieces.isEmpty { return [] }
    let holding = run.record.statistics.lossOfHolding(pieces)
    return [
      "The baseline, in which each key stays as it is as often as usual, has a loss of "
        + "\(holding.fixed(4))."
    ]
  }

  static func commandToGenerate(_ run: NotesRun) -> String {
    "refrain generate \(run.folder.path.quotedForShell) --output new.mid"
  }

  func json(of run: NotesRun) -> [(String, JSONValue)] {
    let record = run.record
    return [
      ("training_pieces", .integer(record.pieces.training)),
      ("validation_pieces", .integer(record.pieces.validation)),
      ("training_moments", .integer(record.timeSteps.training)),
      ("validation_moments", .integer(record.timeSteps.validation)),
      ("moments_per_quarter", .integer(record.stepsPerQuarter)),
      ("transpose", .integer(record.transpose)),
      ("skipped", .array(corpus.skipped.map { .string($0) })),
    ]
  }

  static func json(of sample: NotesSample) -> (event: String, members: [(String, JSONValue)]) {
    ("sample", [("piece", .string(sample.path))] + sample.measures.jsonMembers)
  }
}

extension NotesMeasures {
  /// One name and one value for people per measure.
  var rows: [(name: String, value: String)] {
    [
      ("keys at a time", keysAtATime.fixed(2)),
      ("from key to key", "\(lowest?.asKey ?? "-") to \(highest?.asKey ?? "-")"),
      ("time steps like the one before", repeated.percent), ("silent time steps", silent.percent),
      ("notes in one scale", inScale.percent), ("time steps per note", noteLength.fixed(2)),
    ]
  }

  var jsonMembers: [(String, JSONValue)] {
    [
      ("keys_at_a_time", .number(keysAtATime)), ("lowest", .integer(orNull: lowest)),
      ("highest", .integer(orNull: highest)), ("repeated", .number(repeated)),
      ("silent", .number(silent)), ("in_scale", .number(inScale)),
      ("note_length", .number(noteLength)),
    ]
  }
}

extension Int {
  /// A key by its MIDI number, as musicians call it: `C4` for 60.
  fileprivate var asKey: String {
    let names = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]
    return "\(names[self % 12])\(self / 12 - 1)"
  }
}
