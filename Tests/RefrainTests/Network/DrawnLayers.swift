import Refrain
import TestSupport

/// Draws layers, with the masks and the noise that the fast network will draw.
struct DrawnLayers {
  /// Of what is dropped.
  static let rate: Float = 0.2
  /// Of the noise.
  static let deviation: Float = 0.1
  static let seed: UInt64 = 11
  /// The training step that masks and noise are drawn for.
  static let step = 5

  let batch: ReferenceBatch
  /// Whether sequences begin with the batch and end where their lengths say.
  private(set) var readsWholeSequences = false
  let kernels: KernelChoice
  var width: Int
  var layers: [ReferenceLayer<Double>] = []
  var steps: Int

  init(batch: ReferenceBatch, kernels: KernelChoice, width: Int, readsWholeSequences: Bool) {
    self.readsWholeSequences = readsWholeSequences
    (self.batch, self.kernels, self.width, steps) = (batch, kernels, width, batch.steps)
  }

  mutating func make(isOfFrames: Bool, random: inout ReferenceRandom) {
    if !isOfFrames { add(.lstm(hidden: .random(in: 1...40, using: &random))) }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let size = Int.random(in: 1...40, using: &random)
      let decay = Bool.random(using: &random) ? 0 : 0.125
      var choices: [ReferenceLayer<Double>] = [
        .batchNorm, .batchNorm, .dense(outputs: size, weightDecay: decay),
        .denseTanh(outputs: size, weightDecay: decay),
        .denseReLU(outputs: size, weightDecay: decay), .layerNorm,
        .convolution(.init(outputs: size, width: 1, activation: .relu)), .dropout(mask: mask()),
        .noise(noise()),
      ]
      if !layers.contains(where: \.isPooling) {
        choices += CellKind.builtIn.map { .recurrent($0, hidden: size) }
        choices += [
          .lstm(hidden: size), .lastStep, .meanOverTime, .maxOverTime,
          .convolution(.random(outputs: size, inputs: width, using: &random)),
          .convolution(.random(outputs: size, inputs: width, using: &random)),
        ]
        if readsWholeSequences {
          choices += CellKind.builtIn.map { .bidirectional(.recurrent($0, hidden: size)) }
        }
      }
      add(choices.randomElement(using: &random)!)
    }
  }

  private mutating func add(_ layer: ReferenceLayer<Double>) {
    // Columns whose rows are all alike, as one row is, have no deviation: only rounding errors.
    let rows = steps == 1 ? batch.sequences : batch.lengths.reduce(0, +)
    if layer == .batchNorm && rows < 5 { return }
    // What another normalisation makes of the first one's parameters does not depend on them.
    if layer == .batchNorm && layers.last == .batchNorm { return }
    layers.append(layer)
    width = layer.outputs(inputs: width)
    if layer.isPooling { steps = 1 }
  }

  private func mask() -> [Double] {
    drawn { span, panel in
      kernels.kernels.dropoutMask(
        &span, rate: Self.rate, seed: Self.seed, stream: UInt32(layers.count),
        step: UInt64(Self.step), firstRow: 0, panel: panel)
    }
  }

  private func noise() -> [Double] {
    let zeros = [Float](repeating: 0, count: steps * batch.sequences * 16)
    return drawn { span, panel in
      kernels.kernels.addNoise(
        &span, zeros.span, amplitude: Self.deviation * Float(3).squareRoot(), columns: 16,
        seed: Self.seed, stream: UInt32(layers.count), step: UInt64(Self.step), firstRow: 0,
        panel: panel)
    }
  }

  /// `[steps, sequences, width]` of what `draw` makes of all rows of a panel, in the network's order.
  private func drawn(_ draw: (inout MutableSpan<Float>, _ panel: Int) -> Void) -> [Double] {
    let rows = networkRows()
    var values = [Double](repeating: .nan, count: rows.count * width)
    for panel in 0..<Panels.needed(for: width) {
      var drawn = [Float](repeating: .nan, count: rows.count * 16)
      var span = drawn.mutableSpan
      draw(&span, panel)
      for (n, row) in rows.enumerated() {
        for column in panel * 16..<min((panel + 1) * 16, width) {
          values[n * width + column] = Double(drawn[row * 16 + column % 16])
        }
      }
    }
    return values
  }

  /// Where each step of each sequence lies in the network: groups of 16 sequences or more one after
  /// the other, as many as a power of two allows.
  private func networkRows() -> [Int] {
    let sequences = batch.sequences
    var groups = 1
    while sequences / (2 * groups) >= 16 { groups *= 2 }
    var rows = [Int](repeating: -1, count: steps * sequences)
    var next = 0
    for group in 0..<groups {
      for step in 0..<steps {
        for sequence in sequences * group / groups..<sequences * (group + 1) / groups {
          rows[step * sequences + sequence] = next
          next += 1
        }
      }
    }
    return rows
  }
}
