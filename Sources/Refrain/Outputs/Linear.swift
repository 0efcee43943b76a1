/// The last layer's values as they are, with their mean squared error.
struct LinearOutput: OutputKind {
  var inWords: String { "values as they are" }
  var size: Int? { nil }

  func check(_ place: OutputPlace) throws {
    if !place.layersLearn {
      throw ModelDescriptionError.misplaced(
        layer: "An output without parameters of its own",
        reason: "no layer before it has anything to learn")
    }
  }

  func parameters(inputs: Int) -> [ParameterTensor] { [] }

  func head(_ input: Activation, _ plan: WorkspacePlan) -> any OutputHead {
    SquaredErrorHead(input: input, plan: plan)
  }

  func mostLoss(after first: Double, factor: Double) -> Double { factor * max(first, 1e-9) }
}

/// An output that is the next frame itself: the last layer's values, and their mean squared error.
final class SquaredErrorHead: OutputHead {
  let losses: RowLosses
  let output: Activation
  private let targets: FrameTargets
  /// Sixteen partial sums per row.
  private let partial: Panels

  init(input: Activation, plan: WorkspacePlan) {
    output = input
    targets = FrameTargets(size: input.size, plan: plan)
    losses = RowLosses(plan)
    partial = plan.arena.panels(rows: plan.rows, count: 1)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {}

  func loss(_ pass: Pass, _ share: ThreadShare, trains: Bool) {
    let kernels = pass.kernels
    for rows in RowPieces(pass, share) {
      targets.gather(rows, pass)
      let own = output.rows(rows, pass)
      var partials = partial.write(rows, panel: 0)
      kernels.fill(&partials, Span())
      for panel in output.panels {
        kernels.squaredErrors(
          &partials, output.values.read(own, panel: panel),
          target: targets.values.read(rows, panel: panel))
      }
      var sums = RowValues(repeating: 0)
      var sumSpan = sums.mutableSpan
      kernels.reduceSums(&sumSpan, partial.read(rows, panel: 0))
      for (i, row) in rows.enumerated() {
        losses[row] = pass.targets[row] < 0 ? 0 : sums[i] / Float(output.size)
      }
      if trains { gradient(rows, pass) }
    }
  }

  private func gradient(_ rows: Range<Int>, _ pass: Pass) {
    let factors = pass.shares(rows, of: 2 / Float(output.size))
    let own = output.rows(rows, pass)
    for panel in output.panels {
      var gradient = output.gradient.write(own, panel: panel)
      pass.kernels.errorGradient(
        &gradient, output.values.read(own, panel: panel),
        target: targets.values.read(rows, panel: panel), factors: factors.span)
    }
  }

  var gradientCount: Int { 0 }
  func parameterGradient(_ item: Int, _ pass: Pass) {}
  var transposeCount: Int { 0 }
  func transpose(_ item: Int, _ pass: Pass) {}
}
