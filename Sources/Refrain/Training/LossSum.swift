/// A mean of losses.
struct LossSum: Codable, Equatable, Sendable {
  private(set) var steps = 0
  private(set) var tokens = 0
  private var sum = 0.0

  var mean: Double { sum / Double(max(steps, 1)) }

  mutating func add(_ loss: Double, tokens: Int) {
    steps += 1
    self.tokens += tokens
    sum += loss
  }
}
