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

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    .normalisation(columns: place.inputs)
  }

  func statistics(_ place: LayerPlace) -> [ParameterTensor] {
    [
      .vector("running_mean", columns: place.inputs, all: 0),
      .vector("running_var", columns: place.inputs, all: 1),
    ]
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? { BatchNormLayer(site) }
}
