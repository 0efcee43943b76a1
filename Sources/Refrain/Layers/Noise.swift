/// Moves values at random while training, so that a network that reads its own outputs, which are
/// never quite right, has met the like.
public struct Noise: LayerConvertible {
  let deviation: Float
  /// The layer it stands for.
  public var layer: LayerDescription { .noise(deviation: deviation) }
  /// Noise of standard deviation `deviation`, 0 or more, uniform between ±√3 times that.
  public init(_ deviation: Float) { self.deviation = deviation }
}

extension Noise: LayerKind {
  var inWords: String { "noise \(deviation)" }
  var traits: LayerTraits { [.learnsNothing, .isForTraining] }

  func check(_ place: LayerPlace) throws {
    try ModelDescriptionError.check("The deviation of noise", deviation)
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? {
    site.plan.trains && deviation > 0 ? NoiseLayer(self, site) : nil
  }
}

/// Moves values at random while training. A network that is only used has none.
final class NoiseLayer: Layer {
  let output: Activation
  private let input: Activation
  private let amplitude: Float
  private let stream: UInt32

  init(_ kind: Noise, _ site: LayerSite) {
    // Uniform between ±a has the deviation a / √3.
    amplitude = kind.deviation * Float(3).squareRoot()
    stream = UInt32(site.stream)
    input = site.input.activation
    output = site.plan.activation(size: input.size, hasGradient: input.hasGradient)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.addNoise(
          &values, input.values.read(input.rows(rows, pass), panel: panel), amplitude: amplitude,
          columns: input.columns(of: panel), seed: pass.seed, stream: stream, step: pass.step,
          firstRow: rows.lowerBound, panel: panel)
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var gradient = input.gradient.write(input.rows(rows, pass), panel: panel)
        pass.kernels.copy(&gradient, output.gradient.read(rows, panel: panel))
      }
    }
  }
}
