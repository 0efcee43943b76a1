internal import ArgumentParser
internal import Foundation
internal import RefrainMusic

/// What `generate` makes with a model of music.
struct MusicOptions: ParsableArguments {
  @Option(
    "file",
    """
    The sound file to write: .wav, .aiff, .flac, .ogg, .opus or .mp3; of notes, .mid; - streams raw \
    samples to standard output as they are made, and takes commands on standard input: temperature \
    1.1, from 42, stop.
    """)
  var output: String?

  @Option("s", "Seconds to make, up to 3,600; 0: without end, with --output - only. (default: 30)")
  var seconds: Double?

  @Option("n", "Notes: quarter notes per minute, 4 to 1000. (default: 90)")
  var tempo: Double?

  @Option("file", "A sound file to go on from; its last ten seconds count.")
  var promptAudio: String?

  @Option("seconds", "Goes on from there in the training music, all of it one after the other.")
  var from: Double?

  @Flag(help: "Puts what it goes on from, of sound ten seconds at most, in front of what is made.")
  var withPrompt = false

  @Flag(help: "Makes a loop: the end leads into the beginning without a seam.")
  var loop = false

  @Flag(
    help: """
      Looks up for every second where the training music comes nearest to it; that is read again.
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
      throw ValidationError("--seconds 0 is without end; add --output -, or give it seconds.")
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
