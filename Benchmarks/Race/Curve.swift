/// How a training's validation loss fell over the seconds of the clock.
package struct Curve: Equatable, Sendable {
  /// One evaluation.
  package struct Point: Codable, Equatable, Sendable {
    /// Seconds since the training was asked for: reading the text and evaluating count.
    package let seconds: Double
    /// Tokens trained by then.
    package let tokens: Int
    /// The validation loss in nats per token.
    package let loss: Double

    package init(seconds: Double, tokens: Int, loss: Double) {
      self.seconds = seconds
      self.tokens = tokens
      self.loss = loss
    }
  }

  /// Who ran, and by which recipe.
  package let name: String
  /// The evaluations, in order.
  package var points: [Point]

  package init(_ name: String, _ points: [Point] = []) {
    self.name = name
    self.points = points
  }

  /// The seconds of the first evaluation at `loss` or below; nil: never.
  package func seconds(to loss: Double) -> Double? {
    points.first { $0.loss <= loss }?.seconds
  }

  /// The evaluation with the lowest loss; nil: there was none.
  package var best: Point? { points.min { $0.loss < $1.loss } }

  /// nanoGPT's recipe for a processor without GPU, as it was once measured on two cores of the kind
  /// that the project is measured on; it is not run here.
  package static let nanoGPT = Curve(
    "nanoGPT (recorded)", [Point(seconds: 308, tokens: 1_536_000, loss: 1.886)])
}
