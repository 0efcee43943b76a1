/// The products of a layer: panels of weights against rows of values.
struct WeightProduct {
  let kernels: any KernelSet.Type
  /// The weights, `[16·inputs rows]` per output panel.
  let weights: WeightMatrix
  /// One row per output panel, or nil.
  let bias: Panels?

  /// Fewer rows than this leave a tile of one panel waiting for itself; then four panels run at once.
  static let fewRows = 4

  /// For each `i` in `items`: panel `output(i)` of `c`, rows `rows`, becomes (or is increased by) the
  /// product of `a` with panel `weight(i)`, plus bias panel `output(i)` where a new value begins.
  @inline(__always)
  func run(
    _ c: Panels, rows: Range<Int>, items: Range<Int>, _ a: Span<Float>, stride: Int,
    accumulate: Bool, output: (Int) -> Int, weight: (Int) -> Int
  ) {
    switch weights {
    case .f32(let weights):
      runFull(
        c, rows: rows, items: items, a, stride: stride, weights, accumulate: accumulate,
        output: output, weight: weight)
    case .f16(let weights):
      for item in items {
        var span = c.write(rows, panel: output(item))
        kernels.multiplyPanelOfHalves(
          &span, a, stride: stride, panels: weights.rows / Panels.width,
          weights.read(panel: weight(item)), bias: biasRow(output(item), accumulate),
          accumulate: accumulate)
      }
    case .i8(let weights):
      for item in items {
        var span = c.write(rows, panel: output(item))
        kernels.multiplyPanelOfBytes(
          &span, a, stride: stride, panels: weights.rows / Panels.width,
          weights.read(panel: weight(item)), scales: weights.scales(panel: weight(item)),
          bias: biasRow(output(item), accumulate), accumulate: accumulate)
      }
    }
  }

  @inline(__always)
  private func runFull(
    _ c: Panels, rows: Range<Int>, items: Range<Int>, _ a: Span<Float>, stride: Int,
    _ weights: Panels, accumulate: Bool, output: (Int) -> Int, weight: (Int) -> Int
  ) {
    let inputs = weights.rows / Panels.width
    var item = items.lowerBound
    if rows.count < Self.fewRows {
      while item + 4 <= items.upperBound {
        runFour(
          c, rows, a, stride, weights, accumulate,
          (output(item), output(item + 1), output(item + 2), output(item + 3)),
          (weight(item), weight(item + 1), weight(item + 2), weight(item + 3)))
        item += 4
      }
    }
    while item < items.upperBound {
      var span = c.write(rows, panel: output(item))
      kernels.multiplyPanel(
        &span, a, stride: stride, panels: inputs,
        weights.read(0..<weights.rows, panel: weight(item)),
        bias: biasRow(output(item), accumulate), accumulate: accumulate)
      item += 1
    }
  }

  private func runFour(
    _ c: Panels, _ rows: Range<Int>, _ a: Span<Float>, _ stride: Int, _ weights: Panels,
    _ accumulate: Bool, _ output: (Int, Int, Int, Int), _ weight: (Int, Int, Int, Int)
  ) {
    var c0 = c.write(rows, panel: output.0)
    var c1 = c.write(rows, panel: output.1)
    var c2 = c.write(rows, panel: output.2)
    var c3 = c.write(rows, panel: output.3)
    if !accumulate {
      kernels.fill(&c0, biasRow(output.0, false))
      kernels.fill(&c1, biasRow(output.1, false))
      kernels.fill(&c2, biasRow(output.2, false))
      kernels.fill(&c3, biasRow(output.3, false))
    }
    let all = 0..<weights.rows
    kernels.multiplyFourPanels(
      &c0, &c1, &c2, &c3, a, stride: stride, panels: weights.rows / Panels.width,
      weights.read(all, panel: weight.0), weights.read(all, panel: weight.1),
      weights.read(all, panel: weight.2), weights.read(all, panel: weight.3))
  }

  @_lifetime(borrow self)
  private func biasRow(_ panel: Int, _ accumulate: Bool) -> Span<Float> {
    guard let bias, !accumulate else { return Span() }
    return _overrideLifetime(bias.read(0..<1, panel: panel), borrowing: self)
  }
}

/// The gradient of a matrix of weights: a group of output panels at a time, rows in fixed pieces.
struct WeightGradient {
  let kernels: any KernelSet.Type
  /// The gradient, laid out as the weights are.
  let gradient: Panels

  /// Rows of one piece: this many of sixteen panels stay in the second cache.
  private static let piece = 192

  /// Panels `outputs` of the gradient become `inputᵀ · dOutput` over the paired rows; output panel `n`
  /// reads panel `n + first` of `dOutput`. With `accumulate`, that is added to what is there.
  func run(
    input: Panels, inputPanels: Int, dOutput: Panels, first: Int, outputs: Range<Int>,
    rows: [RowPair], accumulate: Bool = false
  ) {
    var isFirst = !accumulate
    for pair in rows {
      var start = 0
      while start < pair.count {
        let part = pair.part(start..<min(start + Self.piece, pair.count))
        for panel in 0..<inputPanels {
          let block = panel * Panels.width..<(panel + 1) * Panels.width
          let left = input.read(part.input, panel: panel)
          for output in outputs {
            var span = gradient.write(block, panel: output)
            kernels.multiplyTransposed(
              &span, left, dOutput.read(part.output, panel: first + output),
              accumulate: !isFirst)
          }
        }
        isFirst = false
        start += Self.piece
      }
    }
  }
}

/// Adjacent rows of a layer's input that belong to adjacent rows of its output's gradient.
struct RowPair {
  private let firstInput: Int
  private let firstOutput: Int
  let count: Int

  init(_ firstInput: Int, _ firstOutput: Int, count: Int) {
    self.firstInput = firstInput
    self.firstOutput = firstOutput
    self.count = count
  }

  func part(_ range: Range<Int>) -> (input: Range<Int>, output: Range<Int>) {
    (
      firstInput + range.lowerBound..<firstInput + range.upperBound,
      firstOutput + range.lowerBound..<firstOutput + range.upperBound
    )
  }
}
