/// One step of one panel of units for some sequences: what a unit's kernel reads and writes. All vectors but
/// the unit's own parameters hold `count` values, sixteen for each sequence.
@frozen public struct UnitStep {
  /// Values of a vector.
  public let count: Int
  /// The gate blocks in their order in memory.
  public let gates: UnitVectors
  /// One vector, the output before the step.
  public let previousOutputs: UnitVectors
  /// The cell states before the step.
  public let previousCellStates: UnitVectors
  /// One vector, the output after the step.
  public let outputs: UnitVectors
  /// The cell states after the step.
  public let cellStates: UnitVectors
  /// What the forward step leaves for its gradient, besides the gates.
  public let savedVectors: UnitVectors
  /// The unit's own parameters, of sixteen values each.
  public let parameters: UnitVectors

  /// A step of vectors of `count` values.
  @inlinable @inline(__always)
  public init(
    count: Int, gates: UnitVectors, previousOutputs: UnitVectors, previousCellStates: UnitVectors,
    outputs: UnitVectors, cellStates: UnitVectors, savedVectors: UnitVectors,
    parameters: UnitVectors
  ) {
    self.count = count
    self.gates = gates
    self.previousOutputs = previousOutputs
    self.previousCellStates = previousCellStates
    self.outputs = outputs
    self.cellStates = cellStates
    self.savedVectors = savedVectors
    self.parameters = parameters
  }

  /// A gate block: its sums before the forward step, what that left after it, its gradient in the end.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func gate(_ block: Int) -> MutableSpan<Float> { gates.write(block, length: count) }

  /// The output before the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func previousOutput() -> Span<Float> { previousOutputs.read(0, length: count) }

  /// A cell state before the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func previousCellState(_ vector: Int) -> Span<Float> {
    previousCellStates.read(vector, length: count)
  }

  /// The output after the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func output() -> MutableSpan<Float> { outputs.write(0, length: count) }

  /// A cell state after the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func cellState(_ vector: Int) -> MutableSpan<Float> {
    cellStates.write(vector, length: count)
  }

  /// A vector for the gradient.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func saved(_ vector: Int) -> MutableSpan<Float> {
    savedVectors.write(vector, length: count)
  }

  /// One of the unit's own parameters. `[16]`
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func parameter(_ vector: Int) -> Span<Float> { parameters.read(vector, length: 16) }
}

// What is only read: a span that could write, but does not, would cost an allocation.
extension UnitStep {
  /// A gate block.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func readGate(_ block: Int) -> Span<Float> { gates.read(block, length: count) }

  /// The output after the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func readOutput() -> Span<Float> { outputs.read(0, length: count) }

  /// A cell state after the step.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func readCellState(_ vector: Int) -> Span<Float> { cellStates.read(vector, length: count) }

  /// A vector that the forward step has left.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func readSaved(_ vector: Int) -> Span<Float> { savedVectors.read(vector, length: count) }
}
