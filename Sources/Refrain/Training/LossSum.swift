/// A mean of losses over the targets that they are of.
package struct LossSum: Codable, Equatable, Sendable {
  package private(set) var steps = 0
  /// All tokens that were read, whether or not something counted as their target.
  private(set) var tokens = 0
  private var targets = 0
  private var sum = 0.0

  /// In nats per counted target.
  var mean: Double { sum / Double(max(targets, 1)) }

  /// Adds the mean loss of a batch.
  mutating func add(_ loss: Double, of batch: Batch) {
    let counted = batch.countedTargets
    steps += 1
    tokens += batch.readSteps
    targets += counted
    sum += loss * Double(counted)
  }
}
