internal import Refrain

extension TableTask {
  /// What is learned, in a sentence for the user.
  public var inWords: String {
    "\(scheme.rawValue): from \(Self.inWords(input, inputs)) to \(Self.inWords(target, targets))."
  }

  private static func inWords(_ format: RowFormat, _ columns: [String]) -> String {
    let names =
      columns.count > 4
      ? "\(columns.count) columns" : columns.map { "“\($0.brief)”" }.joined(separator: ", ")
    return "\(names) (\(description(format)))"
  }

  private static func description(_ format: RowFormat) -> String {
    switch format {
    case .text(let vocabulary): "\(format.kind.inWords), \(vocabulary.count) different ones"
    case .symbols(let symbols): "\(symbols.count) symbols"
    case .label(let labels): "one of \(labels.count) labels"
    case .labels(let labels): "any of \(labels.count) labels"
    case .numbers(let scale): scale.size == 1 ? "a number" : "\(scale.size) numbers"
    case .sequence(let scale):
      scale.size == 1 ? "a sequence of numbers" : "a sequence of \(scale.size) numbers at each step"
    }
  }
}
