/// An attention's gradients of the decoder below it and of the encoder.
extension AttentionLayer {
  func backward(_ pass: Pass, _ share: ThreadShare) {
    let sequences = share.part(of: pass.batch)
    for sequence in sequences {
      forEachStep(sequence, pass) { row, place in
        copy(output.gradient, row..<row + 1, to: combined.gradient, place..<place + 1, pass)
      }
    }
    pieces(sequences, pass) { rows in
      for panel in combined.panels {
        var gradient = combined.gradient.write(rows, panel: panel)
        pass.kernels.tanhBackward(&gradient, output: combined.values.read(rows, panel: panel))
      }
      contextPart.inputGradient(from: combined.gradient, rows: rows, pass)
      hiddenPart.inputGradient(from: combined.gradient, rows: rows, pass)
    }
    for sequence in sequences { lookBack(sequence, pass) }
    pieces(sequences, pass) { rows in
      query.inputGradient(from: queries.gradient, rows: rows, pass, accumulate: true)
    }
    for sequence in sequences {
      forEachStep(sequence, pass) { row, place in
        copy(
          hidden.gradient, place..<place + 1, to: input.gradient, input.rows(row..<row + 1, pass),
          pass)
      }
    }
    encoded.spread(sequences, pass)
  }

  private func lookBack(_ sequence: Int, _ pass: Pass) {
    let rows = rows(of: sequence, pass)
    encoded.scores(context.gradient, rows, into: dWeights, sequence, pass)
    encoded.addGradient(weights, context.gradient, rows, sequence, isFirst: true, pass)
    var first = rows.lowerBound
    while first < rows.upperBound {
      softmaxGradient(first..<min(first + RowPieces.most, rows.upperBound), pass)
      first += RowPieces.most
    }
    encoded.mix(dWeights, rows, into: queries.gradient, sequence, pass)
    encoded.addGradient(dWeights, queries.values, rows, sequence, isFirst: false, pass)
  }

  /// From the gradient of the weights, that of the scores: `a · (da − Σ a da)`.
  private func softmaxGradient(_ rows: Range<Int>, _ pass: Pass) {
    var partials = partial.write(rows, panel: 0)
    pass.kernels.fill(&partials, Span())
    for block in 0..<encoded.blocks(pass) {
      pass.kernels.addProducts(
        &partials, weights.read(rows, panel: block), dWeights.read(rows, panel: block))
    }
    var sums = RowValues(repeating: 0)
    var sumSpan = sums.mutableSpan
    pass.kernels.reduceSums(&sumSpan, partial.read(rows, panel: 0))
    for block in 0..<encoded.blocks(pass) {
      var gradient = dWeights.write(rows, panel: block)
      pass.kernels.softmaxGradient(
        &gradient, weights.read(rows, panel: block), sums: sums.span)
    }
  }

  // MARK: - Parameters

  var gradientCount: Int {
    query.gradientCount + contextPart.gradientCount + hiddenPart.gradientCount
  }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    if item < query.gradientCount { return query.gradient(item, from: queries.gradient, pass) }
    let item = item - query.gradientCount
    if item < contextPart.gradientCount {
      contextPart.gradient(item, from: combined.gradient, pass)
    } else {
      hiddenPart.gradient(item - contextPart.gradientCount, from: combined.gradient, pass)
    }
  }

  var transposeCount: Int {
    query.transposeCount + contextPart.transposeCount + hiddenPart.transposeCount
  }

  func transpose(_ item: Int, _ pass: Pass) {
    if item < query.transposeCount { return query.transpose(item, pass) }
    let item = item - query.transposeCount
    if item < contextPart.transposeCount {
      contextPart.transpose(item, pass)
    } else {
      hiddenPart.transpose(item - contextPart.transposeCount, pass)
    }
  }
}
