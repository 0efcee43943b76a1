internal import Foundation
package import Refrain

/// The best prediction of each value of the next frame from the same value of the last frames alone: least
/// squares, bin by bin. A network that begins with it has only to learn what is beyond.
package struct LinearPrediction {
  /// A factor for each value of the last frames, the newest first. `[history][D]`
  package let factors: [[Float]]
  /// How far each value of the next frame strays from the prediction. `[D]`
  package let deviations: [Float]

  /// Frames that are looked at, at most: evenly many from everywhere would not follow each other.
  private static let most = 20_000

  /// The prediction for the frames `range` of a table.
  package init(_ table: FrameTable, frames range: Range<Int>, history: Int) {
    var sums = LagProducts(size: table.size, lags: history + 1)
    // Pieces of a thousand frames from all over the music.
    let piece = 1000
    let pieces = (range.count + piece - 1) / piece
    let every = max(1, (pieces * piece + Self.most - 1) / Self.most)
    for index in stride(from: 0, to: pieces, by: every) {
      let first = range.lowerBound + index * piece
      sums.add(table, frames: first..<min(first + piece, range.upperBound))
    }
    var factors = [[Float]](
      repeating: [Float](repeating: 0, count: table.size), count: history)
    var deviations = [Float](repeating: 0, count: table.size)
    for bin in 0..<table.size {
      let (solution, variance) = sums.solution(bin: bin)
      for lag in 0..<history { factors[lag][bin] = Float(solution[lag]) }
      deviations[bin] = Float(variance.squareRoot())
    }
    self.factors = factors
    self.deviations = deviations
  }

  /// Lets an untrained network with a mixture begin with the prediction.
  package func begin(_ network: Network) {
    guard case .mixture(let components, let size, let history) = network.description.output,
      history == factors.count, history > 0
    else { return }
    network.setValues(of: "output.history", to: factors.flatMap { $0 })
    // What the hidden units add is small at first.
    let weights = network.values(of: "output.values.weight")
    network.setValues(of: "output.values.weight", to: weights.map { $0 * 0.1 })
    let logarithms = deviations.map { log(max($0, 0.01)) }
    let means = [Float](repeating: 0, count: components * size)
    network.setValues(
      of: "output.values.bias",
      to: means + (0..<components).flatMap { _ in logarithms })
  }
}

/// Sums of products of each value with itself some frames before. `[lag][lag][D]`
private struct LagProducts {
  private let size: Int
  private let lags: Int
  private var products: [[Double]]
  private var count = 0

  init(size: Int, lags: Int) {
    self.size = size
    self.lags = lags
    products = [[Double]](
      repeating: [Double](repeating: 0, count: size), count: lags * lags)
  }

  /// Adds the frames that have enough of their recording before them.
  mutating func add(_ table: FrameTable, frames: Range<Int>) {
    var past: [[Float]] = []
    for index in frames {
      if table.isStart(index) { past.removeAll() }
      past.insert(table[index], at: 0)
      if past.count < lags { continue }
      count += 1
      for i in 0..<lags {
        for j in i..<lags { add(past[i], past[j], to: i * lags + j) }
      }
      past.removeLast()
    }
  }

  private mutating func add(_ a: [Float], _ b: [Float], to place: Int) {
    for bin in 0..<size { products[place][bin] += Double(a[bin] * b[bin]) }
  }

  /// The factors of lags 1 and up that predict lag 0 best, and the mean square of what is left.
  func solution(bin: Int) -> (factors: [Double], variance: Double) {
    let unknowns = lags - 1
    let product = { (i: Int, j: Int) in self.products[min(i, j) * self.lags + max(i, j)][bin] }
    // A little more on the diagonal, for bins that never change.
    let ridge = 1e-4 * (product(0, 0) + 1e-3 * Double(count) + 1e-9)
    var matrix = (0..<unknowns).map { i in
      (0..<unknowns).map { j in product(i + 1, j + 1) + (i == j ? ridge : 0) }
        + [product(i + 1, 0)]
    }
    for column in 0..<unknowns {
      let pivot = matrix[column][column]
      for row in 0..<unknowns where row != column {
        let factor = matrix[row][column] / pivot
        for k in column...unknowns { matrix[row][k] -= factor * matrix[column][k] }
      }
    }
    let factors = (0..<unknowns).map { matrix[$0][unknowns] / matrix[$0][$0] }
    var square = product(0, 0)
    for i in 0..<unknowns { square -= 2 * factors[i] * product(i + 1, 0) }
    for i in 0..<unknowns {
      for j in 0..<unknowns { square += factors[i] * factors[j] * product(i + 1, j + 1) }
    }
    return (factors, max(square, 0) / Double(max(count, 1)))
  }
}
