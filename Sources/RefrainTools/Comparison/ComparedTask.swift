public import Refrain

/// What all units of a ``UnitComparison`` learn: the next token of a text, or a table's targets.
public protocol ComparedTask: Sendable {
  /// How all of them are trained.
  var configuration: TrainingConfiguration { get }
  /// When each of them ends.
  var limits: TrainingLimits { get }
  /// Values that each layer of the LSTM outputs, whose number of parameters the others come near to.
  var hidden: Int { get }
  /// Sentences for the user about what was decided for them.
  var remarks: [String] { get }

  /// The network of a unit.
  ///
  /// - Parameters:
  ///   - unit: what the layers are made of.
  ///   - hidden: values that each layer outputs. The number of parameters grows with it.
  /// - Throws: a sentence if the unit cannot be used.
  func network(of unit: SequenceUnit, hidden: Int) throws -> ComparedNetwork

  /// Bytes of the workspace that a network is trained in.
  ///
  /// - Throws: a sentence if the machine has not so much memory as the training takes.
  func workspaceBytes(of description: ModelDescription) throws -> Double

  /// The training of a network.
  ///
  /// - Throws: what reading the data throws.
  func trainer(of network: Network) throws -> Trainer
}

/// A network of one kind of unit, and how many layers of it.
public struct ComparedNetwork: Sendable {
  /// The network.
  public let description: ModelDescription
  /// Layers of the unit.
  public let layers: Int

  /// A network of so many layers of its unit.
  public init(_ description: ModelDescription, layers: Int) {
    self.description = description
    self.layers = layers
  }
}
