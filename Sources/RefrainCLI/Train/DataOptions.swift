import ArgumentParser

// Every option is optional, so that it is known what was asked for: a configuration file fills in
// what the command line leaves out. A value may begin with a dash; its check has a sentence for it.

/// What is learned.
struct DataOptions: ParsableArguments {
  @Option(
    "n",
    "With --tokens word and for tables: words and symbols that occur fewer times become <unk> "
      + "(default: 1; tables: 2).")
  var minimumCount: Int?

  @Option(
    "share|file",
    "Data to validate on: a share of the input, 0 to less than 1 (text and music: the end; MIDI: the "
      + "last files; tables: rows drawn at random); for text and tables also a file (default: 0.1)."
  )
  var validation: String?
}
