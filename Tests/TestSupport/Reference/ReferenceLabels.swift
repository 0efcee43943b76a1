/// The cross-entropy of labels of which several may be true at once, `[N, L]`, whose targets are numbers of
/// `frames`.
package struct ReferenceLabels<Scalar: ReferenceScalar>: Sendable {
  /// The sum over the labels, in nats, as the mean of the counted targets; a target of -1 is not counted.
  package let loss: Scalar
  /// The gradient with respect to the logits, `[N, L]`.
  package let gradient: [Scalar]

  package init(logits: [Scalar], frames: ReferenceTensor<Scalar>, targets: [Int32]) {
    let size = frames.shape[1]
    let counted = Scalar(max(targets.count { $0 >= 0 }, 1))
    var (loss, gradient) = (Scalar(0), [Scalar](repeating: 0, count: logits.count))
    for (n, target) in targets.enumerated() where target >= 0 {
      for (i, value) in zip(n * size..<(n + 1) * size, frames.row(target)) {
        let probability = 1 / (1 + Scalar.exp(-logits[i]))
        loss -= value * Scalar.log(probability) / counted
        loss -= (1 - value) * Scalar.log(1 - probability) / counted
        gradient[i] = (probability - value) / counted
      }
    }
    (self.loss, self.gradient) = (loss, gradient)
  }
}
