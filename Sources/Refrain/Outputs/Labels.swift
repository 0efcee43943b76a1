/// A dense layer and a sigmoid for each label.
struct LabelsOutput: OutputKind {
  private let count: Int

  init(_ count: Int) { self.count = count }

  var inWords: String { "dense and \(count) sigmoid\(count == 1 ? "" : "s")" }
  var size: Int? { count }

  func parameters(inputs: Int) -> [ParameterTensor] {
    .dense("output.", inputs: inputs, outputs: count)
  }

  func head(_ input: Activation, _ plan: WorkspacePlan) -> any OutputHead {
    LabelsHead(size: count, input: input, plan: plan)
  }

  func mostLoss(after first: Double, factor: Double) -> Double {
    factor * max(first, Double(count) * naturalLogarithm(2))
  }
}

/// The output: a dense layer, a sigmoid for each label, and the sum of their cross-entropies with the
/// targets.
final class LabelsHead: OutputHead {
  /// The sums before the sigmoids; after ``loss(_:_:trains:)`` of a training, gradients in their place.
  let logits: Panels
  let size: Int
  /// The loss of each row in nats; 0 where the target is not counted.
  let losses: RowLosses
  private let parameters: DenseParameters
  private let targets: FrameTargets
  /// Sixteen partial sums per row.
  private let partial: Panels

  init(size: Int, input: Activation, plan: WorkspacePlan) {
    self.size = size
    logits = plan.arena.panels(rows: plan.rows, columns: size)
    parameters = DenseParameters(prefix: "output.", input: input, plan: plan)
    targets = FrameTargets(size: size, plan: plan)
    losses = RowLosses(plan)
    partial = plan.arena.panels(rows: plan.rows, count: 1)
  }

  /// The sums before the sigmoids, for every row.
  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: logits, rows: rows, pass)
    }
  }

  /// The sums before the sigmoids of one row. `[N]`
  func logits(row: Int) -> [Float] { (0..<size).map { logits[row, $0] } }

  func loss(_ pass: Pass, _ share: ThreadShare, trains: Bool) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: logits, rows: rows, pass)
      targets.gather(rows, pass)
      sumLosses(rows, pass)
      if !trains { continue }
      gradient(rows, pass)
      parameters.inputGradient(from: logits, rows: rows, pass)
    }
  }

  private func sumLosses(_ rows: Range<Int>, _ pass: Pass) {
    var partials = partial.write(rows, panel: 0)
    pass.kernels.fill(&partials, Span())
    for panel in 0..<logits.count {
      pass.kernels.labelLosses(
        &partials, logits.read(rows, panel: panel),
        target: targets.values.read(rows, panel: panel), columns: columns(of: panel))
    }
    var sums = RowValues(repeating: 0)
    var sumSpan = sums.mutableSpan
    pass.kernels.reduceSums(&sumSpan, partial.read(rows, panel: 0))
    for (i, row) in rows.enumerated() { losses[row] = pass.targets[row] < 0 ? 0 : sums[i] }
  }

  /// (sigmoid − target) / number of counted targets, in place of the logits.
  private func gradient(_ rows: Range<Int>, _ pass: Pass) {
    let factors = pass.shares(rows)
    for panel in 0..<logits.count {
      var z = logits.write(rows, panel: panel)
      pass.kernels.labelGradient(
        &z, target: targets.values.read(rows, panel: panel), factors: factors.span,
        columns: columns(of: panel))
    }
  }

  private func columns(of panel: Int) -> Int {
    min(Panels.width, size - panel * Panels.width)
  }

  var gradientCount: Int { parameters.gradientCount }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    parameters.gradient(item, from: logits, pass)
  }

  var transposeCount: Int { parameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) { parameters.transpose(item, pass) }
}
