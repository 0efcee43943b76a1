/// The bytes of a workspace, matrix by matrix as the layers make them.
struct WorkspaceSum {
  private(set) var bytes = 0.0
  private let sequences: Double
  private let passRows: Double
  /// Rows of a pass: `T · B`; after the last step alone `B`.
  private var rows: Double
  private let trains: Bool
  /// Whether the layer below is asked for a gradient; frames are not.
  private var hasGradient = true
  private let weights: WeightFormat

  init(steps: Int, sequences: Int, trains: Bool, weights: WeightFormat) {
    self.weights = weights
    self.sequences = Double(sequences)
    passRows = Double(steps) * Double(sequences)
    rows = passRows
    self.trains = trains
  }

  private mutating func add(rows: Double, panels: Int) {
    bytes += PanelMemory.byteCount(rows: rows, panels: Double(panels))
  }

  /// The values between two layers and, for training, their gradient.
  mutating func addActivation(_ size: Int, hasGradient: Bool = true) {
    self.hasGradient = hasGradient
    add(rows: rows, panels: Panels.needed(for: size))
    add(rows: trains && hasGradient ? rows : 0, panels: Panels.needed(for: size))
  }

  /// An activation; a network that is only used has no noise.
  mutating func addNoise(_ size: Int) {
    if trains { addActivation(size, hasGradient: hasGradient) }
  }

  /// An activation, and mean and deviation of each column.
  /// One of the frames themselves, for a recurrent layer, needs no gradient of its output.
  mutating func addBatchNorm(_ size: Int, normalisesFrames: Bool) {
    addActivation(size, hasGradient: hasGradient || !normalisesFrames)
    for _ in 0..<2 { add(rows: 1, panels: Panels.needed(for: size)) }
  }

  /// An activation of one row per sequence, and those rows' tokens and targets.
  /// Where each value's greatest goes on, also what is left of its gradient.
  mutating func addPooling(_ size: Int, keepsGradient: Bool = false) {
    rows = sequences
    addActivation(size, hasGradient: hasGradient)
    add(
      rows: keepsGradient && trains && hasGradient ? rows : 0, panels: Panels.needed(for: size))
    for _ in 0..<2 { bytes += PanelMemory.byteCount(values: sequences) }
  }

  /// An activation and its mask; a network that is only used has no dropout.
  mutating func addDropout(_ size: Int) {
    if !trains { return }
    addActivation(size, hasGradient: hasGradient)
    add(rows: rows, panels: Panels.needed(for: size))
  }

  /// Weights of `outputs` padded columns: for training transposed, and their copy in another format with
  /// a scale for each column.
  mutating func addWeights(outputs: Double, inputs: Int) {
    let panels = Panels.needed(for: inputs)
    add(rows: trains && hasGradient ? outputs : 0, panels: panels)
    if weights == .f32 || inputs == 0 { return }
    let elements = outputs * Double(panels * Panels.width)
    let bytes = weights == .f16 ? 2.0 : 1
    self.bytes += PanelMemory.byteCount(values: (elements * bytes / 4).rounded(.up))
    self.bytes += PanelMemory.byteCount(values: outputs)
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
    addWeights(outputs: Double(unit.inputBlocks.count) * width, inputs: inputs ?? 0)
    hasGradient = true
    addWeights(outputs: Double(unit.recurrentBlocks.count) * width, inputs: hidden)
  }

  /// The input from its end, a layer for each direction, and both together.
  mutating func addBidirectional(_ unit: RecurrentUnit, hidden: Int, inputs: Int) {
    let inputHasGradient = hasGradient
    addActivation(inputs, hasGradient: inputHasGradient)
    for _ in 0..<2 {
      hasGradient = inputHasGradient
      addRecurrent(unit, hidden: hidden, inputs: inputs)
    }
    addActivation(2 * hidden)
  }

  /// The lengths of sequences and, where some are read backwards, each row's mirror.
  mutating func addLengths(looksAhead: Bool) {
    bytes += PanelMemory.byteCount(values: sequences)
    bytes += PanelMemory.byteCount(values: looksAhead ? passRows : 0)
  }

  /// The output with its losses, and the batch itself: tokens, targets and starts.
  mutating func addHead(_ output: ModelDescription.Output, inputs: Int) {
    switch output {
    case .softmax(let size):
      add(rows: rows, panels: Panels.needed(for: size))
      addWeights(outputs: padded(size), inputs: inputs)
      add(rows: rows, panels: 1)
    case .linear:
      addTargets(inputs)
      add(rows: rows, panels: 1)
    case .mixture(let components, let size, let history):
      add(rows: rows, panels: Panels.needed(for: components))
      add(rows: rows, panels: 2 * components * Panels.needed(for: size))
      addWeights(outputs: padded(components), inputs: inputs)
      addWeights(outputs: 2 * Double(components) * padded(size), inputs: inputs)
      addTargets(size, history: history)
      if history > 0 { add(rows: rows, panels: Panels.needed(for: size)) }
      add(rows: rows, panels: components)
    }
    add(rows: (rows / 16).rounded(.up), panels: 1)
    for _ in 0..<3 { bytes += PanelMemory.byteCount(values: passRows) }
  }

  /// The frames that should come, and their numbers.
  private mutating func addTargets(_ size: Int, history: Int = 0) {
    add(rows: rows, panels: Panels.needed(for: size))
    bytes += PanelMemory.byteCount(values: Double(1 + history) * rows)
  }

  private func padded(_ columns: Int) -> Double {
    Double(Panels.needed(for: columns) * Panels.width)
  }
}
