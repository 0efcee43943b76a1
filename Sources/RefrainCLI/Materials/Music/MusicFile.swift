internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainMusic

/// Makes a piece of music and writes it, with a picture, and what can be said about it.
struct MusicFile {
  let piece: MusicPiece
  let output: String
  let findsCopies: Bool
  let asJSON: Bool

  /// - Throws: what making and writing throw; a file that could not be written whole is as it was.
  func make(with model: TrainedModel) throws {
    let progress = ProgressLine(.error)
    let clock = ContinuousClock()
    let begin = clock.now
    let sound = try piece.sound(model) { done in
      if Terminal.error.isTerminal && !asJSON {
        try progress.show("Making music: \(Int(done * 100)) %")
      }
    }
    try progress.clear()
    let tags = SoundTags(title: "Made with Refrain", comment: try SoundTags.json(piece))
    _ = try sound.recording.write(to: output, tags: tags)
    let picture = (output as NSString).deletingPathExtension + ".png"
    try SpectrogramPicture(sound.made).write(to: picture)
    let took = (clock.now - begin) / .seconds(1)
    let information = try model.record(of: MusicMaterial.self)
    let verdict = information.range.map { ListeningVerdict(sound.made, range: $0) }
    let copies = findsCopies ? try copyReport(sound.made, information) : nil
    if asJSON {
      try tellJSON(sound, picture, information.range, verdict, copies, took)
    } else {
      try tell(sound, picture, verdict, copies, took)
    }
  }

  private func copyReport(
    _ made: Spectrogram, _ information: MusicRecord
  ) throws -> CopyReport {
    let corpus = try MusicCorpus(reopening: information)
    return CopyReport(made, music: corpus.levels)
  }

  private func tell(
    _ sound: MusicPiece.Sound, _ picture: String, _ verdict: ListeningVerdict?,
    _ copies: CopyReport?, _ took: Double
  ) throws {
    try Terminal.output.line(
      "\(output): \(sound.recording.seconds.fixed(1)) s of sound, made in \(took.fixed(1)) s.")
    try Terminal.output.line("\(picture): its spectrogram.")
    if sound.gain < 0.99 {
      try Terminal.output.line(
        "It was made softer by \((-20 * log10(Double(sound.gain))).fixed(1)) dB to avoid clipping."
      )
    }
    if let verdict {
      try Terminal.output.line("It " + verdict.sentence + ".")
      if let advice = verdict.advice { try Terminal.output.line("Advice: \(advice.inCommand).") }
    }
    if let copies {
      try Terminal.output.line(sentence(copies.sentence))
      for row in copies.rows {
        try Terminal.output.line(
          "  second \(row.second): \(row.recording) at \(row.time.asDuration), "
            + "\(row.distance.fixed(1)) dB away\(row.isCopy ? ", a copy" : "")")
      }
    }
  }

  /// What stands for itself begins with a capital and ends with a full stop.
  private func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }

  private func tellJSON(
    _ sound: MusicPiece.Sound, _ picture: String, _ range: ListeningRange?,
    _ verdict: ListeningVerdict?, _ copies: CopyReport?, _ took: Double
  ) throws {
    var members: [(key: String, value: JSONValue)] = [
      ("output", .string(output)), ("picture", .string(picture)),
      ("seconds", .number(sound.recording.seconds)),
      ("sample_rate", .integer(sound.sampleRate)), ("channels", .integer(sound.channels.count)),
      ("gain", .number(Double(sound.gain))),
      ("took", .number(took)), ("seed", .integer(Int(truncatingIfNeeded: piece.seed))),
      ("temperature", .number(Double(piece.temperature))),
    ]
    members.append(
      (
        "stretches",
        .array(
          ListeningCurves(sound.made).stretches().map { stretch in
            .object([
              ("energy", .number(stretch.energy)), ("flatness", .number(stretch.flatness)),
              ("novelty", .number(stretch.novelty)),
            ])
          })
      ))
    members.append(("usual", range.map(Self.json) ?? .null))
    if let verdict {
      members.append(("verdict", .string(verdict.sentence)))
      members.append(("advice", verdict.advice.map { .string($0.inCommand) } ?? .null))
    }
    if let copies {
      members.append(
        (
          "copies",
          .array(
            copies.rows.map { row in
              .object([
                ("second", .integer(row.second)), ("recording", .string(row.recording)),
                ("time", .number(row.time)), ("distance", .number(row.distance)),
                ("is_copy", .bool(row.isCopy)),
              ])
            })
        ))
    }
    try Terminal.output.json(.object(members))
  }

  /// What is usual in the training music.
  private static func json(_ range: ListeningRange) -> JSONValue {
    let bounds = { (bounds: ListeningRange.Bounds) -> JSONValue in
      .array([.number(bounds.lower), .number(bounds.upper)])
    }
    return .object([
      ("level", .number(range.level)), ("energy", bounds(range.energy)),
      ("flatness", bounds(range.flatness)), ("novelty", bounds(range.novelty)),
    ])
  }
}
