internal import Foundation
internal import Refrain
internal import RefrainNotes
internal import RefrainRuns

/// Makes a piece of notes, writes it as MIDI, and says what it is like.
struct NotesFile {
  let output: String
  /// A MIDI file to go on from; nil: from nothing.
  let prompt: String?
  let includesPrompt: Bool
  let seconds: Double
  /// Quarter notes per minute.
  let tempo: Double
  let asJSON: Bool

  /// - Throws: what reading the prompt and writing throw; a file that could not be written whole is as it was.
  func make(with generator: NotesGenerator) throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let grid = generator.information.stepsPerQuarter
    let count = Int((seconds * tempo / 60 * Double(grid)).rounded())
    guard (1...PianoRoll.mostTimeSteps).contains(count) else {
      throw UsageError(
        "\(seconds.plain) s at \(tempo.plain) quarter notes per minute are \(count.of("time step")), and "
          + "only 1 to \(PianoRoll.mostTimeSteps.grouped) are possible; change --seconds.")
    }
    let heard = try prompt.map { try PianoRoll(midiFile: $0, stepsPerQuarter: grid) }
    generator.start(after: heard)
    let made = generator.next(count)
    let piece = PianoRoll((includesPrompt ? heard?.frames ?? [] : []) + made.frames)
    try piece.writeMIDI(to: output, stepsPerQuarter: grid, tempo: tempo)
    let took = (clock.now - begin) / .seconds(1)
    let measures = NotesMeasures([made])
    if asJSON {
      try tellJSON(generator, made, measures, took)
    } else {
      try tell(generator, made, measures, took)
    }
  }

  private func tell(
    _ generator: NotesGenerator, _ made: PianoRoll, _ measures: NotesMeasures, _ took: Double
  ) throws {
    try Terminal.output.line(
      "\(output): \(made.frames.count.of("time step")), \(seconds.fixed(1)) s at \(tempo.plain) quarter "
        + "notes per minute, made in \(took.fixed(1)) s.")
    let usual = generator.information.usual
    let rows = zip(measures.rows, usual.rows).map { [$0.name, $0.value, $1.value] }
    let table = TextTable(rows: [["", "generated", "training"]] + rows, leftColumns: 1)
    for line in table.lines { try Terminal.output.line(line) }
  }

  private func tellJSON(
    _ generator: NotesGenerator, _ made: PianoRoll, _ measures: NotesMeasures, _ took: Double
  ) throws {
    let members: [(String, JSONValue)] =
      [
        ("output", .string(output)), ("moments", .integer(made.frames.count)),
        ("seconds", .number(seconds)), ("tempo", .number(tempo)), ("took", .number(took)),
        ("temperature", .number(Double(generator.temperature))),
      ] + measures.jsonMembers
    let usual = generator.information.usual.jsonMembers
    try Terminal.output.json(
      .object(
        members.map { (key: $0.0, value: $0.1) } + [
          ("usual", .object(usual.map { (key: $0.0, value: $0.1) }))
        ]))
  }
}
