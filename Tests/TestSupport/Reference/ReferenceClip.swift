/// Scales all gradients so that their norm together is at most `limit`, as PyTorch does it, and
/// returns the norm they had.
package func referenceClip<Scalar: ReferenceScalar>(
  _ gradients: inout ReferenceTensors<Scalar>, toNorm limit: Double
) -> Scalar {
  var squares: Scalar = 0
  // In a fixed order: a dictionary's own order changes the sum's last bits from run to run.
  for name in gradients.keys.sorted() { squares += referenceSquares(gradients[name]!.values) }
  let norm = squares.squareRoot()
  let scale = min(1, Scalar(limit) / (norm + 1e-6))
  gradients = gradients.mapValues { gradient in
    ReferenceTensor(shape: gradient.shape, values: referenceScaled(gradient.values, scale))
  }
  return norm
}

@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func referenceSquares<Scalar: ReferenceScalar>(_ values: [Scalar]) -> Scalar {
  values.reduce(0) { $0 + $1 * $1 }
}

@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func referenceScaled<Scalar: ReferenceScalar>(_ values: [Scalar], _ scale: Scalar)
  -> [Scalar]
{
  values.map { $0 * scale }
}
