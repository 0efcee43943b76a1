/// Tensors in order, and where each lies in a flat buffer.
package struct TensorLayout: Sendable {
  /// All tensors, first layer first.
  package private(set) var tensors: [ParameterTensor] = []
  /// Rows of sixteen in the flat buffer.
  private(set) var rows = 0
  private var places: [String: Int] = [:]

  /// Adds a tensor after all others.
  mutating func add(_ tensor: ParameterTensor) {
    var tensor = tensor
    tensor.offset = rows
    rows += tensor.footprint
    if places[tensor.name] == nil { places[tensor.name] = tensors.count }
    tensors.append(tensor)
  }

  /// The tensor called `name`; it is a mistake to ask for one that there is not.
  package subscript(name: String) -> ParameterTensor {
    guard let place = places[name] else {
      preconditionFailure("The network has no parameter called \(name).")
    }
    return tensors[place]
  }

  /// Whether there is a tensor called `name`.
  func contains(_ name: String) -> Bool { places[name] != nil }

  /// The number of values.
  package var count: Int { tensors.reduce(0) { $0 + $1.count } }
}

/// What a network consists of: the parameters, which are trained, and what batch normalisation has met.
package struct ParameterLayout: Sendable {
  /// What is trained.
  package internal(set) var parameters = TensorLayout()
  /// What is saved with the parameters, but not trained.
  package internal(set) var statistics = TensorLayout()
}

/// The parameters of a network by name, with their gradients, and what batch normalisation has met.
struct ParameterStore {
  let layout: ParameterLayout
  /// All parameters, flat: a single panel; the others likewise.
  let values: Panels
  let gradients: Panels
  let statistics: Panels

  /// Where a parameter lies, and its gradient.
  subscript(name: String) -> (values: Panels, gradient: Panels) {
    let tensor = layout.parameters[name]
    return (tensor.panels(in: values), tensor.panels(in: gradients))
  }

  /// Where something lies that batch normalisation has met.
  subscript(statistic name: String) -> Panels {
    layout.statistics[name].panels(in: statistics)
  }

  /// Whether there is a parameter of that name.
  func contains(_ name: String) -> Bool { layout.parameters.contains(name) }

  /// `count` panels of one row from where the parameter `name` begins: its values, those of parameters that
  /// follow it without a gap, and their gradients.
  func vectors(from name: String, skipping first: Int = 0, count: Int) -> (
    values: Panels, gradient: Panels
  ) {
    let place = layout.parameters[name].offset + first
    return (
      values.view(from: place, rows: 1, count: count),
      gradients.view(from: place, rows: 1, count: count)
    )
  }
}
