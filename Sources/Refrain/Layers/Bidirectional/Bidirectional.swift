/// A recurrent layer that reads each sequence from both ends: what comes out of a step knows all others.
/// Every sequence is then read from an empty state.
public struct Bidirectional: LayerConvertible {
  let cell: CellKind
  let hidden: Int
  /// The layer it stands for.
  public var layer: LayerDescription { .bidirectional(cell: cell, hidden: hidden) }
  /// `hidden` units of kind `cell` for each direction; `2 · hidden` values come out.
  public init(_ cell: CellKind, _ hidden: Int) {
    self.cell = cell
    self.hidden = hidden
  }
}

extension Bidirectional: LayerKind {
  private var direction: Recurrent { Recurrent(cell, hidden) }

  var inWords: String { "\(direction.inWords) in both directions" }
  var traits: LayerTraits { [.looksAhead, .spansSteps] }

  func check(_ place: LayerPlace) throws { try direction.check(place, as: inWords) }

  func outputs(inputs: Int) -> Int { 2 * hidden }

  func parameters(_ place: LayerPlace) throws -> [ParameterTensor] {
    let unit = try RecurrentUnit(cell, cells: place.cells)
    return ["", "reverse."].flatMap {
      unit.parameters(prefix: $0, inputs: place.inputs, hidden: hidden)
    }
  }

  func engineLayers(_ site: LayerSite) -> [PlacedLayer] {
    let mirror = MirrorLayer(input: site.input.activation, plan: site.plan)
    let backwards = direction.engine(
      site.prefix + "reverse.", .activation(mirror.output), beginning: .zero, site.plan)
    let forwards = direction.engine(site.prefix, site.input, beginning: .zero, site.plan)
    let both = BothDirectionsLayer(forwards.output, backwards.output, plan: site.plan)
    // Going back, the mirror adds its part to the forwards layer's gradient of the input.
    return [mirror, backwards, forwards, both].map(site.place)
  }
}
