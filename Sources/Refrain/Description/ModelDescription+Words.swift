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

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
  fileprivate func padding(leading width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
