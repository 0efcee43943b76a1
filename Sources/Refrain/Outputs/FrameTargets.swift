/// The frames that should come after each row, and those that were read last.
struct FrameTargets {
  /// The frames that should come. `[rows, D]`
  let values: Panels
  private let history: Int
  /// For every row the number of the frame that should come, then those of the last `history` frames.
  private let numbers: SharedRow<Int32>
  private let rowCount: Int

  init(size: Int, history: Int = 0, plan: WorkspacePlan) {
    self.history = history
    rowCount = plan.rows
    values = plan.arena.panels(rows: rowCount, columns: size)
    numbers = plan.arena.row(of: Int32.self, count: (1 + history) * rowCount)
  }

  /// Fetches the frames that should come after the rows `rows`; every thread its own.
  func gather(_ rows: Range<Int>, _ pass: Pass) {
    for row in rows {
      // Where a target is not counted, any frame does.
      numbers[row] = max(pass.targets[row], 0)
      for lag in 0..<history {
        numbers[(lag + 1) * rowCount + row] = pass.frames.number(before: pass.tokens[row], by: lag)
      }
    }
    for panel in 0..<values.count {
      gather(0, rows, panel, of: pass.targetFrames, into: values, pass)
    }
  }

  /// Fetches a panel of the frames that were read `lag` steps before `rows`, or where the recording begins
  /// later, its first; after ``gather(_:_:)``.
  func gather(lag: Int, _ rows: Range<Int>, panel: Int, into matrix: Panels, _ pass: Pass) {
    gather(lag + 1, rows, panel, of: pass.frames, into: matrix, pass)
  }

  private func gather(
    _ which: Int, _ rows: Range<Int>, _ panel: Int, of table: FrameRows, into matrix: Panels,
    _ pass: Pass
  ) {
    let first = which * rowCount
    let places = first + rows.lowerBound..<first + rows.upperBound
    var frames = matrix.write(rows, panel: panel)
    table.gather(numbers.read(places), panel: panel, into: &frames, pass.kernels)
  }
}
