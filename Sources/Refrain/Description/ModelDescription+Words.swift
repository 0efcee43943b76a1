extension ModelDescription {
  /// The layers in a few words: `LSTM 128, dropout 0.2, LSTM 128`.
  public var layersInWords: String {
    let words = layers.map(\.inWords).joined(separator: ", ")
    guard let encoder else { return words }
    return encoder.layers.map(\.inWords).joined(separator: ", ") + "; decoder: " + words
  }

  /// A table of the layers with their output sizes and parameters, for people to read.
  ///
  /// - Throws: ``ModelDescriptionError`` if the description cannot become a network.
  public func summary(cells: [CustomCell] = []) throws -> String {
    let layout = try ParameterLayout(self, cells: cells)
    let parameters = { (prefix: String) in
      let count = layout.parameters.tensors.filter { $0.name.hasPrefix(prefix) }
        .reduce(0) { $0 + $1.count }
      return count == 0 ? "" : count.grouped
    }
    var rows: [(String, String, String)] = []
    let add = { (layers: [LayerDescription], input: Input, name: String, prefix: String) in
      let words = Self.inputInWords(input, layers)
      var size = input.size
      rows.append((name.isEmpty ? words : "\(name): \(words)", size.grouped, ""))
      for (index, layer) in layers.enumerated() {
        size = layer.outputs(inputs: size)
        rows.append((layer.inWords, size.grouped, parameters("\(prefix)\(index).")))
      }
    }
    if let encoder { add(encoder.layers, encoder.input, "encoder", "encoder.") }
    add(layers, input, encoder == nil ? "" : "decoder", "layers.")
    rows.append((outputInWords, outputSize.grouped, parameters("output.")))
    rows.append(("total", "", layout.parameters.count.grouped))
    let header = ("layer", "outputs", "parameters")
    let widths = Self.widths(rows + [header])
    return ([header] + rows).map { row in
      row.0.padding(to: widths.0) + "  " + row.1.padding(leading: widths.1) + "  "
        + row.2.padding(leading: widths.2)
    }.joined(separator: "\n")
  }

  private static func inputInWords(_ input: Input, _ layers: [LayerDescription]) -> String {
    if input.isFrames { return "frames" }
    if case .embedding = layers.first { return "tokens" }
    return "tokens, one-hot"
  }

  /// What comes out, in a few words.
  var outputInWords: String {
    switch output {
    case .softmax: return "dense and softmax"
    case .linear: return "the next frame"
    case .mixture(let components, _, let history):
      let past = history == 0 ? "" : " and \(history) frame\(history == 1 ? "" : "s") back"
      return "dense\(past), \(components) Gaussian\(components == 1 ? "" : "s")"
    case .labels(let size): return "dense and \(size) sigmoid\(size == 1 ? "" : "s")"
    }
  }

  private static func widths(_ rows: [(String, String, String)]) -> (Int, Int, Int) {
    (
      rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0,
      rows.map(\.2.count).max() ?? 0
    )
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

extension CellKind {
  /// The unit as people write it: `LSTM`.
  var inWords: String {
    switch self {
    case .rnn, .lstm, .gru: return description.uppercased()
    case .peepholeLSTM: return "LSTM with peepholes"
    case .coupledLSTM: return "LSTM with coupled gates"
    case .minGRU: return "minGRU"
    case .minLSTM: return "minLSTM"
    case .mogrifierLSTM: return "Mogrifier LSTM"
    case .custom(let name): return name
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
