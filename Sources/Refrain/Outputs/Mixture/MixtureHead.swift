/// A mixture of Gaussian distributions over the whole next frame (Bishop 1994): each component has a
/// weight, and a mean and a deviation for every value.
///
/// A component is a frame as a whole, so values that belong together are drawn together. To all means the
/// last frames are added, each value times a factor of its own; in what follows these are taken off the
/// frame that should come instead.
final class MixtureHead: OutputHead {
  let losses: RowLosses
  let components: Int
  let size: Int
  /// The sums before the softmax that gives the components' weights; then their gradient.
  let weights: Panels
  /// `components` blocks of means, then as many of logarithms of deviations; then their gradient.
  let values: Panels
  let weightParameters: DenseParameters
  let valueParameters: DenseParameters
  let targets: FrameTargets
  /// What is added to all means.
  let history: FrameHistory?
  /// Sixteen partial sums per row, a panel per component.
  private let partial: Panels

  init(components: Int, size: Int, history: Int, input: Activation, plan: WorkspacePlan) {
    self.components = components
    self.size = size
    weights = plan.arena.panels(rows: plan.rows, columns: components)
    values = plan.arena.panels(rows: plan.rows, count: 2 * components * Panels.needed(for: size))
    weightParameters = DenseParameters(prefix: "output.weights.", input: input, plan: plan)
    valueParameters = DenseParameters(prefix: "output.values.", input: input, plan: plan)
    targets = FrameTargets(size: size, history: history, plan: plan)
    self.history = FrameHistory(length: history, size: size, plan: plan)
    losses = RowLosses(plan)
    partial = plan.arena.panels(rows: plan.rows, count: components)
  }

  /// Panels of one component's means, or deviations.
  var panels: Int { Panels.needed(for: size) }

  /// Where the deviations of component 0 begin.
  private var firstDeviation: Int { components * panels }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) { multiply(rows, pass) }
  }

  private func multiply(_ rows: Range<Int>, _ pass: Pass) {
    weightParameters.multiply(into: weights, rows: rows, pass)
    valueParameters.multiply(into: values, rows: rows, pass)
  }

  func loss(_ pass: Pass, _ share: ThreadShare, trains: Bool) {
    for rows in RowPieces(pass, share) {
      multiply(rows, pass)
      targets.gather(rows, pass)
      history?.subtract(from: targets, rows, pass)
      for component in 0..<components { addDensities(component, rows, pass) }
      for row in rows { weigh(row, pass, trains: trains) }
      if !trains { continue }
      for component in 0..<components { gradient(component, rows, pass) }
      if history != nil { sumMeanGradients(rows, pass) }
      weightParameters.inputGradient(from: weights, rows: rows, pass)
      valueParameters.inputGradient(from: values, rows: rows, pass, accumulate: true)
    }
  }

  /// The gradient of what the last frames add to every mean, in the targets' place.
  private func sumMeanGradients(_ rows: Range<Int>, _ pass: Pass) {
    for panel in 0..<panels {
      var sum = targets.values.write(rows, panel: panel)
      pass.kernels.copy(&sum, values.read(rows, panel: panel))
      for component in 1..<max(components, 1) {
        pass.kernels.addScaled(
          &sum, values.read(rows, panel: component * panels + panel), factor: 1)
      }
    }
  }

  /// The logarithm of each row's density under one component, in the first lane of its partial sums.
  private func addDensities(_ component: Int, _ rows: Range<Int>, _ pass: Pass) {
    var sums = partial.write(rows, panel: component)
    pass.kernels.fill(&sums, Span())
    for panel in 0..<panels {
      let own = component * panels + panel
      pass.kernels.gaussianLogDensities(
        &sums, mean: values.read(rows, panel: own),
        logDeviation: values.read(rows, panel: firstDeviation + own),
        target: targets.values.read(rows, panel: panel), columns: columns(of: panel))
    }
    var totals = RowValues(repeating: 0)
    var span = totals.mutableSpan
    pass.kernels.reduceSums(&span, partial.read(rows, panel: component))
    for (i, row) in rows.enumerated() { partial[row, component * Panels.width] = totals[i] }
  }

  private func columns(of panel: Int) -> Int { min(Panels.width, size - panel * Panels.width) }

  /// ½ ln 2π, which a Gaussian's density has for every value.
  private static let constant = 0.918_938_533_204_672_8

  /// The loss of one row; for training, each component's part in it takes the place of its density, and
  /// the gradient that of its weight's sum.
  private func weigh(_ row: Int, _ pass: Pass, trains: Bool) {
    let counts = pass.targets[row] >= 0
    if !counts { losses[row] = 0 }
    var logits = ComponentSums(count: components)
    var joint = ComponentSums(count: components)
    for component in 0..<components {
      logits[component] = Double(weights[row, component])
      joint[component] = logits[component] + Double(partial[row, component * Panels.width])
    }
    if counts {
      let logDensity = joint.logSumExponentials - logits.logSumExponentials
      losses[row] = Float(Self.constant - logDensity / Double(size))
    }
    if !trains { return }
    let (priors, posteriors) = (logits.softmax, joint.softmax)
    let share = counts ? 1 / (Double(max(pass.counted, 1)) * Double(size)) : 0
    for component in 0..<components {
      weights[row, component] = Float(share * (priors[component] - posteriors[component]))
      partial[row, component * Panels.width] = Float(share * posteriors[component])
    }
  }

  /// The gradient of one component's means and deviations, in their places.
  private func gradient(_ component: Int, _ rows: Range<Int>, _ pass: Pass) {
    var factors = RowValues(repeating: 0)
    for (i, row) in rows.enumerated() { factors[i] = partial[row, component * Panels.width] }
    for panel in 0..<panels {
      let own = component * panels + panel
      var means = values.write(rows, panel: own)
      var deviations = values.write(rows, panel: firstDeviation + own)
      pass.kernels.gaussianGradients(
        mean: &means, logDeviation: &deviations,
        target: targets.values.read(rows, panel: panel), factors: factors.span,
        columns: columns(of: panel))
    }
  }
}
