internal import ArgumentParser
internal import Foundation
internal import RefrainMusic

/// What `generate` makes with a model of music.
struct MusicOptions: ParsableArguments {
  @Option(
    "file",
    """
    The file to write. Music: .wav, .aiff, .flac, .ogg, .opus or .mp3, with a picture of the \
    spectrogram beside it (.png); or - to stream raw samples to standard output, controlled by lines on \
    standard input: temperature 1.1, from 42, stop. Notes: .mid.
    """)
  var output: String?

  @Option(
    "s", "Length in seconds, up to 3,600; 0: without end, only with --output -. (default: 30)")
  var seconds: Double?

  @Option("n", "Notes: tempo in quarter notes per minute, 4 to 1000. (default: 90)")
  var tempo: Double?

  @Option("file", "Music: a sound file to continue; only its last ten seconds are read.")
  var promptAudio: String?

  @Option(
    "seconds",
    "Music: continues the training music from this second, counted over all recordings in order.")
  var from: Double?

  @Flag(help: "Puts what is continued in front of the result (of music, its last ten seconds).")
  var withPrompt = false

  @Flag(help: "Music: makes a loop, whose end leads into its beginning without a seam.")
  var loop = false

  @Flag(
    help: """
      Music: shows for each second the most similar place in the training music, which must still be \
      there.
      """)
  var copies = false

  /// - Parameter hasPromptFile: whether --prompt-file was given.
  func validate(hasPromptFile: Bool) throws {
    if let tempo, !(tempo >= 4 && tempo <= 1000) {
      throw ValidationError("--tempo must be from 4 to 1000, not \(tempo).")
    }
    if let seconds, !(seconds >= 0 && seconds <= 3600) {
      throw ValidationError("--seconds must be from 0 to 3600, not \(seconds).")
    }
    if seconds == 0 && output != "-" {
      throw ValidationError(
        "--seconds 0 is without end, which needs --output -; add it, or give a length.")
    }
    if promptAudio != nil && from != nil {
      throw ValidationError("Give --prompt-audio or --from, not both.")
    }
    if withPrompt && promptAudio == nil && from == nil && !hasPromptFile {
      throw ValidationError(
        "--with-prompt needs --prompt-audio or --from, or for notes --prompt-file.")
    }
    if loop && withPrompt { throw ValidationError("A loop cannot begin --with-prompt.") }
    if output == "-" && (loop || copies || withPrompt) {
      throw ValidationError("--loop, --copies and --with-prompt go with a file for --output.")
    }
    if let output, output != "-", SoundFormat(path: output) == nil, !isMIDI {
      throw ValidationError(
        "--output must end in .wav, .aiff, .flac, .ogg, .opus or .mp3, for notes in .mid, or be -, not "
          + "\(output).")
    }
  }

  /// Whether what is written is a MIDI file.
  var isMIDI: Bool {
    [".mid", ".midi"].contains { output?.lowercased().hasSuffix($0) == true }
  }

  /// What the music goes on from.
  var start: MusicStart {
    if let promptAudio { return .clip(path: promptAudio.absolutePath) }
    if let from { return .position(seconds: from) }
    return .nothing
  }
}
