internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import RefrainTables
internal import RefrainText

/// `refrain generate`.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes text, or makes music or notes, with a model.",
    discussion: """
      The prompt comes first, then what the model makes of it, as it is made. The same command \
      writes the same text on every machine with the same kernels; another --seed writes another.

        refrain generate poems-run --prompt "The sea" --length 400 --temperature 0.7
        refrain generate poems-run --count 5 --stop "." --json
        refrain generate poems-run --prompt "The sea" --beam 8 --length 60

      A model of music writes a sound file and a picture of its spectrogram:

        refrain generate music-run --seconds 30 --output new.flac
        refrain generate music-run --prompt-audio my.wav --with-prompt --output on.flac
        refrain generate music-run --seconds 0 --output - | aplay -f S16_LE -c 1 -r 22050

      A model of notes writes a MIDI file:

        refrain generate notes-run --seconds 45 --tempo 80 --output new.mid
        refrain generate notes-run --prompt-file my.mid --with-prompt --output on.mid
      """)

  @Argument(help: "A run folder (its best model) or a model file.")
  var model: String

  @Option(parsing: .unconditional, help: "The text to go on from.")
  var prompt: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A file with the text to go on from; - is standard input. For notes, a MIDI file.",
      valueName: "file"))
  var promptFile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Tokens to write: characters, words or bytes, as the model has them; 0: without end. (default: "
        + "500)",
      valueName: "n"))
  var length: Int?

  @OptionGroup(title: "How each token is chosen") var sampling: SamplingOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Texts to write, each from the prompt; with --beam, the likeliest ones.", valueName: "n"))
  var count = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Looks for the likeliest text instead, keeping n beginnings, 1 to 1000; nothing is drawn, so \
      --seed and the options of drawing do not go with it.
      """, valueName: "n"))
  var beam: Int?

  @Option(parsing: .unconditional, help: "Ends a text in front of this.")
  var stop: String?

  @OptionGroup(title: "Music and notes") var music: MusicOptions

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints a JSON object per text instead.")
  var json = false

  func validate() throws {
    if prompt != nil && promptFile != nil {
      throw ValidationError("Give --prompt or --prompt-file, not both.")
    }
    if let length, length < 0 {
      throw ValidationError("--length must be 0 or more, not \(length).")
    }
    if count < 1 { throw ValidationError("--count must be 1 or more, not \(count).") }
    if count > Int(UInt32.max) {
      throw ValidationError("--count must be below 4 billion, not \(count).")
    }
    if stop?.isEmpty == true { throw ValidationError("--stop needs a text of one letter or more.") }
    if length == 0 { try validateEndless() }
    try sampling.validate()
    try music.validate(hasPromptFile: promptFile != nil)
    if let beam { try validateBeam(beam) }
  }

  private func validateEndless() throws {
    for (isGiven, name) in [(json, "--json"), (count > 1, "--count"), (beam != nil, "--beam")]
    where isGiven && (stop == nil || beam != nil) {
      throw ValidationError("\(name) needs texts that end; give --length 1 or more.")
    }
  }

  private func validateBeam(_ width: Int) throws {
    if !(1...1000).contains(width) {
      throw ValidationError("--beam must be between 1 and 1000, not \(width).")
    }
    if let option = sampling.given {
      throw ValidationError(
        "\(option) does not go with --beam, which looks for the likeliest text and draws nothing.")
    }
    if count > width {
      throw ValidationError(
        "--beam \(width) finds \(width) texts at most; lower --count, or raise --beam.")
    }
  }

  func run() async throws {
    let path = try RunFolder.model(at: model)
    let file = try ModelFile(contentsOf: path)
    if file.isMusic { return try makeMusic(file, path: path) }
    if file.isNotes { return try makeNotes(file, path: path) }
    if let option = music.given {
      let kind = option == "--tempo" ? "notes" : "music"
      throw Failure("\(option) is for models of \(kind), and \(model) is one of text.")
    }
    let length = length ?? Self.standardLength
    let prompt = try promptText()
    let sampler = try sampling.sampler()
    let writer = try TextGenerator(
      file, path: path, sampler: sampler, weights: weights.weights, threads: threads.given ?? 1)
    if let explanation = writer.start(prompt).explanation {
      try Terminal.error.line("refrain: " + explanation)
    }
    let output = GeneratedTextOutput(prompt: prompt, count: count, asJSON: json)
    let interruption = Interruption()
    defer { withExtendedLifetime(interruption) {} }
    interruption.endSoon()
    if let beam {
      let texts = writer.beams(prompt: prompt, length: length, width: beam, stop: stop)
      for (index, result) in texts.prefix(count).enumerated() {
        try output.begin(index + 1)
        try output.add(result.text)
        try output.end(logProbability: result.logProbability)
      }
      return
    }
    for index in 1...count {
      var random = RandomStream(
        seed: sampling.seed ?? SamplingOptions.defaultSeed, purpose: .sampling,
        lane: UInt32(index - 1))
      try output.begin(index)
      let tokens = try writer.write(
        prompt: prompt, length: length, stop: stop, using: &random
      ) { piece in
        try output.add(piece)
        return !interruption.isRequested
      }
      try output.end(tokens: tokens)
      if interruption.isRequested { throw ExitCode(interruption.exitStatus) }
    }
  }

  /// Tokens to write where nothing is said.
  private static let standardLength = 500

  private func makeMusic(_ file: ModelFile, path: String) throws {
    if let option = textOption {
      throw Failure("\(option) is for models of text, and \(model) is one of music.")
    }
    if music.tempo != nil || music.isMIDI {
      throw Failure(
        "\(music.tempo != nil ? "--tempo" : "A MIDI file for --output") is for models of notes, and "
          + "\(model) is one of music.")
    }
    guard let output = music.output else {
      throw UsageError(
        "Say where the music goes: --output new.flac for a file, or --output - for a live stream.")
    }
    let temperature = sampling.temperature ?? 1
    let seed = sampling.seed ?? SamplingOptions.defaultSeed
    if output == "-" {
      if json { throw UsageError("--json goes with a file for --output; - is for samples.") }
      return try LiveMusic(
        model: file, path: path, start: music.start, seed: seed, temperature: temperature,
        seconds: music.seconds ?? 30
      ).play()
    }
    let interruption = Self.interruption(whileWriting: output)
    defer { withExtendedLifetime(interruption) {} }
    var piece = try MusicPiece(modelPath: path.absolutePath)
    piece.start = music.start
    if case .clip(let clip) = piece.start {
      piece.clipHash = String(describing: try FileHash(ofFileAt: clip))
    }
    piece.includesStart = music.withPrompt
    piece.seconds = music.seconds ?? 30
    piece.isLoop = music.loop
    piece.temperature = temperature
    piece.seed = seed
    try MusicFile(piece: piece, output: output, findsCopies: music.copies, asJSON: json)
      .make(with: file)
  }

  private func makeNotes(_ file: ModelFile, path: String) throws {
    if let option = onlyTextOption ?? music.onlySoundOption {
      let kind = onlyTextOption == nil ? "music" : "text"
      throw Failure("\(option) is for models of \(kind), and \(model) is one of notes.")
    }
    guard let output = music.output, music.isMIDI else {
      throw UsageError("Say where the piece goes: --output new.mid.")
    }
    let interruption = Self.interruption(whileWriting: output)
    defer { withExtendedLifetime(interruption) {} }
    let generator = try NotesGenerator(
      file, path: path, seed: sampling.seed ?? SamplingOptions.defaultSeed,
      temperature: sampling.temperature ?? 1, weights: weights.weights,
      threads: threads.given ?? 1)
    try NotesFile(
      output: output, prompt: promptFile, includesPrompt: music.withPrompt,
      seconds: music.seconds ?? 30, tempo: music.tempo ?? 90, asJSON: json
    ).make(with: generator)
  }

  /// A signal ends the command at once and leaves nothing that is half written.
  private static func interruption(whileWriting output: String) -> Interruption {
    let interruption = Interruption()
    let picture = (output as NSString).deletingPathExtension + ".png"
    interruption.endAtOnce {
      for path in [output, picture] { DurableFile.removeUnfinished(beside: path) }
    }
    return interruption
  }

  /// The first option that was given and means nothing to a model of music.
  private var textOption: String? {
    let options: [(Bool, String)] = [
      (promptFile != nil, "--prompt-file"), (weights.weights != .f32, "--weights"),
      (threads.given != nil, "--threads"),
    ]
    return onlyTextOption ?? options.first { $0.0 }?.1
  }

  /// The first option that was given and means something to a model of text only.
  private var onlyTextOption: String? {
    let options: [(Bool, String)] = [
      (prompt != nil, "--prompt"), (length != nil, "--length"), (count != 1, "--count"),
      (beam != nil, "--beam"), (stop != nil, "--stop"),
      (sampling.topK != nil, "--top-k"), (sampling.topP != nil, "--top-p"),
      (sampling.minP != nil, "--min-p"),
      (sampling.repetitionPenalty != nil, "--repetition-penalty"),
    ]
    return options.first { $0.0 }?.1
  }

  /// The prompt, from wherever it comes; empty if there is none.
  private func promptText() throws -> String {
    guard let path = promptFile else { return prompt ?? "" }
    do {
      let data =
        path == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(filePath: path))
      return String(decoding: data, as: UTF8.self)
    } catch {
      throw Failure("\(path) cannot be read; give --prompt-file a text file, or - .")
    }
  }
}
