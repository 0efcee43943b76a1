import ArgumentParser

// Every option is optional, so that it is known what was asked for: a configuration file fills in
// what the command line leaves out. A value may begin with a dash; its check has a sentence for it.

/// What is learned.
struct DataOptions: ParsableArguments {
  @Option(
    "n",
    "Text of words, tables: words and symbols that come up less often become <unk> (default: "
      + "1; tables: 2).")
  var minimumCount: Int?

  @Option(
    "share|file",
    "What to validate on: a share of the tail, 0 to less than 1; for text and "
      + "tables, or a file; for MIDI files, a share of the last ones; for tables, of rows drawn "
      + "by chance (default: 0.1).")
  var validation: String?
}
