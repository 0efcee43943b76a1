/// The bytes of a workspace, matrix by matrix as the layers make them.
struct WorkspaceSum {
  private(set) var bytes = 0.0
  private let sequences: Double
  /// Rows of a pass: `T · B`.
  private let rows: Double
  private let trains: Bool

  init(steps: Int, sequences: Int, trains: Bool) {
    self.sequences = Double(sequences)
    rows = Double(steps) * Double(sequences)
    self.trains = trains
  }

  private mutating func add(rows: Double, panels: Int) {
    bytes += PanelMemory.byteCount(rows: rows, panels: Double(panels))
  }

  /// The values between two layers and, for training, their gradient.
  mutating func addActivation(_ size: Int) {
    add(rows: rows, panels: Panels.needed(for: size))
    add(rows: trains ? rows : 0, panels: Panels.needed(for: size))
  }

  /// An activation and its mask; a network that is only used has no dropout.
  mutating func addDropout(_ size: Int) {
    if !trains { return }
    addActivation(size)
    add(rows: rows, panels: Panels.needed(for: size))
  }

  /// For training: weights that the gradient reads transposed, of `outputs` padded columns.
  mutating func addTransposed(outputs: Double, inputs: Int) {
    add(rows: trains ? outputs : 0, panels: Panels.needed(for: inputs))
  }

  /// - Parameter inputs: the size of the layer below; nil where the layer reads tokens.
  mutating func addRecurrent(_ unit: RecurrentUnit, hidden: Int, inputs: Int?) {
    let panels = Panels.needed(for: hidden)
    let width = Double(panels * Panels.width)
    // Gates, output, memories and saved values; the state stands in front of outputs and memories.
    add(rows: rows, panels: unit.blocks * panels)
    add(rows: rows + sequences, panels: panels)
    add(rows: rows + sequences, panels: unit.memories * panels)
    add(rows: rows, panels: unit.saved * panels)
    // The states that passes see in which documents begin.
    add(rows: rows, panels: panels)
    add(rows: rows, panels: unit.memories * panels)
    // Gradients of the output, the memories and a unit's own parameters, and those that are cut off.
    add(rows: trains ? rows + sequences : 0, panels: panels)
    add(rows: trains ? sequences : 0, panels: unit.memories * panels)
    add(rows: trains ? rows : 0, panels: unit.ownParameters * panels)
    add(rows: trains ? sequences : 0, panels: panels)
    addTransposed(outputs: Double(unit.inputBlocks.count) * width, inputs: inputs ?? 0)
    addTransposed(outputs: Double(unit.recurrentBlocks.count) * width, inputs: hidden)
  }

  /// The output with its losses, and the batch itself: tokens, targets and starts.
  mutating func addHead(_ size: Int, inputs: Int) {
    let panels = Panels.needed(for: size)
    add(rows: rows, panels: panels)
    addTransposed(outputs: Double(panels * Panels.width), inputs: inputs)
    add(rows: (rows / 16).rounded(.up), panels: 1)
    add(rows: rows, panels: 1)
    for _ in 0..<3 { bytes += PanelMemory.byteCount(values: rows) }
  }
}
