import UnitSteps

/// The element-wise half of a recurrent layer, for one panel of units at a time.
protocol CellOperations {
  /// From the gates' sums and the previous state, the new state of panel `unit`.
  func forward(_ step: UnitStep, unit: Int)
  /// From the new state's gradient, the gradients of the gates' sums and of the previous state.
  func backward(_ step: UnitStep, _ gradient: UnitGradient, unit: Int)
}

/// Runs the kernel of a built-in unit.
struct KernelOperations: CellOperations {
  let kernel: any UnitKernel.Type

  func forward(_ step: UnitStep, unit: Int) { kernel.forward(step) }

  func backward(_ step: UnitStep, _ gradient: UnitGradient, unit: Int) {
    kernel.backward(step, gradient)
  }
}
