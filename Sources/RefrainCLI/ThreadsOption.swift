import ArgumentParser

/// `--threads`, as every command has it.
struct ThreadsOption: ParsableArguments {
  @Option(
    name: .customLong("threads"), parsing: .unconditional,
    help: ArgumentHelp(
      "Threads to use, up to 1024; 0: as many cores as are of use. The result never depends on it. (default: 0)",
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
