/// How inputs and outputs line up in time.
public enum Scheme: String, Codable, CaseIterable, Sendable {
  /// One step is read, one is said: rows of numbers, say, and a class for each.
  case oneToOne = "one-to-one"
  /// One step is read, a sequence is said.
  case oneToMany = "one-to-many"
  /// A sequence is read, one step is said.
  case manyToOne = "many-to-one"
  /// For each step that is read, one is said.
  case manyToMany = "many-to-many"
  /// A sequence is read to its end, and another is said then: an encoder and a decoder.
  case manyToManyDelayed = "many-to-many-delayed"
}

extension ModelDescription {
  /// How what the network reads and what it says line up in time.
  public var scheme: Scheme {
    if let encoder {
      return encoder.layers.contains { $0.has(.spansSteps) } ? .manyToManyDelayed : .oneToMany
    }
    if saysOnlyLast { return .manyToOne }
    return layers.contains { $0.has(.spansSteps) } ? .manyToMany : .oneToOne
  }
}
