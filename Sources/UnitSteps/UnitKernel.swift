/// The element-wise half of a recurrent unit, for one panel of units at a time.
public protocol UnitKernel: Sendable {
  /// From the gates' sums and the previous state, the new state; what `backward` needs of the gates is left in
  /// their place.
  static func forward(_ step: UnitStep)
  /// From the new state's gradient, the gradients of the gates' sums, in the gates' place, and of the previous
  /// state.
  static func backward(_ step: UnitStep, _ gradient: UnitGradient)
}
