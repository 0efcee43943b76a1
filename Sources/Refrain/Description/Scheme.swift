/// How inputs and outputs line up in time.
public enum Scheme: String, Codable, CaseIterable, Sendable {
  /// One step is read, one is predicted: rows of numbers, for example, and a class for each.
  case oneToOne = "one-to-one"
  /// One step is read, a sequence is predicted.
  case oneToMany = "one-to-many"
  /// A sequence is read, one step is predicted.
  case manyToOne = "many-to-one"
  /// For each step that is read, one is predicted.
  case manyToMany = "many-to-many"
  /// A sequence is read to its end, and another is predicted then: an encoder and a decoder.
  case manyToManyDelayed = "many-to-many-delayed"
}

extension ModelDescription {
  /// How the network's inputs and outputs line up in time.
  public var scheme: Scheme {
    if let encoder {
      return encoder.layers.contains { $0.has(.spansSteps) } ? .manyToManyDelayed : .oneToMany
    }
    if predictsOnlyLast { return .manyToOne }
    return layers.contains { $0.has(.spansSteps) } ? .manyToMany : .oneToOne
  }
}
