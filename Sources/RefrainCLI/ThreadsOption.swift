import ArgumentParser

/// `--threads`, as every command has it.
struct ThreadsOption: ParsableArguments {
  @Option(
    name: .customLong("threads"), parsing: .unconditional,
    help: ArgumentHelp(
      """
      Number of threads, 0 to 1024; 0: one per core, or fewer where more would not help. The result \
      does not depend on it. (default: 0; generate: 1)
      """,
      valueName: "n"))
  var given: Int?

  /// The number of threads; 0: all cores.
  var count: Int { given ?? 0 }

  func validate() throws {
    if !(0...1024).contains(count) {
      throw ValidationError("--threads must be between 0 (all cores) and 1024, not \(count).")
    }
  }
}
