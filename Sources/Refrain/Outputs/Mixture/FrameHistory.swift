/// A prediction of the next frame from the last ones: the sum of them, each value times a factor of its own.
struct FrameHistory {
  private let length: Int
  private let size: Int
  /// Frames that were read before, while they are needed. `[rows, D]`
  private let past: Panels
  /// A factor for each value of the last frames, and their gradient: `length` blocks.
  private let factors: Panels
  private let dFactors: Panels

  /// - Parameter length: how many frames; for 0 there is no history.
  init?(length: Int, size: Int, plan: WorkspacePlan) {
    if length == 0 { return nil }
    self.length = length
    self.size = size
    past = plan.arena.panels(rows: plan.rows, columns: size)
    (factors, dFactors) = plan.parameters["output.history"]
  }

  /// Panels of one frame.
  private var panels: Int { Panels.needed(for: size) }

  /// Takes it off the frames that should come; after ``FrameTargets/gather(_:_:)``.
  func subtract(from targets: FrameTargets, _ rows: Range<Int>, _ pass: Pass) {
    for lag in 0..<length {
      for panel in 0..<panels {
        targets.gather(lag: lag, rows, panel: panel, into: past, pass)
        var target = targets.values.write(rows, panel: panel)
        pass.kernels.subtractScaledColumns(
          &target, past.read(rows, panel: panel),
          factors: factors.read(0..<1, panel: lag * panels + panel))
      }
    }
  }

  /// One per panel of a frame.
  var gradientCount: Int { panels }

  /// The gradient of the factors of one panel of values, where that of the sum stands in the targets' place.
  func gradient(_ panel: Int, from targets: FrameTargets, _ pass: Pass) {
    let rows = 0..<pass.rows
    let zero = InlineArray<16, Float>(repeating: 0)
    for lag in 0..<length {
      targets.gather(lag: lag, rows, panel: panel, into: past, pass)
      var gradient = dFactors.write(0..<1, panel: lag * panels + panel)
      pass.kernels.columnProducts(
        &gradient, targets.values.read(rows, panel: panel), past.read(rows, panel: panel),
        mean: zero.span)
    }
  }

  /// The sum after one row. `[D]`
  func sum(row: Int, _ pass: Pass) -> [Float] {
    var sum = [Float](repeating: 0, count: size)
    for lag in 0..<length {
      let frame = pass.frames.number(before: pass.tokens[row], by: lag)
      for column in 0..<size {
        sum[column] +=
          factors[0, lag * panels * Panels.width + column] * pass.frames[frame, column]
      }
    }
    return sum
  }
}
