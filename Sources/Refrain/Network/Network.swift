/// A description with its parameters and their gradients.
///
/// A network holds numbers only; a ``Workspace`` runs it. Parameters have the names and shapes that
/// the model file shows (``parameterNames``, ``values(of:)``); inside they lie in panels.
public final class Network: @unchecked Sendable {
  /// What the network is.
  public let description: ModelDescription
  /// The user's own units that it may contain.
  package let cells: [CustomCell]
  package let layout: ParameterLayout
  /// All parameters, flat: a single panel.
  package let parameters: Panels
  /// Their gradients, laid out alike.
  package let gradients: Panels
  /// What batch normalisation has met, flat: saved, but not trained.
  package let statistics: Panels
  private let arena: Arena

  /// A network whose parameters are drawn from the stream that `seed` begins.
  ///
  /// Weights and biases are uniform in ±1/√H (dense layers: ±1/√inputs, embeddings: ±1), the LSTM's
  /// forget bias is 1 (Gers et al. 2000; Jozefowicz et al. 2015).
  ///
  /// - Parameters:
  ///   - description: the layers, the input and the output.
  ///   - cells: the user's own units that the description names.
  ///   - seed: the same seed gives the same parameters.
  /// - Throws: ``ModelDescriptionError``.
  public convenience init(
    _ description: ModelDescription, cells: [CustomCell] = [], seed: UInt64 = 1
  ) throws {
    try self.init(description, cells: cells, arena: Arena())
    var random = RandomStream(seed: seed, purpose: .initialisation)
    for tensor in layout.parameters.tensors { initialise(tensor, in: parameters, &random) }
    for tensor in layout.statistics.tensors { initialise(tensor, in: statistics, &random) }
  }

  /// A network all of whose parameters are zero, or that has none, only their sizes, in an arena that counts.
  init(_ description: ModelDescription, cells: [CustomCell], arena: Arena) throws {
    self.description = description
    self.cells = cells
    self.arena = arena
    layout = try ParameterLayout(description, cells: cells)
    parameters = arena.panels(rows: layout.parameters.rows, count: 1)
    gradients = arena.panels(rows: layout.parameters.rows, count: 1)
    statistics = arena.panels(rows: layout.statistics.rows, count: 1)
  }

  private func initialise(
    _ tensor: ParameterTensor, in flat: Panels, _ random: inout RandomStream
  ) {
    var values = [Float](repeating: 0, count: tensor.count)
    for i in values.indices {
      switch tensor.initial {
      case .uniform(let range): values[i] = (2 * random.uniform() - 1) * range
      case .all(let value): values[i] = value
      }
    }
    if let block = tensor.onesBlock {
      for i in 0..<tensor.columns { values[block * tensor.columns + i] = 1 }
    }
    set(tensor, in: flat, to: values)
  }

  // MARK: - Parameters by name

  /// The names of all parameters, first layer first.
  public var parameterNames: [String] { layout.parameters.tensors.map(\.name) }

  /// The parameters by name, for the engine's layers.
  var store: ParameterStore {
    ParameterStore(
      layout: layout, values: parameters, gradients: gradients, statistics: statistics)
  }

  /// Bytes that weights and gradients take.
  package var byteCount: Int { Int(arena.byteCount) }

  /// The number of values that are trained.
  public var parameterCount: Int { layout.parameters.count }

  /// The logical shape of a parameter: `[4H, I]` for an LSTM's input weights.
  public func shape(of name: String) -> [Int] { layout.parameters[name].shape }

  /// A parameter's values in row-major order.
  public func values(of name: String) -> [Float] {
    values(of: layout.parameters[name], in: parameters)
  }

  /// Replaces a parameter's values.
  public func setValues(of name: String, to values: [Float]) {
    set(layout.parameters[name], in: parameters, to: values)
  }

  /// The gradient of the last training step for a parameter, before clipping, in row-major order.
  public func gradient(of name: String) -> [Float] {
    values(of: layout.parameters[name], in: gradients)
  }

  package func values(of tensor: ParameterTensor, in flat: Panels) -> [Float] {
    let panels = tensor.panels(in: flat)
    var values = [Float](repeating: 0, count: tensor.count)
    tensor.forEach { index, row, column in values[index] = panels[row, column] }
    return values
  }

  package func set(_ tensor: ParameterTensor, in flat: Panels, to values: [Float]) {
    precondition(
      values.count == tensor.count, "\(tensor.name) has \(tensor.count) values, not \(values.count)"
    )
    let panels = tensor.panels(in: flat)
    tensor.forEach { index, row, column in panels[row, column] = values[index] }
  }
}
