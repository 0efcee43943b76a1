extension ReferenceTensor {
  /// Row `index` of a matrix.
  package func row(_ index: Int32) -> ArraySlice<Scalar> {
    let size = shape[1]
    return values[Int(index) * size..<(Int(index) + 1) * size]
  }
}

/// The mean squared error of predicted frames, `[N, D]`, whose targets are numbers of `frames`.
package struct ReferenceSquaredError<Scalar: ReferenceScalar>: Sendable {
  /// The mean over all values of the counted targets; a target of -1 is not counted.
  package let loss: Scalar
  /// The gradient with respect to the predicted frames, `[N, D]`.
  package let gradient: [Scalar]

  package init(_ outputs: [Scalar], frames: ReferenceTensor<Scalar>, targets: [Int32]) {
    let size = frames.shape[1]
    let counted = Scalar(max(targets.count { $0 >= 0 }, 1) * size)
    var (loss, gradient) = (Scalar(0), [Scalar](repeating: 0, count: outputs.count))
    for (n, target) in targets.enumerated() where target >= 0 {
      for (i, value) in zip(n * size..<(n + 1) * size, frames.row(target)) {
        loss += (outputs[i] - value) * (outputs[i] - value) / counted
        gradient[i] = 2 * (outputs[i] - value) / counted
      }
    }
    (self.loss, self.gradient) = (loss, gradient)
  }
}

/// The negative logarithm of the density that mixtures of Gaussians give to whole frames, per value.
package struct ReferenceMixture<Scalar: ReferenceScalar>: Sendable {
  /// The mean over the counted targets; a target of -1 is not counted.
  package let loss: Scalar
  /// The gradient with respect to the network's output: see ``ReferenceOutput``.
  package let gradient: [Scalar]

  package init(
    _ outputs: [Scalar], components: Int, frames: ReferenceTensor<Scalar>, targets: [Int32]
  ) {
    let size = frames.shape[1]
    let width = components * (1 + 2 * size)
    let counted = Scalar(max(targets.count { $0 >= 0 }, 1) * size)
    var (loss, gradient) = (Scalar(0), [Scalar](repeating: 0, count: outputs.count))
    for (n, target) in targets.enumerated() where target >= 0 {
      let row = Row(
        Array(outputs[n * width..<(n + 1) * width]), components, Array(frames.row(target)))
      loss -= row.logDensity / counted
      for (i, value) in row.gradient.enumerated() { gradient[n * width + i] = -value / counted }
    }
    (self.loss, self.gradient) = (loss, gradient)
  }

  /// One frame's density and its gradient.
  private struct Row {
    let logDensity: Scalar
    let gradient: [Scalar]

    init(_ outputs: [Scalar], _ components: Int, _ wanted: [Scalar]) {
      let size = wanted.count
      let logWeights = Array(outputs[..<components])
      var logs = logWeights
      var gradient = outputs
      for k in 0..<components {
        for i in 0..<size {
          let (mean, deviation) = (
            components + k * size + i, components * (1 + size) + k * size + i
          )
          let own = Scalar.exp(2 * outputs[deviation])
          let variance = own + 1e-4
          let difference = wanted[i] - outputs[mean]
          logs[k] -=
            (difference * difference / variance + Scalar.log(2 * Scalar.pi * variance)) / 2
          gradient[mean] = difference / variance
          gradient[deviation] = own / variance * (difference * difference / variance - 1)
        }
      }
      logDensity = Self.logSum(logs) - Self.logSum(logWeights)
      for k in 0..<components {
        let posterior = Scalar.exp(logs[k] - Self.logSum(logs))
        gradient[k] = posterior - Scalar.exp(logWeights[k] - Self.logSum(logWeights))
        for i in 0..<size {
          gradient[components + k * size + i] *= posterior
          gradient[components * (1 + size) + k * size + i] *= posterior
        }
      }
      self.gradient = gradient
    }

    /// ln Σ eˣ.
    private static func logSum(_ x: [Scalar]) -> Scalar {
      let largest = x.max()!
      return largest + Scalar.log(x.reduce(0) { $0 + Scalar.exp($1 - largest) })
    }
  }
}
