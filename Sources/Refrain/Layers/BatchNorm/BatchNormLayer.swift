/// Batch normalisation (Ioffe & Szegedy 2015): `y = (x − mean) / √(variance + ε) · weight + bias`, each
/// column by itself.
///
/// While training, mean and variance are those of all rows of the batch; a network that is only used has
/// those it met, averaged with a weight of a tenth for the newest batch, as in PyTorch.
final class BatchNormLayer: Layer {
  let output: Activation
  private let input: Activation
  private let trains: Bool
  private let weight: Panels
  private let bias: Panels
  private let dWeight: Panels
  private let dBias: Panels
  private let runningMean: Panels
  private let runningVariance: Panels
  /// One row per panel: the batch's mean, and 1 / √(variance + ε).
  private let mean: Panels
  private let inverse: Panels

  /// Where the gradient comes from that of the layer above, not from that of the output.
  private let frameGradient: FrameNormGradient?

  private static let epsilon: Float = 1e-5
  private static let momentum: Float = 0.1

  init(_ site: LayerSite) {
    let plan = site.plan
    input = site.input.activation
    trains = plan.trains
    // A recurrent layer that reads frames which this one normalises knows the gradient, unless it alters them
    // before its weights see them.
    let reader = site.next?.kind as? Recurrent
    let isSpared =
      site.section == .steps && site.readsFrames && reader?.cell.altersInput == false
    frameGradient = isSpared ? FrameNormGradient(readerPrefix: site.nextPrefix, plan: plan) : nil
    output = plan.activation(size: input.size, hasGradient: !isSpared)
    (weight, dWeight) = plan.parameters[site.prefix + "weight"]
    (bias, dBias) = plan.parameters[site.prefix + "bias"]
    runningMean = plan.parameters[statistic: site.prefix + "running_mean"]
    runningVariance = plan.parameters[statistic: site.prefix + "running_var"]
    mean = plan.arena.panels(rows: 1, columns: input.size)
    inverse = plan.arena.panels(rows: 1, columns: input.size)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    // Every column needs all rows, whoever made them.
    share.meet()
    for panel in share.part(of: input.panels.count) {
      if trains {
        measure(panel, pass)
      } else {
        set(panel, mean: { self.runningMean[0, $0] }, variance: { self.runningVariance[0, $0] })
      }
    }
    share.meet()
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var factors = Row(repeating: 0)
        var offsets = Row(repeating: 0)
        for lane in 0..<Panels.width {
          let column = panel * Panels.width + lane
          factors[lane] = inverse[0, column] * weight[0, column]
          offsets[lane] = bias[0, column] - mean[0, column] * factors[lane]
        }
        var values = output.values.write(rows, panel: panel)
        pass.kernels.scaleColumns(
          &values, input.values.read(input.rows(rows, pass), panel: panel),
          factors: factors.span, offsets: offsets.span)
      }
    }
  }

  private typealias Row = InlineArray<16, Float>

  /// The statistics of this batch, which the running ones move towards.
  private func measure(_ panel: Int, _ pass: Pass) {
    let count = pass.countedRows
    var mean = Row(repeating: 0)
    forEachCounted(pass, panel, into: &mean) { pass.kernels.columnSums(&$0, $1) }
    for lane in 0..<Panels.width { mean[lane] /= Float(count) }
    var squares = Row(repeating: 0)
    let means = mean
    forEachCounted(pass, panel, into: &squares) {
      pass.kernels.columnSquares(&$0, $1, mean: means.span)
    }
    let first = panel * Panels.width
    set(panel, mean: { means[$0 - first] }, variance: { squares[$0 - first] / Float(count) })
    for column in columns(of: panel) {
      let variance = squares[column - first] / Float(max(count - 1, 1))
      runningMean[0, column] += Self.momentum * (means[column - first] - runningMean[0, column])
      runningVariance[0, column] += Self.momentum * (variance - runningVariance[0, column])
    }
  }

  /// Adds what `sum` makes of the rows that are not padding.
  private func forEachCounted(
    _ pass: Pass, _ panel: Int, into total: inout Row,
    _ sum: (inout MutableSpan<Float>, Span<Float>) -> Void
  ) {
    for rows in pass.countedRanges {
      var part = Row(repeating: 0)
      var span = part.mutableSpan
      sum(&span, input.values.read(input.rows(rows, pass), panel: panel))
      for lane in 0..<Panels.width { total[lane] += part[lane] }
    }
  }

  /// The columns of a panel that are not padding.
  private func columns(of panel: Int) -> Range<Int> {
    let first = panel * Panels.width
    return first..<first + input.columns(of: panel)
  }

  private func set(_ panel: Int, mean: (Int) -> Float, variance: (Int) -> Float) {
    for column in columns(of: panel) {
      self.mean[0, column] = mean(column)
      inverse[0, column] = 1 / (variance(column) + Self.epsilon).squareRoot()
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !output.hasGradient { return }
    share.meet()
    let all = 0..<pass.rows
    for panel in share.part(of: input.panels.count) {
      let dy = output.gradient.read(all, panel: panel)
      var biasSums = dBias.write(0..<1, panel: panel)
      pass.kernels.columnSums(&biasSums, dy)
      var weightSums = dWeight.write(0..<1, panel: panel)
      pass.kernels.columnProducts(
        &weightSums, dy, input.values.read(input.rows(all, pass), panel: panel),
        mean: mean.read(0..<1, panel: panel))
      for column in columns(of: panel) { dWeight[0, column] *= inverse[0, column] }
    }
    if !input.hasGradient { return }
    share.meet()
    for rows in RowPieces(pass, share) {
      for panel in output.panels { inputGradient(rows, panel, pass) }
    }
  }

  func finishGradient(_ pass: Pass, _ share: ThreadShare) {
    guard let frameGradient else { return }
    for panel in share.part(of: input.panels.count) {
      let (dy, dyy) = frameGradient.sums(panel, pass.kernels)
      for column in columns(of: panel) {
        let lane = column - panel * Panels.width
        dBias[0, column] = dy[lane]
        // Of x̂ nothing is left where the weight is exactly zero, as it hardly ever is.
        let factor = weight[0, column]
        dWeight[0, column] = factor == 0 ? 0 : (dyy[lane] - bias[0, column] * dy[lane]) / factor
      }
    }
  }

  /// `dx = f · (dy − (Σ dy + x̂ · Σ dy·x̂) / n)`, with f the factor of `x` and x̂ the normalised `x`.
  private func inputGradient(_ rows: Range<Int>, _ panel: Int, _ pass: Pass) {
    var p = Row(repeating: 0)
    var q = Row(repeating: 0)
    var r = Row(repeating: 0)
    let share = 1 / Float(pass.countedRows)
    for column in columns(of: panel) {
      let lane = column - panel * Panels.width
      p[lane] = inverse[0, column] * weight[0, column]
      q[lane] = -p[lane] * inverse[0, column] * dWeight[0, column] * share
      r[lane] = -p[lane] * dBias[0, column] * share - q[lane] * mean[0, column]
    }
    let own = input.rows(rows, pass)
    var gradient = input.gradient.write(own, panel: panel)
    pass.kernels.combineColumns(
      &gradient, output.gradient.read(rows, panel: panel), p.span,
      input.values.read(own, panel: panel), q.span, r.span)
    if pass.hasPadding { clearPadding(rows, panel, pass) }
  }

  /// Padding has no part in the mean, so it has no gradient.
  private func clearPadding(_ rows: Range<Int>, _ panel: Int, _ pass: Pass) {
    var counted = pass.countedRanges[...]
    for row in rows {
      while let first = counted.first, first.upperBound <= row { counted.removeFirst() }
      if let first = counted.first, first.contains(row) { continue }
      var gradient = input.gradient.write(input.rows(row..<row + 1, pass), panel: panel)
      pass.kernels.clear(&gradient)
    }
  }
}

extension Pass {
  /// The rows that are not padding, as ranges of adjacent ones, upwards.
  fileprivate var countedRanges: [Range<Int>] {
    if !hasPadding { return [0..<rows] }
    var ranges: [Range<Int>] = []
    for part in groups.parts(of: 0..<batch) {
      for t in 0..<steps {
        for (row, sequence) in zip(part.step(t).rows, part.sequences) where t < lengths[sequence] {
          if let last = ranges.last, last.upperBound == row {
            ranges[ranges.count - 1] = last.lowerBound..<row + 1
          } else {
            ranges.append(row..<row + 1)
          }
        }
      }
    }
    return ranges
  }

  /// The number of rows that are not padding.
  fileprivate var countedRows: Int {
    hasPadding ? (0..<batch).reduce(0) { $0 + Int(lengths[$1]) } : rows
  }
}
