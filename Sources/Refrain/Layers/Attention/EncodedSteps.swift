/// An encoder's outputs, sequence after sequence: each sequence's steps are the rows of a matrix of its own,
/// padded with zeros to whole blocks of sixteen, and its transpose.
struct EncodedSteps {
  private let source: Activation
  /// Blocks of sixteen steps that a sequence has room for.
  let blocks: Int
  /// `[B · 16 · blocks, E]`
  private let values: Panels
  private let gradient: Panels
  /// For each sequence and block a panel, with a row for each value. `[E, B · 16 · blocks]`
  private let transposed: Panels

  init(_ source: Activation, plan: WorkspacePlan) {
    self.source = source
    blocks = Panels.needed(for: plan.sourceSteps)
    let rows = plan.rows(ofEach: blocks * Panels.width)
    values = plan.arena.panels(rows: rows, columns: source.size)
    gradient = plan.gradient(rows: rows, count: source.panels.count)
    transposed = plan.arena.panels(
      rows: source.panels.count * Panels.width, count: plan.rows(ofEach: blocks))
  }

  /// Blocks that the longest sequence of a pass fills.
  func blocks(_ pass: Pass) -> Int { Panels.needed(for: pass.source.steps) }

  /// The rows of one sequence, as many as the longest of the pass has.
  private func rows(of sequence: Int, _ pass: Pass) -> Range<Int> {
    let first = sequence * blocks * Panels.width
    return first..<first + blocks(pass) * Panels.width
  }

  /// Fetches the encoder's outputs of some sequences.
  func gather(_ sequences: Range<Int>, _ pass: Pass) {
    for sequence in sequences {
      let rows = rows(of: sequence, pass)
      let length = Int(pass.source.lengths[sequence])
      for panel in source.panels {
        var padding = values.write(rows.lowerBound + length..<rows.upperBound, panel: panel)
        pass.kernels.clear(&padding)
        for step in 0..<length {
          let from = sourceRow(step, sequence, pass)
          let place = rows.lowerBound + step
          var row = values.write(place..<place + 1, panel: panel)
          pass.kernels.copy(&row, source.values.read(from..<from + 1, panel: panel))
        }
      }
      for block in 0..<blocks(pass) {
        let first = rows.lowerBound + block * Panels.width
        var panel = transposed.write(0..<transposed.rows, panel: sequence * blocks + block)
        pass.kernels.transposeBlocks(
          &panel, values.operand(first..<first + Panels.width, panels: source.panels),
          stride: values.stride)
      }
    }
  }

  private func sourceRow(_ step: Int, _ sequence: Int, _ pass: Pass) -> Int {
    let row = pass.source.row(step: step, sequence: sequence)
    return source.followsState ? row + pass.batch : row
  }

  /// The product of `rows` of `x` with the encoder's output of each step: `[rows, 16 · blocks]`.
  func scores(
    _ x: Panels, _ rows: Range<Int>, into scores: Panels, _ sequence: Int, _ pass: Pass
  ) {
    for block in 0..<blocks(pass) {
      var c = scores.write(rows, panel: block)
      pass.kernels.multiplyPanel(
        &c, x.operand(rows, panels: source.panels), stride: x.stride,
        panels: source.panels.count,
        transposed.read(0..<transposed.rows, panel: sequence * blocks + block), bias: Span(),
        accumulate: false)
    }
  }

  /// The encoder's outputs, weighted by `weights` and summed: `[rows, E]`.
  func mix(
    _ weights: Panels, _ rows: Range<Int>, into mixed: Panels, _ sequence: Int, _ pass: Pass
  ) {
    for panel in source.panels {
      var c = mixed.write(rows, panel: panel)
      pass.kernels.multiplyPanel(
        &c, weights.operand(rows, panels: 0..<blocks(pass)),
        stride: weights.stride, panels: blocks(pass),
        values.read(self.rows(of: sequence, pass), panel: panel), bias: Span(), accumulate: false)
    }
  }

  /// Adds to the gradient of one sequence's steps `weightsᵀ · x`.
  func addGradient(
    _ weights: Panels, _ x: Panels, _ rows: Range<Int>, _ sequence: Int, isFirst: Bool,
    _ pass: Pass
  ) {
    for block in 0..<blocks(pass) {
      let first = self.rows(of: sequence, pass).lowerBound + block * Panels.width
      for panel in source.panels {
        var gradient = gradient.write(first..<first + Panels.width, panel: panel)
        pass.kernels.multiplyTransposed(
          &gradient, weights.read(rows, panel: block), x.read(rows, panel: panel),
          accumulate: !isFirst)
      }
    }
  }

  /// Hands the gradient of some sequences to the encoder; padding gets none.
  func spread(_ sequences: Range<Int>, _ pass: Pass) {
    for sequence in sequences {
      for step in 0..<pass.source.steps {
        let place = rows(of: sequence, pass).lowerBound + step
        let to = sourceRow(step, sequence, pass)
        for panel in source.panels {
          var row = source.gradient.write(to..<to + 1, panel: panel)
          pass.kernels.copy(&row, gradient.read(place..<place + 1, panel: panel))
        }
      }
    }
  }
}
