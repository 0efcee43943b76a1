/// The gradients of one ``UnitStep``, in vectors of as many values.
@frozen public struct UnitGradient {
  /// Values of a vector.
  public let count: Int
  /// One vector, the gradient of the output after the step.
  public let outputs: UnitVectors
  /// One vector, that of the output before it.
  public let previousOutputs: UnitVectors
  /// Those of the cell states.
  public let cellStates: UnitVectors
  /// Those of the unit's own parameters, row by row.
  public let parameters: UnitVectors

  /// Gradients of vectors of `count` values.
  @inlinable @inline(__always)
  public init(
    count: Int, outputs: UnitVectors, previousOutputs: UnitVectors, cellStates: UnitVectors,
    parameters: UnitVectors
  ) {
    self.count = count
    self.outputs = outputs
    self.previousOutputs = previousOutputs
    self.cellStates = cellStates
    self.parameters = parameters
  }

  /// The gradient of the output.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func output() -> Span<Float> { outputs.read(0, length: count) }

  /// The gradient of the previous output, to be added to; what comes through the gates' sums is not of it.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func previousOutput() -> MutableSpan<Float> { previousOutputs.write(0, length: count) }

  /// In: the gradient of a cell state after the step; out: that of the cell state before it.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func cellState(_ vector: Int) -> MutableSpan<Float> {
    cellStates.write(vector, length: count)
  }

  /// The gradient of one of the unit's own parameters, row by row: what it is the sum of.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func parameter(_ vector: Int) -> MutableSpan<Float> {
    parameters.write(vector, length: count)
  }
}
