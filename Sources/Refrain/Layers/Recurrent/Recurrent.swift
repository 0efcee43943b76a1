/// A layer of any recurrent unit, the user's own among them.
public struct Recurrent: LayerConvertible {
  let cell: CellKind
  let hidden: Int
  /// The layer it stands for.
  public var layer: LayerDescription { .recurrent(cell: cell, hidden: hidden) }
  /// A layer of `hidden` units of kind `cell`.
  public init(_ cell: CellKind, _ hidden: Int) {
    self.cell = cell
    self.hidden = hidden
  }
}

/// A layer of simple recurrent units.
public struct RNN: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .rnn, hidden: hidden) }
}

/// A layer of LSTM units.
public struct LSTM: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .lstm, hidden: hidden) }
}

/// A layer of gated recurrent units.
public struct GRU: LayerConvertible {
  /// The layer it stands for.
  public let layer: LayerDescription
  /// A layer of `hidden` units, 1 or more.
  public init(_ hidden: Int) { layer = .recurrent(cell: .gru, hidden: hidden) }
}

extension Recurrent: LayerKind {
  var inWords: String { "\(cell.inWords) \(hidden)" }
  var traits: LayerTraits { [.readsTokens, .keepsState, .spansSteps, .readsSummary] }

  func check(_ place: LayerPlace) throws { try check(place, as: inWords) }

  /// Checks a layer of such units that is called `words`.
  func check(_ place: LayerPlace, as words: String) throws {
    try ModelDescriptionError.check("The number of hidden units", hidden)
    try place.checkSteps(of: "A recurrent layer")
    if !cell.readsTokens && place.readsTokens {
      throw ModelDescriptionError.misplaced(
        layer: words,
        reason: "it alters what it reads, so tokens need an embedding first; add one "
          + "(\(.embedding) 64, for example)")
    }
  }

  func outputs(inputs: Int) -> Int { hidden }

  func parameters(_ place: LayerPlace) throws -> [ParameterTensor] {
    let unit = try RecurrentUnit(cell, cells: place.cells)
    let tensors = unit.parameters(prefix: "", inputs: place.inputs, hidden: hidden)
    guard let encoded = place.encoded else { return tensors }
    return tensors
      + .dense(Self.start, inputs: encoded, outputs: hidden, blocks: Array(0...unit.cellStates))
  }

  /// What the names of the parameters begin with that make of an encoder's summary what the layer begins with.
  private static let start = "start."

  func cost(_ parameters: [ParameterTensor], _ place: LayerPlace) -> LayerCost {
    let starts = parameters.filter { $0.name.hasPrefix(Self.start) }.multiplications
    // Of a one-hot input, weights only choose a column, as an embedding chooses a row.
    let chosen = parameters.filter { place.readsTokens && $0.name == "weight_ih" }.multiplications
    return LayerCost(
      perStep: parameters.multiplications - starts - chosen, perSequence: starts)
  }

  func stateSizes(_ place: LayerPlace) throws -> [Int] {
    [Int](repeating: hidden, count: 1 + (try RecurrentUnit(cell, cells: place.cells)).cellStates)
  }

  func engineLayers(_ site: LayerSite) -> [PlacedLayer] {
    guard let encoder = site.encoder else {
      let beginning: StateBeginning = site.section == .encoder ? .zero : .carried
      return [site.place(engine(site.prefix, site.input, beginning: beginning, site.plan))]
    }
    let layer = engine(site.prefix, site.input, beginning: .given, site.plan)
    let start = StartStateLayer(
      layer.buffers, vectors: layer.state?.vectors ?? 1, prefix: site.prefix + Self.start,
      summary: encoder.summary, addsGradient: !encoder.isLastReader, plan: site.plan.oneStep)
    return [PlacedLayer(layer: start, section: .summary), site.place(layer)]
  }
}
