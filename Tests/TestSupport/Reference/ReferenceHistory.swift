// What a mixture adds to its means: each value of the frames that were read last, times a factor.

extension ReferenceNetwork {
  /// The frames that each row of the output looks back at, newest first, `[rows, history, D]`. Where the
  /// recording begins later, it is its first frame again.
  package func past(_ batch: ReferenceBatch) -> [Scalar] {
    guard case .mixture(_, let history) = output, let frames else { return [] }
    return outputRows(batch.tokens, batch).flatMap { token in
      var number = token
      return (0..<history).flatMap { lag in
        if lag > 0 && !recordings.contains(Int(number)) { number -= 1 }
        return frames.row(number)
      }
    }
  }
}

extension ReferencePass {
  /// This mixture with `Σ factors[l, i] · past[row, l, i]` added to value `i` of every mean: `factors`
  /// `[history · D]`, `past` `[rows, history, D]`.
  package func withHistory(
    _ factors: ReferenceTensor<Scalar>, past: [Scalar], components: Int
  ) -> ReferencePass {
    let dimension = (size / components - 1) / 2
    let width = factors.values.count
    /// Calls `body` with the places of a mean, of a factor and of the value that it belongs to.
    func forEach(_ body: (_ mean: Int, _ factor: Int, _ past: Int) -> Void) {
      for row in 0..<past.count / width {
        for factor in 0..<width {
          for k in 0..<components {
            let mean = row * size + components + k * dimension + factor % dimension
            body(mean, factor, row * width + factor)
          }
        }
      }
    }
    var sums = output
    forEach { sums[$0] += factors.values[$1] * past[$2] }
    return ReferencePass(output: sums, size: size) { [backward] dy in
      var (input, gradients) = backward(dy)
      var dFactors = ReferenceTensor<Scalar>(zeros: factors.shape)
      forEach { dFactors.values[$1] += dy[$0] * past[$2] }
      gradients["history"] = dFactors
      return (input, gradients)
    }
  }
}
