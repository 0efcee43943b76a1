extension ModelDescription {
  /// The layers in a few words: `LSTM 128, dropout 0.2, LSTM 128`.
  public var layersInWords: String {
    layers.map(\.inWords).joined(separator: ", ")
  }

  /// A table of the layers with their output sizes and parameters, for people to read.
  ///
  /// - Throws: ``ModelDescriptionError`` if the description cannot become a network.
  public func summary(cells: [CustomCell] = []) throws -> String {
    let layout = try ParameterLayout(self, cells: cells)
    var rows = [("tokens, one-hot", vocabularySize.grouped, "")]
    if case .embedding = layers.first { rows[0].0 = "tokens" }
    var size = vocabularySize
    for (index, layer) in layers.enumerated() {
      size = layer.outputs(inputs: size)
      let count = layout.tensors.filter { $0.name.hasPrefix("layers.\(index).") }
        .reduce(0) { $0 + $1.count }
      rows.append((layer.inWords, size.grouped, count == 0 ? "" : count.grouped))
    }
    let output = layout.tensors.filter { $0.name.hasPrefix("output.") }.reduce(0) { $0 + $1.count }
    rows.append(("dense and softmax", outputSize.grouped, output.grouped))
    rows.append(("total", "", layout.parameterCount.grouped))
    let header = ("layer", "outputs", "parameters")
    let widths = Self.widths(rows + [header])
    return ([header] + rows).map { row in
      row.0.padding(to: widths.0) + "  " + row.1.padding(leading: widths.1) + "  "
        + row.2.padding(leading: widths.2)
    }.joined(separator: "\n")
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
    case .recurrent(let cell, let hidden):
      switch cell {
      case .rnn, .lstm, .gru: return "\(cell.description.uppercased()) \(hidden)"
      case .custom(let name): return "\(name) \(hidden)"
      }
    case .dropout(let rate): return "dropout \(rate)"
    case .dense(let size, let activation):
      return activation == .linear ? "dense \(size)" : "dense \(size) \(activation)"
    }
  }

  /// The number of values that come out when `inputs` go in.
  func outputs(inputs: Int) -> Int {
    switch self {
    case .embedding(let size), .recurrent(_, let size), .dense(let size, _): return size
    case .dropout: return inputs
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
