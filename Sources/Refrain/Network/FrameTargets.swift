/// The frames that should have come, or how they differ from those that were read.
struct FrameTargets {
  let values: Panels
  private let ofChange: Bool
  /// Frame numbers that stand for targets that are not counted: any frame does.
  private let numbers: SharedRow<Int32>

  init(size: Int, ofChange: Bool, plan: WorkspacePlan, memory: PanelMemory) {
    self.ofChange = ofChange
    values = memory.panels(rows: plan.steps * plan.batch, columns: size)
    numbers = memory.row(of: Int32.self, count: plan.steps * plan.batch)
  }

  /// Fetches the rows `rows`; every thread its own.
  func gather(_ rows: Range<Int>, _ pass: Pass) {
    for row in rows { numbers[row] = max(pass.targets[row], 0) }
    for panel in 0..<values.count {
      var target = values.write(rows, panel: panel)
      pass.frames.gather(numbers.read(rows), panel: panel, into: &target, pass.kernels)
      if !ofChange { continue }
      for row in rows {
        var inputs = InlineArray<16, Float>(repeating: 0)
        var input = inputs.mutableSpan
        pass.frames.gather(
          pass.tokens.read(row..<row + 1), panel: panel, into: &input, pass.kernels)
        var one = values.write(row..<row + 1, panel: panel)
        pass.kernels.subtract(&one, inputs.span)
      }
    }
  }
}
