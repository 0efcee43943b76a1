/// A label that no class is called by; the description is one sentence that lists the nearest names.
public struct UnknownLabel: Error, Equatable, CustomStringConvertible {
  /// The label.
  public let name: String

  /// Names that may be meant, the nearest first; the most frequent classes where none is near.
  public let suggestions: [String]

  private let classes: Int

  init(name: String, labels: Labels) {
    self.name = name
    let nearest = NearestNames.of(name, among: labels.names, most: 3)
    suggestions = nearest.isEmpty ? Array(labels.names.prefix(5)) : nearest
    classes = labels.count
  }

  /// One sentence.
  public var description: String {
    guard classes > 0 else { return "“\(name.brief)” cannot be a label: there are no classes." }
    let list = suggestions.map { "“\($0.brief)”" }.joined(separator: ", ")
    return "“\(name.brief)” is none of the \(classes) label\(classes == 1 ? "" : "s"); "
      + "use one of them, like \(list)."
  }
}
