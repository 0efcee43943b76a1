/// The derivative of `function` at 0, from four values around it: the error falls with the fourth
/// power of `distance`, until rounding outweighs it.
///
/// A batch norm over a few rows bends a loss so much that at 1e-3 the error is as large as 1e-5 of the
/// gradient; at 3e-4 it is below 1e-7.
package func centralDifference(
  distance: Double = 3e-4, _ function: (Double) -> Double
) -> Double {
  let near = function(distance) - function(-distance)
  let far = function(2 * distance) - function(-2 * distance)
  return (8 * near - far) / (12 * distance)
}

extension ReferenceNetwork<Double> {
  /// The largest difference, over all parameters, between the backward pass and finite differences,
  /// relative to the largest gradient of the same tensor.
  ///
  /// In every tensor single entries are moved, `entries` of them at most, drawn by `random`; then
  /// all entries together, each up or down by chance, so that none goes unchecked. Where a rectifier has a
  /// bend, `distance` is small enough for hardly anything to reach it.
  package func largestGradientError(
    _ batch: ReferenceBatch, from state: [ReferenceState<Double>], entries: Int,
    distance: Double = 3e-4,
    using random: inout ReferenceRandom
  ) -> Double {
    let gradients = step(batch, from: state).gradients
    let largest = gradients.values.map(\.largest).max()!
    var worst = 0.0
    for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
      // A tensor without influence, such as the recurrent weights in a single step from a state of
      // zeros, has only rounding errors to compare.
      let scale = max(gradient.largest, largest * 1e-3)
      let count = gradient.values.count
      var directions = (0..<count).shuffled(using: &random).prefix(entries).map { entry in
        [(entry, 1.0)]
      }
      let length = Double(count).squareRoot()
      directions.append(
        (0..<count).map { ($0, (Bool.random(using: &random) ? 1 : -1) / length) })
      for direction in directions {
        let analytic = direction.reduce(0) { $0 + gradient.values[$1.0] * $1.1 }
        let numeric = centralDifference(distance: distance) { distance in
          moved(name, direction, by: distance).objective(batch, from: state)
        }
        let error = abs(numeric - analytic) / scale
        // `max` would pass over a gradient that is not a number.
        worst = error.isNaN ? .infinity : max(worst, error)
      }
    }
    return worst
  }

  private func moved(
    _ name: String, _ direction: [(entry: Int, part: Double)], by distance: Double
  ) -> ReferenceNetwork {
    var network = self
    for (entry, part) in direction {
      network.parameters[name]!.values[entry] += distance * part
    }
    return network
  }
}
