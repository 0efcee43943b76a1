/// A learned vector for each token.
public struct Embedding: LayerConvertible {
  let size: Int
  /// The layer it stands for.
  public var layer: LayerDescription { .embedding(size: size) }
  /// Vectors of `size` values, 1 or more.
  public init(_ size: Int) { self.size = size }
}

extension Embedding: LayerKind {
  var inWords: String { "embedding \(size)" }
  var traits: LayerTraits { .readsTokens }

  func check(_ place: LayerPlace) throws {
    try ModelDescriptionError.check("An embedding's size", size)
    if !place.readsTokens {
      throw ModelDescriptionError.misplaced(
        layer: "An embedding", reason: "it reads tokens, so it has to be the first layer")
    }
  }

  func outputs(inputs: Int) -> Int { size }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    [.table("weight", rows: place.inputs, columns: size, range: 1)]
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? { EmbeddingLayer(self, site) }
}

/// A learned vector for each token (Bengio et al. 2003).
final class EmbeddingLayer: Layer {
  let output: Activation
  private let table: Panels
  private let dTable: Panels

  init(_ kind: Embedding, _ site: LayerSite) {
    (table, dTable) = site.plan.parameters[site.prefix + "weight"]
    output = site.plan.activation(size: kind.size)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.gatherRows(
          &values, table: table.read(0..<table.rows, panel: panel),
          indices: pass.tokens.read(rows), bias: Span())
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {}

  var gradientCount: Int { output.panels.count }

  func parameterGradient(_ panel: Int, _ pass: Pass) {
    let rows = 0..<pass.rows
    var gradient = dTable.write(0..<dTable.rows, panel: panel)
    pass.kernels.clear(&gradient)
    pass.kernels.scatterAddRows(
      &gradient, rows: output.gradient.read(rows, panel: panel), indices: pass.tokens.read(rows))
  }
}
