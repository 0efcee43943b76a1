import ArgumentParser

// Every option is optional, so that it is known what was asked for: a configuration file fills in
// what the command line leaves out. A value may begin with a dash; its check has a sentence for it.

/// What is learned.
struct DataOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text: what a token is: a character, a word or a byte (default: char, or as in "
        + "--start-from).",
      valueName: "kind"))
  var tokens: TokensName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text of words: the largest vocabulary, 3 or more (default: no limit).",
      valueName: "n"))
  var vocabularySize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text of words, tables: words and symbols that come up less often become <unk> (default: 1; "
        + "tables: 2).",
      valueName: "n"))
  var minimumCount: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What to validate on: a share of the tail, 0 to less than 1; for text and tables, or a file; "
        + "for MIDI files, a share of the last ones; for tables, of rows drawn by chance (default: 0.1).",
      valueName: "share|file"))
  var validation: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Music: samples per second that the sound is brought to, 4,000 to 384,000 (default: 22050).",
      valueName: "hertz"))
  var sampleRate: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Music: hears left and right instead of their mean (default: no).")
  var stereo: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Music: samples that a frame is made of, a power of two from 64 to 65,536; a frame has half as "
        + "many values, and one (default: 2048).",
      valueName: "samples"))
  var window: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Music: samples from frame to frame, at most half a window (default: a quarter).",
      valueName: "samples"))
  var hop: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Notes: moments that a quarter note is cut into, 1 to 64 (default: 4, for a collection 1).",
      valueName: "n"))
  var grid: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Notes: learns each piece in every transposition up to so many half-tones down and up, 0 to 12 "
        + "(default: 0).",
      valueName: "half-tones"))
  var transpose: Int?
}
