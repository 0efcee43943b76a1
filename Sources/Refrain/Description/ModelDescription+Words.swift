extension ModelDescription {
  /// The layers in a few words: `LSTM 128, dropout 0.2, LSTM 128`.
  public var layersInWords: String {
    let words = layers.map(\.inWords).joined(separator: ", ")
    guard let encoder else { return words }
    return encoder.layers.map(\.inWords).joined(separator: ", ") + "; decoder: " + words
  }

  /// A table of the layers for people to read: their output sizes, their parameters, and what each step of
  /// a sequence costs (``LayerCost``).
  ///
  /// - Throws: ``ModelDescriptionError`` if the description cannot become a network.
  public func summary(cells: [CustomCell] = []) throws -> String {
    let figures = try layerFigures(cells: cells)
    let total = figures.reduce(LayerCost()) { $0 + $1.cost }
    let parameters = figures.reduce(0) { $0 + $1.parameters }
    var rows = [["layer", "outputs", "parameters", "multiply-adds"]]
    rows += figures.map {
      [
        $0.name, $0.outputs.grouped, $0.parameters == 0 ? "" : $0.parameters.grouped,
        $0.cost.inWords,
      ]
    }
    // What a step costs differs between an encoder and its decoder: they have no sum.
    rows.append(["total", "", parameters.grouped, encoder == nil ? total.inWords : ""])
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map {
        $0 == 0 ? row[0].padding(to: widths[0]) : row[$0].padding(leading: widths[$0])
      }.joined(separator: "  ")
    }
    return (lines + total.legend).joined(separator: "\n")
  }

  /// What comes out, in a few words.
  var outputInWords: String {
    switch output {
    case .softmax: return "dense and softmax"
    case .linear: return "values as they are"
    case .mixture(let components, _, let history):
      let past = history == 0 ? "" : " and \(history) frame\(history == 1 ? "" : "s") back"
      return "dense\(past), \(components) Gaussian\(components == 1 ? "" : "s")"
    case .labels(let size): return "dense and \(size) sigmoid\(size == 1 ? "" : "s")"
    }
  }
}

extension LayerCost {
  /// `1,024 + 512 s + 128 once`, as far as there is something to say.
  fileprivate var inWords: String {
    [
      perStep > 0 ? perStep.grouped : nil,
      perStepRead > 0 ? "\(perStepRead.grouped) s" : nil,
      perSequence > 0 ? "\(perSequence.grouped) once" : nil,
    ].compactMap { $0 }.joined(separator: " + ")
  }

  /// What the words mean that need it.
  fileprivate var legend: [String] {
    var words = ["multiply-adds: at each step"]
    if perStepRead > 0 { words.append("s: the steps that the encoder has read") }
    if perSequence > 0 { words.append("once: in each sequence") }
    return [words.joined(separator: "; ")]
  }
}

extension LayerDescription {
  /// The layer in a few words.
  var inWords: String {
    switch self {
    case .embedding(let size): return "embedding \(size)"
    case .recurrent(let cell, let hidden): return "\(cell.inWords) \(hidden)"
    case .bidirectional(let cell, let hidden):
      return "\(cell.inWords) \(hidden) in both directions"
    case .dropout(let rate): return "dropout \(rate)"
    case .dense(let size, let activation, _):
      return activation == .linear ? "dense \(size)" : "dense \(size) \(activation)"
    case .convolution(let size, let width, let dilation, let activation, let isResidual):
      return (isResidual ? "residual " : "") + "convolution \(size)"
        + (activation == .linear ? "" : " \(activation)")
        + " over \(width) step\(width == 1 ? "" : "s")"
        + (dilation == 1 || width == 1 ? "" : " \(dilation) apart")
    case .batchNorm: return "batch norm"
    case .layerNorm: return "layer norm"
    case .noise(let deviation): return "noise \(deviation)"
    case .lastStep: return "last step"
    case .meanOverTime: return "mean over time"
    case .maxOverTime: return "max over time"
    case .attention(let size): return "attention \(size)"
    case .repeatOverTime: return "the encoder's summary at every step"
    }
  }

  /// The number of values that come out when `inputs` go in.
  func outputs(inputs: Int) -> Int {
    switch self {
    case .embedding(let size), .recurrent(_, let size), .dense(let size, _, _),
      .convolution(let size, _, _, _, _), .attention(let size):
      return size
    case .bidirectional(_, let hidden): return 2 * hidden
    case .dropout, .batchNorm, .layerNorm, .noise, .lastStep, .meanOverTime, .maxOverTime,
      .repeatOverTime:
      return inputs
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
  fileprivate func padding(leading width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
