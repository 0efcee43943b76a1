/// The softmax of `logits` `[N, V]` and its cross-entropy with `targets` `[N]`.
package struct ReferenceSoftmaxCrossEntropy<Scalar: ReferenceScalar>: Sendable {
  /// The mean over the counted targets, in nats; 0 where none counts. A target of -1 is not counted.
  package let loss: Scalar
  /// The gradient with respect to the logits, `[N, V]`.
  package let gradient: [Scalar]

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package init(logits: [Scalar], targets: [Int32], vocabulary: Int) {
    precondition(logits.count == targets.count * vocabulary, "each target has its row of logits")
    let counted = Scalar(targets.count { $0 >= 0 })
    var total: Scalar = 0
    var gradient = [Scalar](repeating: 0, count: logits.count)
    for (n, target) in targets.enumerated() where target >= 0 {
      let row = n * vocabulary..<(n + 1) * vocabulary
      // The softmax does not change when all logits are shifted; without the shift exp overflows.
      var largest = logits[row.lowerBound]
      for i in row { largest = max(largest, logits[i]) }
      var sum: Scalar = 0
      for i in row { sum += Scalar.exp(logits[i] - largest) }
      for i in row { gradient[i] = Scalar.exp(logits[i] - largest) / sum / counted }
      gradient[row.lowerBound + Int(target)] -= 1 / counted
      total += Scalar.log(sum) - (logits[row.lowerBound + Int(target)] - largest)
    }
    loss = counted == 0 ? 0 : total / counted
    self.gradient = gradient
  }
}
