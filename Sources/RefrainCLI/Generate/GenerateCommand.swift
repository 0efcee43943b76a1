internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainText

/// `refrain generate`.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generates text, music or notes with a model.",
    discussion: """
      A model of text prints the prompt and its continuation, while it is generated. Without a prompt, the \
      text begins like a line of the text that the model was trained on. The same command \
      generates the same text again; another --seed generates another one.

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

  @Argument(help: "A run folder, of which the best model is used, or a model file.")
  var model: String

  @Option(parsing: .unconditional, help: "The text to continue.")
  var prompt: String?

  @Option(
    "file", "A file with the text to continue, or - for standard input. For notes: a MIDI file.")
  var promptFile: String?

  @Option(
    "n",
    "Length of the text in tokens, which are characters, words or bytes as in the training; 0: without "
      + "end. (default: 500)")
  var length: Int?

  @OptionGroup(title: "Sampling") var sampling: SamplingOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of texts to generate from the prompt; with --beam, the most likely ones.",
      valueName: "n"))
  var count = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Searches for the most likely text with a beam search that keeps n candidates, 1 to 1000. It uses \
      no random numbers, so it excludes --seed, --temperature and the other sampling options.
      """, valueName: "n"))
  var beam: Int?

  @Option(parsing: .unconditional, help: "Ends the text before the first occurrence of this text.")
  var stop: String?

  @OptionGroup(title: "Music and notes") var music: MusicOptions

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object per text, sound or piece instead.")
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
    if stop?.isEmpty == true {
      throw ValidationError("--stop needs a text of at least one character.")
    }
    if length == 0 { try validateEndless() }
    try sampling.validate()
    try music.validate(hasPromptFile: promptFile != nil)
    if let beam { try validateBeam(beam) }
  }

  private func validateEndless() throws {
    for (isGiven, name) in [(json, "--json"), (count > 1, "--count"), (beam != nil, "--beam")]
    where isGiven && (stop == nil || beam != nil) {
      throw ValidationError("\(name) needs texts that end; give a --length of 1 or more.")
    }
  }

  private func validateBeam(_ width: Int) throws {
    if !(1...1000).contains(width) {
      throw ValidationError("--beam must be between 1 and 1000, not \(width).")
    }
    if let option = sampling.given {
      throw ValidationError(
        "\(option) and --beam exclude each other: beam search uses no random numbers; leave out one of the two."
      )
    }
    if count > width {
      throw ValidationError(
        "--beam \(width) finds \(width) texts at most; lower --count, or raise --beam.")
    }
  }

  func run() async throws {
    let trained = try TrainedModel(model)
    let material = Register.material(of: trained.file)
    try refuseOptions(of: material)
    try material.generate(self, trained)
  }

  /// Refuses an option that means nothing to what the model has learned.
  private func refuseOptions(of material: any CommandMaterial.Type) throws {
    guard let name = given.first(where: { !material.generateOptions.contains($0) }) else { return }
    let others = Register.materials.filter { $0.generateOptions.contains(name) }.map { $0.plural }
    throw Failure(
      "\(name) is for models of \(others.listed), and \(model) is one of \(material.plural).")
  }

  /// The options that were given, but those that all models take.
  private var given: [String] {
    let options: [(Bool, String)] = [
      (prompt != nil, "--prompt"), (promptFile != nil, "--prompt-file"),
      (length != nil, "--length"), (count != 1, "--count"), (beam != nil, "--beam"),
      (stop != nil, "--stop"), (sampling.topK != nil, "--top-k"),
      (sampling.topP != nil, "--top-p"), (sampling.minP != nil, "--min-p"),
      (sampling.repetitionPenalty != nil, "--repetition-penalty"),
      (music.output != nil, "--output"), (music.seconds != nil, "--seconds"),
      (music.tempo != nil, "--tempo"), (music.promptAudio != nil, "--prompt-audio"),
      (music.from != nil, "--from"), (music.withPrompt, "--with-prompt"),
      (music.loop, "--loop"), (music.copies, "--copies"),
      (weights.weights != .f32, "--weights"), (threads.given != nil, "--threads"),
    ]
    return options.filter(\.0).map(\.1)
  }

  /// What the drawing depends on.
  var seed: UInt64 { sampling.seed ?? SamplingOptions.defaultSeed }

  /// A signal ends the command at once and leaves nothing that is half written.
  static func interruption(whileWriting output: String) -> Interruption {
    let interruption = Interruption()
    let picture = (output as NSString).deletingPathExtension + ".png"
    interruption.endAtOnce {
      for path in [output, picture] { DurableFile.removeUnfinished(beside: path) }
    }
    return interruption
  }

  /// The prompt, from wherever it comes; empty if there is none.
  func promptText() throws -> String {
    guard let path = promptFile else { return prompt ?? "" }
    do { return try TextFile.read(path) } catch TextInputError.binary {
      throw Failure("\(path) is not text; give --prompt-file a text file, or - .")
    }
  }
}
