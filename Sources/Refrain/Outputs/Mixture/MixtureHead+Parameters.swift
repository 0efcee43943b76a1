// Two dense layers, for the weights and for the values, and the factors of the last frames.
extension MixtureHead {
  var gradientCount: Int {
    weightParameters.gradientCount + valueParameters.gradientCount
      + (history?.gradientCount ?? 0)
  }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    let first = weightParameters.gradientCount
    let second = first + valueParameters.gradientCount
    if item < first {
      weightParameters.gradient(item, from: weights, pass)
    } else if item < second {
      valueParameters.gradient(item - first, from: values, pass)
    } else {
      history?.gradient(item - second, from: targets, pass)
    }
  }

  var transposeCount: Int { weightParameters.transposeCount + valueParameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) {
    let first = weightParameters.transposeCount
    if item < first {
      weightParameters.transpose(item, pass)
    } else {
      valueParameters.transpose(item - first, pass)
    }
  }
}
