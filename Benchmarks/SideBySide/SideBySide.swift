internal import ArgumentParser

/// `make bench`.
@main
struct SideBySide: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures Refrain and other libraries side by side.",
    subcommands: [CompareCommand.self, MeasureCommand.self],
    defaultSubcommand: CompareCommand.self)
}
