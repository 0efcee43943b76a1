/// How well the gradient of a ``Cell`` agrees with finite differences: see
/// ``checkGradients(of:count:seed:)``.
public struct GradientCheck: Equatable, Sendable, CustomStringConvertible {
  /// The error up to which a gradient counts as right.
  public static let limit = 1e-6

  /// One vector that a cell's `backward` gives the gradient of.
  public struct Part: Equatable, Sendable {
    /// `gate 0`, `previous output`, `previous cell state 0`, or the name of one of the cell's parameters.
    public let name: String
    /// The worst difference between `backward` and finite differences, relative to the largest value
    /// of the part's gradient; infinite where `backward` leaves what is not a number.
    public let error: Double
  }

  /// Every part: the gates' sums first, then the previous state, then the cell's own parameters.
  public let parts: [Part]

  /// The worst error of all parts.
  public var error: Double { parts.reduce(0) { max($0, $1.error) } }

  /// True where every gradient is right.
  public var passed: Bool { error <= Self.limit }

  /// One sentence for a person.
  public var description: String {
    if passed { return "The gradient agrees with finite differences within \(error)." }
    let wrong = parts.filter { !($0.error <= Self.limit) }
      .map { "\($0.name) (relative error \($0.error))" }
    return "The gradient disagrees with finite differences for " + wrong.joined(separator: ", ")
      + "."
  }
}

/// Compares a cell's `backward` with finite differences of its `forward`, in double precision.
///
/// What is differentiated is a sum of all that a step leaves in `next`, weighted at random. Spans that a
/// cell has to set hold what is not a number before, so that a value it leaves out is found too.
///
/// ```swift
/// let check = checkGradients(of: PeepholeLSTM())
/// precondition(check.passed, check.description)
/// ```
///
/// - Parameters:
///   - cell: the unit to check.
///   - count: the number of elements in each vector.
///   - seed: decides the values at which the gradient is checked.
public func checkGradients(
  of cell: some Cell, count: Int = 8, seed: UInt64 = 1
) -> GradientCheck {
  precondition(count > 0, "a gradient is checked for at least one element")
  let step = CellStep(cell, count: count, seed: seed)
  let analytic = step.gradients()
  let numeric = CellVectors(
    gates: step.differences(\.gates), previous: step.differences(\.previous),
    parameters: step.differences(\.parameters))
  let largest = (numeric.gates + numeric.previous + numeric.parameters).reduce(0) {
    max($0, abs($1))
  }
  func parts(
    _ path: KeyPath<CellVectors, [Double]>, _ names: [String]
  ) -> [GradientCheck.Part] {
    names.enumerated().map { index, name in
      let range = index * count..<(index + 1) * count
      return GradientCheck.Part(
        name: name,
        error: error(analytic[keyPath: path][range], numeric[keyPath: path][range], largest))
    }
  }
  let blocks = cell.gates.input + cell.gates.both + cell.gates.recurrent
  let previous = ["previous output"] + (0..<cell.cellStates).map { "previous cell state \($0)" }
  return GradientCheck(
    parts: parts(\.gates, (0..<blocks).map { "gate \($0)" }) + parts(\.previous, previous)
      + parts(\.parameters, cell.parameterNames))
}

/// The worst difference relative to the largest value. A part without influence has only rounding
/// errors, so the scale is never less than a thousandth of the `largest` value of all parts.
private func error(
  _ analytic: ArraySlice<Double>, _ numeric: ArraySlice<Double>, _ largest: Double
) -> Double {
  let scale = numeric.reduce(largest * 1e-3) { max($0, abs($1)) }
  return zip(analytic, numeric).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1)
    // `max` would pass over a gradient that is not a number.
    guard difference.isFinite else { return .infinity }
    return difference == 0 ? worst : max(worst, difference / scale)
  }
}

/// What a step reads, or the gradients of that.
private struct CellVectors {
  var gates: [Double]
  var previous: [Double]
  var parameters: [Double]
}

/// One step of a cell from values drawn at random, in double precision.
private struct CellStep<C: Cell> {
  private let cell: C
  private let count: Int
  private let input: CellVectors
  /// What each value of `next` counts for in the sum.
  private let weights: [Double]

  init(_ cell: C, count: Int, seed: UInt64) {
    self.cell = cell
    self.count = count
    var random = RandomStream(seed: seed, purpose: .noise)
    func values(_ vectors: Int, within limit: Double) -> [Double] {
      (0..<vectors * count).map { _ in limit * (2 * random.uniformDouble() - 1) }
    }
    let blocks = cell.gates.input + cell.gates.both + cell.gates.recurrent
    input = CellVectors(
      gates: values(blocks, within: 2), previous: values(1 + cell.cellStates, within: 1),
      parameters: values(cell.parameterNames.count, within: 1))
    weights = values(1 + cell.cellStates, within: 1)
  }

  /// Runs `forward`: what it leaves in the gates, the next state and the saved vectors.
  private func forward(_ input: CellVectors) -> (gates: [Double], next: [Double], saved: [Double]) {
    var gates = input.gates
    var next = [Double](repeating: .nan, count: weights.count)
    var saved = [Double](repeating: .nan, count: cell.saved * count)
    var gateSpan = gates.mutableSpan
    var nextSpan = next.mutableSpan
    var savedSpan = saved.mutableSpan
    cell.forward(
      gates: &gateSpan, previous: input.previous.span, next: &nextSpan, saved: &savedSpan,
      parameters: input.parameters.span)
    return (gates, next, saved)
  }

  /// The gradients of the weighted sum as `backward` gives them.
  func gradients() -> CellVectors {
    var (gates, next, saved) = forward(input)
    var dPrevious = [Double](repeating: .nan, count: input.previous.count)
    var dParameters = [Double](repeating: .nan, count: input.parameters.count)
    var gateSpan = gates.mutableSpan
    var dPreviousSpan = dPrevious.mutableSpan
    var dParameterSpan = dParameters.mutableSpan
    cell.backward(
      gates: &gateSpan, previous: input.previous.span, next: next.span, saved: saved.span,
      parameters: input.parameters.span, dNext: weights.span, dPrevious: &dPreviousSpan,
      dParameters: &dParameterSpan)
    return CellVectors(gates: gates, previous: dPrevious, parameters: dParameters)
  }

  /// The derivative of the weighted sum by each value of `path`, from four values around it: the error
  /// falls with the fourth power of the distance.
  func differences(_ path: WritableKeyPath<CellVectors, [Double]>) -> [Double] {
    let distance = 1e-3
    return input[keyPath: path].indices.map { index in
      let sum = { (move: Double) in
        var moved = input
        moved[keyPath: path][index] += move
        return zip(forward(moved).next, weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let near = sum(distance) - sum(-distance)
      let far = sum(2 * distance) - sum(-2 * distance)
      return (8 * near - far) / (12 * distance)
    }
  }
}
