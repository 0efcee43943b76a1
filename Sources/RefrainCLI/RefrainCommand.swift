import ArgumentParser

@main
struct RefrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "refrain")
}
