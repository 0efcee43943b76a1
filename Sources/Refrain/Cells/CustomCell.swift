/// A ``Cell`` under the name that a ``ModelDescription`` calls it by, ready to run.
///
/// ```swift
/// let network = try Network(description, cells: [CustomCell("peephole", PeepholeLSTM())])
/// ```
public struct CustomCell: Sendable {
  /// The name in `.custom(name)`.
  public let name: String
  /// See ``Cell/gates``.
  public let gates: (input: Int, both: Int, recurrent: Int)
  /// See ``Cell/cellStates``.
  public let cellStates: Int
  /// See ``Cell/saved``.
  public let saved: Int
  /// See ``Cell/parameterNames``.
  public let parameterNames: [String]

  @usableFromInline typealias Forward =
    @Sendable (
      inout MutableSpan<Float>, Span<Float>, inout MutableSpan<Float>, inout MutableSpan<Float>,
      Span<Float>
    ) -> Void
  @usableFromInline typealias Backward =
    @Sendable (
      inout MutableSpan<Float>, Span<Float>, Span<Float>, Span<Float>, Span<Float>, Span<Float>,
      inout MutableSpan<Float>, inout MutableSpan<Float>
    ) -> Void

  @usableFromInline let forward: Forward
  @usableFromInline let backward: Backward

  /// Names a cell. This is compiled in the module that calls it, where the cell's own code is known,
  /// so that a step in `Float` is plain fast code.
  @inlinable
  public init<C: Cell>(_ name: String, _ cell: C) {
    self.name = name
    gates = cell.gates
    cellStates = cell.cellStates
    saved = cell.saved
    parameterNames = cell.parameterNames
    forward = { gates, previous, next, saved, parameters in
      cell.forward(
        gates: &gates, previous: previous, next: &next, saved: &saved, parameters: parameters)
    }
    backward = { gates, previous, next, saved, parameters, dNext, dPrevious, dParameters in
      cell.backward(
        gates: &gates, previous: previous, next: next, saved: saved, parameters: parameters,
        dNext: dNext, dPrevious: &dPrevious, dParameters: &dParameters)
    }
  }
}
