import Refrain
import UnitSteps

/// One step of a built-in unit's kernel, and its gradient, over vectors of any length.
final class KernelStep {
  private let kernel: any UnitKernel.Type
  private let count: Int
  let gates: Vectors
  let output: Vectors
  let cellStates: Vectors
  let saved: Vectors
  let dPreviousOutput: Vectors
  let dCellStates: Vectors
  private let previousOutput: Vectors
  private let previousCellStates: Vectors
  private let parameters: Vectors
  private let dOutput: Vectors
  private let dParameters: Vectors

  /// - Parameters:
  ///   - gates: their sums, in their order in memory.
  ///   - dPreviousOutput: what the gradient of the previous output is added to.
  ///   - dCellStates: the gradients of the cell states after the step.
  init(
    _ kind: CellKind, _ kernels: KernelChoice, gates: [[Float]], previousOutput: [Float]? = nil,
    previousCellStates: [[Float]] = [], parameters: [[Float]] = [], dOutput: [Float]? = nil,
    dPreviousOutput: [Float]? = nil, dCellStates: [[Float]] = []
  ) {
    kernel = kind.kernel(kernels)!
    let count = gates[0].count
    self.count = count
    let unset = [Float](repeating: .nan, count: count)
    let states = previousCellStates.map { _ in unset }
    self.gates = Vectors(gates)
    self.previousOutput = Vectors([previousOutput ?? unset])
    self.previousCellStates = Vectors(previousCellStates)
    self.parameters = Vectors(parameters)
    output = Vectors([unset])
    cellStates = Vectors(states)
    saved = Vectors(states)
    self.dOutput = Vectors([dOutput ?? unset])
    self.dPreviousOutput = Vectors([dPreviousOutput ?? unset])
    self.dCellStates = Vectors(dCellStates)
    dParameters = Vectors(parameters.map { _ in unset })
  }

  func forward() { kernel.forward(step) }

  func backward() {
    kernel.backward(
      step,
      UnitGradient(
        count: count, outputs: dOutput.vectors, previousOutputs: dPreviousOutput.vectors,
        cellStates: dCellStates.vectors, parameters: dParameters.vectors))
  }

  private var step: UnitStep {
    UnitStep(
      count: count, gates: gates.vectors, previousOutputs: previousOutput.vectors,
      previousCellStates: previousCellStates.vectors, outputs: output.vectors,
      cellStates: cellStates.vectors, savedVectors: saved.vectors, parameters: parameters.vectors)
  }

  /// Vectors of one length, one after the other.
  final class Vectors {
    private let memory: UnsafeMutableBufferPointer<Float>
    private let count: Int
    private let length: Int

    init(_ values: [[Float]]) {
      count = values.count
      length = values.first?.count ?? 0
      memory = .allocate(capacity: count * length + 1)
      _ = memory.initialize(from: values.joined())
    }

    deinit { memory.deallocate() }

    var vectors: UnitVectors {
      UnitVectors(base: memory.baseAddress!, stride: length, count: count)
    }

    var values: [[Float]] {
      (0..<count).map { Array(memory[$0 * length..<($0 + 1) * length]) }
    }
  }
}
