/// Normalises each value by its mean and deviation over the batch; a network that is only used takes those
/// that it met while training (Ioffe & Szegedy 2015).
public struct BatchNorm: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.batchNorm
  /// Batch normalisation.
  public init() {}
}

extension BatchNorm: LayerKind {
  var inWords: String { "batch norm" }

  func parameters(
    _ prefix: String, _ place: LayerPlace, cells: [CustomCell]
  ) -> [ParameterTensor] { .normalisation(prefix, columns: place.inputs) }

  func statistics(_ prefix: String, _ place: LayerPlace) -> [ParameterTensor] {
    [
      .vector(prefix + "running_mean", columns: place.inputs, all: 0),
      .vector(prefix + "running_var", columns: place.inputs, all: 1),
    ]
  }

  func layers(_ site: LayerSite) -> [PlacedLayer] {
    let isSpared = site.section == .steps && site.readsFrames && site.next?.kind is Recurrent
    return [
      site.place(
        BatchNormLayer(
          prefix: site.prefix, readerPrefix: isSpared ? site.nextPrefix : nil,
          input: site.input.activation, plan: site.plan))
    ]
  }
}
