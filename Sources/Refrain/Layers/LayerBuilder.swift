/// Collects the layers that stand in a ``ModelDescription``'s braces.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: any LayerConvertible) -> [LayerDescription] {
    [layer.layer]
  }
  /// The layers of a block, in order.
  public static func buildBlock(_ parts: [LayerDescription]...) -> [LayerDescription] {
    parts.flatMap { $0 }
  }
  /// The layers of an `if` without `else`.
  public static func buildOptional(_ part: [LayerDescription]?) -> [LayerDescription] {
    part ?? []
  }
  /// The layers of an `if`.
  public static func buildEither(first: [LayerDescription]) -> [LayerDescription] { first }
  /// The layers of an `else`.
  public static func buildEither(second: [LayerDescription]) -> [LayerDescription] { second }
  /// The layers of a loop.
  public static func buildArray(_ parts: [[LayerDescription]]) -> [LayerDescription] {
    parts.flatMap { $0 }
  }
}

/// Something that stands for a layer in a ``ModelDescription``.
public protocol LayerConvertible {
  /// The layer it stands for.
  var layer: LayerDescription { get }
}

extension LayerDescription: LayerConvertible {
  /// The layer itself.
  public var layer: LayerDescription { self }
}
