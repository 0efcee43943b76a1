/// A dense layer and a softmax.
struct SoftmaxOutput: OutputKind {
  private let count: Int

  init(_ count: Int) { self.count = count }

  var inWords: String { "dense and softmax" }
  var size: Int? { count }

  func parameters(inputs: Int) -> [ParameterTensor] {
    .dense("output.", inputs: inputs, outputs: count)
  }

  func head(_ input: Activation, _ plan: WorkspacePlan) -> any OutputHead {
    SoftmaxHead(size: count, input: input, plan: plan)
  }

  func mostLoss(after first: Double, factor: Double) -> Double {
    factor * max(first, naturalLogarithm(Double(count)))
  }
}

/// The output: a dense layer, a softmax over the vocabulary, and its cross-entropy with the targets.
final class SoftmaxHead: OutputHead {
  /// The sums before the softmax; after ``loss(_:_:trains:)``, exponentials or gradients in their place.
  let logits: Panels
  let size: Int
  private let parameters: DenseParameters
  /// The loss of each row in nats; 0 where the target is not counted.
  let losses: RowLosses
  /// Sixteen partial maxima or sums per row.
  private let partial: Panels

  init(size: Int, input: Activation, plan: WorkspacePlan) {
    self.size = size
    logits = plan.arena.panels(rows: plan.rows, columns: size)
    parameters = DenseParameters(prefix: "output.", input: input, plan: plan)
    losses = RowLosses(plan)
    partial = plan.arena.panels(rows: plan.rows, count: 1)
  }

  /// The sums before the softmax, for every row.
  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: logits, rows: rows, pass)
    }
  }

  /// The sums before the softmax of one row.
  func copyLogits(row: Int, into values: inout [Float]) {
    precondition(values.count == size, "one value per output")
    for panel in 0..<logits.count {
      let span = logits.read(row..<row + 1, panel: panel)
      for column in 0..<columns(of: panel) {
        values[panel * Panels.width + column] = span[column]
      }
    }
  }

  /// The loss of every row; with `trains`, the gradient of the mean loss in place of the logits, and
  /// the gradient of the layer below.
  func loss(_ pass: Pass, _ share: ThreadShare, trains: Bool) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: logits, rows: rows, pass)
      softmax(rows, pass, trains: trains)
      if trains { parameters.inputGradient(from: logits, rows: rows, pass) }
    }
  }

  private func softmax(_ rows: Range<Int>, _ pass: Pass, trains: Bool) {
    let kernels = pass.kernels
    var partials = partial.write(rows, panel: 0)
    var maxima = RowValues(repeating: 0)
    var sums = RowValues(repeating: 1)
    var logarithms = RowValues(repeating: 0)

    kernels.fill(&partials, RowStart(repeating: -.greatestFiniteMagnitude).span)
    for panel in 0..<logits.count {
      kernels.rowMaxima(&partials, logits.read(rows, panel: panel), columns: columns(of: panel))
    }
    var maximaSpan = maxima.mutableSpan
    kernels.reduceMaxima(&maximaSpan, partial.read(rows, panel: 0))
    // Until the sum is known, the logit of the target.
    for row in rows where pass.targets[row] >= 0 {
      losses[row] = logits[row, Int(pass.targets[row])]
    }

    kernels.fill(&partials, Span())
    for panel in 0..<logits.count {
      var z = logits.write(rows, panel: panel)
      kernels.exponentials(
        &z, maxima: maxima.span, sums: &partials, columns: columns(of: panel))
    }
    var sumSpan = sums.mutableSpan
    kernels.reduceSums(&sumSpan, partial.read(rows, panel: 0))
    var logarithmSpan = logarithms.mutableSpan
    kernels.logSumExponentials(&logarithmSpan, sums: sums.span, maxima: maxima.span)
    for (i, row) in rows.enumerated() {
      if pass.targets[row] < 0 {
        losses[row] = 0
      } else {
        losses[row] = logarithms[i] - losses[row]
      }
    }
    if trains { gradient(rows, pass, sums) }
  }

  /// (softmax − one-hot target) / number of counted targets, in place of the exponentials.
  private func gradient(_ rows: Range<Int>, _ pass: Pass, _ sums: RowValues) {
    let share = 1 / Float(max(pass.counted, 1))
    var factors = pass.shares(rows)
    for i in 0..<rows.count { factors[i] /= sums[i] }
    for panel in 0..<logits.count {
      var z = logits.write(rows, panel: panel)
      pass.kernels.scaleRows(&z, by: factors.span)
    }
    for row in rows where pass.targets[row] >= 0 {
      logits[row, Int(pass.targets[row])] -= share
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

/// What a row of partial values begins with.
private typealias RowStart = InlineArray<16, Float>
