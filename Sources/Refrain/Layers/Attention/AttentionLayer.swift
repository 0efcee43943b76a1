/// Each step of a decoder looks at the encoder's outputs of all steps (Luong et al. 2015, “general” scores).
///
/// With `e` the encoder's steps and `h` the step's own values: weights `a = softmax((Q h + q) · e)` over the steps
/// that there are, `c = Σ a e`, and `tanh(C c + H h + b)` comes out. Everything inside lies sequence after
/// sequence, so that a sequence's steps are the rows of one product.
final class AttentionLayer: Layer {
  let output: Activation
  let input: Activation
  let encoded: EncodedSteps
  /// The input, sequence after sequence.
  let hidden: Activation
  /// `Q h + q`, and its gradient.
  let queries: Activation
  /// The weights, a column for each step of the encoder; before the softmax, scores.
  let weights: Panels
  let dWeights: Panels
  /// What was seen: `c`.
  let context: Activation
  /// What comes out, sequence after sequence.
  let combined: Activation
  let query: DenseParameters
  let contextPart: DenseParameters
  let hiddenPart: DenseParameters
  /// Sixteen partial maxima or sums per row.
  let partial: Panels

  init(_ kind: Attention, _ site: LayerSite) {
    guard let source = site.encoder?.encoded else {
      preconditionFailure("Only a decoder has attention.")
    }
    let plan = site.plan
    input = site.input.activation
    output = plan.activation(size: kind.size)
    encoded = EncodedSteps(source, plan: plan)
    hidden = plan.activation(size: input.size)
    queries = plan.activation(size: source.size)
    context = plan.activation(size: source.size)
    combined = plan.activation(size: kind.size)
    weights = plan.arena.panels(rows: plan.rows, count: encoded.blocks)
    dWeights = plan.gradient(rows: plan.rows, count: encoded.blocks)
    partial = plan.arena.panels(rows: plan.rows, count: 1)
    let dense = { (part: String, input: Activation) in
      DenseParameters(prefix: site.prefix + part, input: input, plan: plan)
    }
    query = dense("query.", hidden)
    contextPart = dense("context.", context)
    hiddenPart = dense("hidden.", hidden)
  }

  /// The rows of one sequence, as they lie here.
  func rows(of sequence: Int, _ pass: Pass) -> Range<Int> {
    sequence * pass.steps..<(sequence + 1) * pass.steps
  }

  /// The rows of a thread's sequences, in pieces.
  func pieces(_ sequences: Range<Int>, _ pass: Pass, _ body: (Range<Int>) -> Void) {
    let end = sequences.upperBound * pass.steps
    var first = sequences.lowerBound * pass.steps
    while first < end {
      body(first..<min(first + RowPieces.most, end))
      first += RowPieces.most
    }
  }

  // MARK: - Forward

  func forward(_ pass: Pass, _ share: ThreadShare) {
    let sequences = share.part(of: pass.batch)
    // One step of many: the encoder's outputs are where they were.
    if pass.source.isNew { encoded.gather(sequences, pass) }
    for sequence in sequences {
      forEachStep(sequence, pass) { row, place in
        copy(
          input.values, input.rows(row..<row + 1, pass), to: hidden.values, place..<place + 1, pass)
      }
    }
    pieces(sequences, pass) { query.multiply(into: queries.values, rows: $0, pass) }
    for sequence in sequences { look(sequence, pass) }
    pieces(sequences, pass) { rows in
      hiddenPart.multiply(into: combined.values, rows: rows, pass)
      contextPart.multiply(into: combined.values, rows: rows, pass, accumulate: true)
      for panel in combined.panels {
        var values = combined.values.write(rows, panel: panel)
        pass.kernels.tanhForward(&values)
      }
    }
    for sequence in sequences {
      forEachStep(sequence, pass) { row, place in
        copy(combined.values, place..<place + 1, to: output.values, row..<row + 1, pass)
      }
    }
  }

  /// Every step of a sequence: its row in the pass, and its row here.
  func forEachStep(
    _ sequence: Int, _ pass: Pass, _ body: (_ row: Int, _ place: Int) -> Void
  ) {
    for (t, place) in rows(of: sequence, pass).enumerated() {
      body(pass.row(step: t, of: sequence), place)
    }
  }

  func copy(
    _ from: Panels, _ rows: Range<Int>, to: Panels, _ places: Range<Int>, _ pass: Pass
  ) {
    for panel in 0..<from.count {
      var row = to.write(places, panel: panel)
      pass.kernels.copy(&row, from.read(rows, panel: panel))
    }
  }

  /// The weights of one sequence's steps, and what they see.
  private func look(_ sequence: Int, _ pass: Pass) {
    let rows = rows(of: sequence, pass)
    encoded.scores(queries.values, rows, into: weights, sequence, pass)
    let length = Int(pass.source.lengths[sequence])
    var first = rows.lowerBound
    while first < rows.upperBound {
      softmax(first..<min(first + RowPieces.most, rows.upperBound), length: length, pass)
      first += RowPieces.most
    }
    encoded.mix(weights, rows, into: context.values, sequence, pass)
  }

  private func softmax(_ rows: Range<Int>, length: Int, _ pass: Pass) {
    let kernels = pass.kernels
    let columns = { (block: Int) in min(max(length - block * Panels.width, 0), Panels.width) }
    var partials = partial.write(rows, panel: 0)
    var maxima = RowValues(repeating: 0)
    var sums = RowValues(repeating: 1)
    kernels.fill(&partials, lowest.span)
    for block in 0..<encoded.blocks(pass) {
      kernels.rowMaxima(&partials, weights.read(rows, panel: block), columns: columns(block))
    }
    var maximaSpan = maxima.mutableSpan
    kernels.reduceMaxima(&maximaSpan, partial.read(rows, panel: 0))
    kernels.fill(&partials, Span())
    for block in 0..<encoded.blocks(pass) {
      var z = weights.write(rows, panel: block)
      kernels.exponentials(
        &z, maxima: maxima.span, sums: &partials, columns: columns(block))
    }
    var sumSpan = sums.mutableSpan
    kernels.reduceSums(&sumSpan, partial.read(rows, panel: 0))
    for i in 0..<rows.count { sums[i] = 1 / sums[i] }
    for block in 0..<encoded.blocks(pass) {
      var z = weights.write(rows, panel: block)
      kernels.scaleRows(&z, by: sums.span)
    }
  }

  /// What a row's partial maxima begin with.
  private let lowest = InlineArray<16, Float>(repeating: -.greatestFiniteMagnitude)
}
