/// How much memory a network and its workspaces take, from the description alone: nothing is allocated.
///
/// Network and workspace are made as ever, in an arena that only counts (`Documentation/Memory.md`). Sizes are
/// floating-point numbers, which no description overflows; they are exact up to 2⁵³ bytes.
public struct MemorySize: Sendable {
  /// Bytes of one copy of all parameters. A ``Network`` holds two, weights and gradients; an optimizer
  /// one per moment: Adam two, RMSProp and SGD one.
  public let parameters: Double
  /// Bytes of what batch normalisation has met; a network holds it once.
  public let statistics: Double
  /// Bytes of a ``Network``.
  public let network: Double
  private let counted: Network

  /// The sizes of a network of that description.
  ///
  /// - Parameters:
  ///   - description: the network, before it is made.
  ///   - cells: the user's own units that the description names.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public init(_ description: ModelDescription, cells: [CustomCell] = []) throws {
    let arena = Arena(counts: true)
    counted = try Network(description, cells: cells, arena: arena)
    network = arena.byteCount
    let layout = counted.layout
    parameters = Arena.byteCount { _ = $0.panels(rows: layout.parameters.rows, count: 1) }
    statistics = Arena.byteCount { _ = $0.panels(rows: layout.statistics.rows, count: 1) }
  }

  /// Bytes of a ``Workspace`` for batches of at most `steps` by `sequences`:
  /// ``Workspace/byteCount``, known before.
  ///
  /// - Parameters:
  ///   - steps: the most time steps of a batch.
  ///   - sourceSteps: the most steps of what an encoder reads; nil: as many.
  ///   - sequences: the most sequences of a batch.
  ///   - mode: whether the workspace trains or only runs forward.
  ///   - weights: the format that the weights are read in.
  public func workspace(
    steps: Int, sourceSteps: Int? = nil, sequences: Int, mode: Workspace.Mode,
    weights: WeightFormat = .f32
  ) -> Double {
    Arena.byteCount { arena in
      _ = WorkspaceParts(
        counted.description,
        WorkspacePlan(
          counted.store, cells: counted.cells, arena: arena, steps: steps,
          sourceSteps: sourceSteps ?? steps, batch: sequences, trains: mode == .training,
          weights: weights, kernels: .best))
    }
  }
}
