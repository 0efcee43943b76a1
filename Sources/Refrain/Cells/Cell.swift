/// A recurrent unit of your own.
///
/// A layer of units computes, for each of its *gate blocks*, `W x + U h₋ + b`; the library does these
/// matrix products, forward and backward. What remains is the cell's own: how the gates, the unit's
/// cell states and its output come together, element by element, and the gradient of that. Both are
/// written once, for any scalar: `Float` trains, `Double` checks the gradient (``checkGradients(of:count:seed:)``).
///
/// A span of `n` vectors holds them one after the other, `count` values each; vector `v`, element `j`
/// stands at `v * count + j`. Elements never mix.
public protocol Cell: Sendable {
  /// Gate blocks in three groups, in this order in every span of gates: those that see the input only,
  /// those that see input and previous output, those that see the previous output only. An LSTM has
  /// `(0, 4, 0)`, a GRU whose reset gate comes after the product `(1, 2, 1)`.
  var gates: (input: Int, both: Int, recurrent: Int) { get }

  /// How many cell states each unit keeps besides its output (an LSTM: 1).
  var cellStates: Int { get }

  /// How many vectors ``forward(gates:previous:next:saved:parameters:)`` leaves for its gradient,
  /// besides the gates.
  var saved: Int { get }

  /// The names of the unit's own parameters, one value per unit each (such as peepholes).
  var parameterNames: [String] { get }

  /// One step.
  ///
  /// - Parameters:
  ///   - gates: in: the gates' sums; out: whatever `backward` wants to find there. `[gates, count]`
  ///   - previous: output and cell states before the step, output first. `[1 + cellStates, count]`
  ///   - next: output and cell states after it. `[1 + cellStates, count]`
  ///   - saved: for the gradient. `[saved, count]`
  ///   - parameters: the unit's own parameters. `[parameterNames.count, count]`
  func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>)

  /// The gradient of one step.
  ///
  /// - Parameters:
  ///   - gates: in: what `forward` left; out: the gradients of the gates' sums.
  ///   - previous: as in `forward`.
  ///   - next: what `forward` made.
  ///   - saved: what `forward` left.
  ///   - parameters: as in `forward`.
  ///   - dNext: the gradients of output and cell states after the step.
  ///   - dPrevious: to be set: the gradients of `previous`, apart from what comes through the matrix products.
  ///   - dParameters: to be set: the gradients of the unit's own parameters.
  func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>)
}

extension Cell {
  /// Nothing besides the output.
  public var cellStates: Int { 0 }
  /// Nothing besides the gates.
  public var saved: Int { 0 }
  /// No parameters of its own.
  public var parameterNames: [String] { [] }
}

/// What a ``Cell`` computes with: `Float` when it trains, `Double` when its gradient is checked.
public protocol CellScalar: BinaryFloatingPoint, Sendable {
  /// 1 / (1 + e⁻ˣ).
  static func sigmoid(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// eˣ.
  static func exp(_ x: Self) -> Self
}
