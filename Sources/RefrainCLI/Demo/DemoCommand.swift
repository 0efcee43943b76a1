internal import ArgumentParser
internal import Refrain
internal import RefrainRuns
internal import RefrainMusic
internal import RefrainText

/// `refrain demo`.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Runs the lecture's examples in two minutes: text, then music.",
    discussion: """
      A network of 28 units learns a sentence by heart, letter by letter. A larger network learns a \
      song and writes new verses. A third network learns the spectrogram of a short piece of music and \
      continues it. The demo needs no input. Its texts, sounds, pictures, models and run folders stay \
      in one folder.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The folder to create; it must not exist yet.", valueName: "folder"))
  var to = "refrain-demo"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Training time in seconds, for the song and again for the music, 1 to 600.", valueName: "s"))
  var seconds = 24.0

  @OptionGroup var threads: ThreadsOption

  func validate() throws {
    if !(1...600).contains(seconds) {
      throw ValidationError("--seconds must be between 1 and 600, not \(seconds.plain).")
    }
  }

  private var output: Terminal { .output }

  func run() async throws {
    let demo: LectureDemo
    do {
      demo = try LectureDemo(folder: to)
    } catch RunFolderError.exists(let path) {
      throw Failure(
        "\(path) exists already; remove it, or name another folder: refrain demo --to another.")
    }
    try await learnSentence(demo)
    try sing(demo, try await learnSong(demo))
    try await playMusic()
    try output.line(whatNext)
  }

  // MARK: - The simple model

  private func learnSentence(_ demo: LectureDemo) async throws {
    try output.line(
      heading("1. The simple model: 28 symbols → LSTM 28 → the next symbol") + """


        It reads “\(SimpleModel.sentence)”
        one letter at a time and keeps its state. From the first letter, it generates:

        """)
    let lstm = try await demo.learnSentence(.lstm) { progress in
      if progress.isByHeart || progress.readings == 1 || progress.readings.isMultiple(of: 4) {
        try output.line(Self.written(progress))
      }
    }
    try output.line("\n" + Self.result("LSTM", lstm))
    for (cell, name) in [(CellKind.rnn, "RNN"), (.gru, "GRU")] {
      try output.line(Self.result(name, try await demo.learnSentence(cell)))
    }
    try output.line()
  }

  private static func written(_ progress: SimpleModel.Progress) -> String {
    let times = "\(progress.readings.of("reading")):".leftAligned(12)
    return "  after \(times) \(progress.written)"
  }

  private static func result(_ name: String, _ end: SimpleModel.Progress) -> String {
    let steps = end.steps.of("step")
    let time = "\(max(1, Int((end.seconds * 1000).rounded()))) ms"
    return end.isByHeart
      ? "  \(name) 28 knows it by heart after \(steps), \(time)."
      : "  \(name) 28 does not know it by heart after \(steps)."
  }

  // MARK: - The song

  /// Returns the run that has learned it.
  private func learnSong(_ demo: LectureDemo) async throws -> TextRun {
    let run = try demo.songRun(seconds: seconds, threads: threads.count)
    try output.line(
      heading(
        "2. A larger model: \(run.trainer.network.description.layersInWords) on a song of "
          + "\(LectureDemo.verses) verses") + """


          \(demo.song): \(run.material.corpus.count.grouped) characters; the last \
          tenth is for validation. Training takes \(Int(seconds)) seconds.

          """)
    let progress = ProgressLine(.output)
    for try await event in run {
      switch event {
      case .training(.step(let report)):
        let left = report.secondsLeft.map { ", \($0.asDuration) left" } ?? ""
        try progress.show(
          "  step \(report.step.grouped): loss \(report.loss.fixed(3)), "
            + "\(report.tokensPerSecond.short) characters/s\(left)")
      case .training(.evaluation(let report)):
        try progress.line(
          "  step \(report.step.grouped): validation loss \(report.loss.fixed(3)) nats per character"
        )
        let verse = try demo.verse(
          run.trainer.network, run.material.corpus.vocabulary, temperature: 0.7)
        try progress.line(Self.excerpt(verse))
      default: break
      }
    }
    try progress.clear()
    try output.line()
    return run
  }

  /// The first lines of a verse, indented.
  private static func excerpt(_ text: String) -> String {
    text.split(separator: "\n").prefix(2).map { "      " + $0 }.joined(separator: "\n")
  }

  private func sing(_ demo: LectureDemo, _ run: TextRun) throws {
    try output.line(
      heading("3. New verses: “\(LectureDemo.opening)…”, at three temperatures"))
    for (temperature, what) in [(0.3, "careful"), (0.8, "lively"), (1.5, "wild")] {
      let verse = try demo.verse(
        run.trainer.network, run.material.corpus.vocabulary, temperature: Float(temperature))
      try output.line("\n--- temperature \(temperature.plain) (\(what)) ---\n\(verse)")
    }
    try output.line()
  }

  // MARK: - The music

  private func playMusic() async throws {
    let demo = try MusicDemo(folder: to)
    let run = try demo.training(seconds: seconds, threads: threads.count)
    try output.line(
      heading(
        "4. Music: \(run.trainer.network.description.layersInWords) on frames of "
          + "\(run.material.corpus.settings.bins.grouped) values") + """


          \(demo.original): \(Int(run.record.seconds)) seconds, \(run.material.corpus.frames.count.grouped) \
          frames; its spectrogram is \(demo.originalPicture).
          Training takes \(Int(seconds)) seconds.

          """)
    let progress = ProgressLine(.output)
    for try await event in run {
      switch event {
      case .training(.step(let report)):
        let left = report.secondsLeft.map { ", \($0.asDuration) left" } ?? ""
        try progress.show(
          "  step \(report.step.grouped): loss \(report.loss.fixed(3)), "
            + "\(report.tokensPerSecond.short) frames/s\(left)")
      case .sample(let rollOut, _):
        let gain = 100 * rollOut.evaluation.gain
        try progress.line(
          "  step \(rollOut.step.grouped): the next frame is predicted "
            + "\(abs(gain).fixed(0)) % \(gain >= 0 ? "better" : "worse") than by repeating the last one"
        )
      case .training: break
      }
    }
    try progress.clear()
    let sound = try demo.generate()
    let seconds = sound.recording.seconds
    var lines =
      "\n  It continues the piece from second 12: \(demo.generated), \(Int(seconds)) seconds; its "
    lines += "spectrogram is \(demo.generatedPicture)."
    if let range = run.record.range {
      lines += "\n  The sound \(ListeningVerdict(sound.made, range: range).sentence)."
    }
    try output.line(lines + "\n")
  }

  // MARK: - The end

  private var whatNext: String {
    let to = to.quotedForShell
    return """
      \(heading("What next"))

        refrain generate \(to)/song-run --prompt 'A silver '
        refrain evaluate \(to)/song-run            compared with n-grams and gzip
        refrain info \(to)/song-run                what it is and how it was trained
        refrain generate \(to)/simple-lstm.safetensors --prompt i --temperature 0 --length 42
        refrain generate \(to)/music-run --seconds 30 --output more.flac
        refrain train YOUR-TEXT.txt --to my-run    your own text, or your own recordings

      Everything is in \(to).
      """
  }

  private func heading(_ text: String) -> String { output.styled(text, .bold) }
}
