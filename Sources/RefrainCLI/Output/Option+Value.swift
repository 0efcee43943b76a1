internal import ArgumentParser

extension Option {
  /// An option with a value that may be left out, and may begin with a dash: its check has a sentence for that.
  ///
  /// ```swift
  /// @Option("n", "Layers, 1 to 100 (default: 2).") var layers: Int?
  /// ```
  init<T: ExpressibleByArgument>(_ valueName: String, _ help: String) where Value == T? {
    self.init(
      parsing: .unconditional, help: ArgumentHelp("\(help)", valueName: valueName))
  }
}
