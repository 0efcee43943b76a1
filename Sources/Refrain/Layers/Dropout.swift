/// Drops values while training (Srivastava et al. 2014).
public struct Dropout: LayerConvertible {
  let rate: Float
  /// The layer it stands for.
  public var layer: LayerDescription { .dropout(rate: rate) }
  /// Drops each value with probability `rate`, at least 0 and less than 1.
  public init(_ rate: Float) { self.rate = rate }
}

extension Dropout: LayerKind {
  var inWords: String { "dropout \(rate)" }
  var traits: LayerTraits { [.learnsNothing, .isForTraining] }

  func check(_ place: LayerPlace) throws {
    if !(rate >= 0 && rate < 1) { throw ModelDescriptionError.dropoutRate(rate) }
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? {
    site.plan.trains && rate > 0 ? DropoutLayer(self, site) : nil
  }
}

/// Drops values while training (Srivastava et al. 2014). A network that is only used has none.
final class DropoutLayer: Layer {
  let output: Activation
  private let input: Activation
  private let rate: Float
  private let stream: UInt32
  private let mask: Panels

  init(_ kind: Dropout, _ site: LayerSite) {
    rate = kind.rate
    stream = UInt32(site.stream)
    input = site.input.activation
    output = site.plan.activation(size: input.size, hasGradient: input.hasGradient)
    mask = site.plan.arena.panels(rows: site.plan.rows, columns: input.size)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) { forward(rows, pass) }
  }

  private func forward(_ rows: Range<Int>, _ pass: Pass) {
    for panel in output.panels {
      var maskSpan = mask.write(rows, panel: panel)
      pass.kernels.dropoutMask(
        &maskSpan, rate: rate, seed: pass.seed, stream: stream, step: pass.step,
        firstRow: rows.lowerBound, panel: panel)
      var values = output.values.write(rows, panel: panel)
      pass.kernels.multiply(
        &values, input.values.read(input.rows(rows, pass), panel: panel),
        mask.read(rows, panel: panel))
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var gradient = input.gradient.write(input.rows(rows, pass), panel: panel)
        pass.kernels.multiply(
          &gradient, output.gradient.read(rows, panel: panel), mask.read(rows, panel: panel))
      }
    }
  }
}
