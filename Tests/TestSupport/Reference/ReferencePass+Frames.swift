// The layers that networks of frames have beside the others.
extension ReferencePass {
  /// `y = x`.
  package static func same(_ input: [Scalar], size: Int) -> ReferencePass {
    ReferencePass(output: input, size: size) { ($0, [:]) }
  }

  /// `y = x + noise`, all `[T, B, size]`.
  package static func noise(_ noise: [Scalar], _ input: [Scalar], size: Int) -> ReferencePass {
    ReferencePass(output: referenceSum(input, noise), size: size) { ($0, [:]) }
  }

  /// `y = (x − mean) / √(variance + 10⁻⁵) · weight + bias`, with mean and variance of each column over the
  /// rows that count. The running ones move a tenth of the way there, the variance to the unbiased one.
  package static func batchNorm(
    _ parameters: ReferenceTensors<Scalar>, _ running: ReferenceTensors<Scalar>, _ input: [Scalar],
    counted: [Bool]
  ) -> ReferencePass {
    let (weight, bias) = (parameters["weight"]!.values, parameters["bias"]!.values)
    let size = weight.count
    let rows = Scalar(counted.count { $0 })
    var mean = ReferenceTensor<Scalar>(zeros: [size])
    referenceAddRows(input.indices.map { counted[$0 / size] ? input[$0] : 0 }, to: &mean)
    for j in 0..<size { mean.values[j] /= rows }
    var squares = ReferenceTensor<Scalar>(zeros: [size])
    referenceAddRows(
      input.indices.map { i in
        let difference = counted[i / size] ? input[i] - mean.values[i % size] : 0
        return difference * difference
      }, to: &squares)
    let inverse = squares.values.map { 1 / ($0 / rows + 1e-5).squareRoot() }
    let normal = input.indices.map { (input[$0] - mean.values[$0 % size]) * inverse[$0 % size] }
    var met = running
    for j in 0..<size {
      met["running_mean"]!.values[j] = moved(running["running_mean"]!.values[j], mean.values[j])
      met["running_var"]!.values[j] = moved(
        running["running_var"]!.values[j], squares.values[j] / max(rows - 1, 1))
    }
    return ReferencePass(
      output: normal.indices.map { normal[$0] * weight[$0 % size] + bias[$0 % size] }, size: size,
      state: nil, statistics: met
    ) { dy in
      var dBias = ReferenceTensor<Scalar>(zeros: [size])
      var dWeight = ReferenceTensor<Scalar>(zeros: [size])
      referenceAddRows(dy, to: &dBias)
      referenceAddRows(dy.indices.map { dy[$0] * normal[$0] }, to: &dWeight)
      let dx = dy.indices.map { i -> Scalar in
        if !counted[i / size] { return 0 }
        let j = i % size
        let shared = (dBias.values[j] + normal[i] * dWeight.values[j]) / rows
        return weight[j] * inverse[j] * (dy[i] - shared)
      }
      return (dx, ["weight": dWeight, "bias": dBias])
    }
  }

  /// `y = (x − mean) / √(variance + 10⁻⁵) · weight + bias`, with mean and variance of each row.
  package static func layerNorm(_ parameters: ReferenceTensors<Scalar>, _ input: [Scalar])
    -> ReferencePass
  {
    let (weight, bias) = (parameters["weight"]!.values, parameters["bias"]!.values)
    let size = weight.count
    func rowMeans(_ values: [Scalar]) -> [Scalar] {
      var sums = [Scalar](repeating: 0, count: values.count / size)
      for i in values.indices { sums[i / size] += values[i] / Scalar(size) }
      return sums
    }
    let means = rowMeans(input)
    let differences = input.indices.map { input[$0] - means[$0 / size] }
    let inverses = rowMeans(differences.map { $0 * $0 }).map { 1 / ($0 + 1e-5).squareRoot() }
    let normal = differences.indices.map { differences[$0] * inverses[$0 / size] }
    return ReferencePass(
      output: normal.indices.map { normal[$0] * weight[$0 % size] + bias[$0 % size] }, size: size
    ) { dy in
      var dBias = ReferenceTensor<Scalar>(zeros: [size])
      var dWeight = ReferenceTensor<Scalar>(zeros: [size])
      referenceAddRows(dy, to: &dBias)
      referenceAddRows(dy.indices.map { dy[$0] * normal[$0] }, to: &dWeight)
      let g = dy.indices.map { dy[$0] * weight[$0 % size] }
      let first = rowMeans(g)
      let second = rowMeans(g.indices.map { g[$0] * normal[$0] })
      let dx = g.indices.map {
        inverses[$0 / size] * (g[$0] - first[$0 / size] - normal[$0] * second[$0 / size])
      }
      return (dx, ["weight": dWeight, "bias": dBias])
    }
  }

  private static func moved(_ old: Scalar, _ new: Scalar) -> Scalar { old + (new - old) / 10 }

  /// The same with the running mean and variance, in a network that is only used.
  package static func batchNormInUse(
    _ parameters: ReferenceTensors<Scalar>, _ running: ReferenceTensors<Scalar>, _ input: [Scalar]
  ) -> ReferencePass {
    let (weight, bias) = (parameters["weight"]!.values, parameters["bias"]!.values)
    let (mean, variance) = (running["running_mean"]!.values, running["running_var"]!.values)
    let size = weight.count
    let output = input.indices.map { i in
      let j = i % size
      return (input[i] - mean[j]) / (variance[j] + 1e-5).squareRoot() * weight[j] + bias[j]
    }
    return ReferencePass(output: output, size: size) { _ in
      preconditionFailure("a network that is only used has no gradient")
    }
  }
}
