/// The bytes of a workspace, matrix by matrix as the layers make them.
struct WorkspaceSum {
  private(set) var bytes = 0.0
  private let sequences: Double
  private var passRows = 0.0
  /// Rows of a pass: `T · B`; after the last step alone `B`.
  private var rows = 0.0
  private let trains: Bool
  /// Whether the layer below is asked for a gradient; frames are not.
  private var hasGradient = true
  private let weights: WeightFormat

  init(sequences: Int, trains: Bool, weights: WeightFormat) {
    self.weights = weights
    self.sequences = Double(sequences)
    self.trains = trains
  }

  /// What follows runs over `steps` steps.
  mutating func begin(steps: Int) {
    passRows = Double(steps) * sequences
    rows = passRows
    hasGradient = true
  }

  private mutating func add(rows: Double, panels: Int) {
    bytes += Arena.byteCount(rows: rows, panels: Double(panels))
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

  /// An activation of one row per sequence.
  /// Where each value's greatest goes on, also what is left of its gradient.
  mutating func addPooling(_ size: Int, keepsGradient: Bool = false) {
    rows = sequences
    addActivation(size, hasGradient: hasGradient)
    add(
      rows: keepsGradient && trains && hasGradient ? rows : 0, panels: Panels.needed(for: size))
  }

  /// Tokens and targets of the one step that was made of all.
  mutating func addLastStepRows() {
    for _ in 0..<2 { bytes += Arena.byteCount(values: sequences) }
  }

  /// An activation and its mask; a network that is only used has no dropout.
  mutating func addDropout(_ size: Int) {
    if !trains { return }
    addActivation(size, hasGradient: hasGradient)
    add(rows: rows, panels: Panels.needed(for: size))
  }

  /// An activation, another before the input is added, the inputs of the steps before and, for each row, how
  /// many of those count.
  mutating func addConvolution(
    _ size: Int, width: Int, stepsBack: Int, isResidual: Bool, inputs: Int
  ) {
    addWeights(outputs: size, inputs: inputs, taps: width)
    for _ in 0..<(isResidual ? 2 : 1) { addActivation(size) }
    add(rows: Double(stepsBack) * sequences, panels: Panels.needed(for: inputs))
    bytes += Arena.byteCount(values: stepsBack > 0 ? rows : 0)
  }

  /// An activation, and mean and deviation of each row.
  mutating func addLayerNorm(_ size: Int) {
    addActivation(size)
    for _ in 0..<2 { bytes += Arena.byteCount(values: rows) }
  }

  /// Weights of `outputs` padded columns, for each of `taps` steps: for training transposed, and their copy in
  /// another format with a scale for each column.
  mutating func addWeights(outputs columns: Int, inputs: Int, taps: Int = 1) {
    let outputs = Double(Panels.needed(for: columns) * Panels.width)
    let panels = Panels.needed(for: inputs)
    add(rows: trains && hasGradient ? outputs : 0, panels: taps * panels)
    if weights == .f32 || inputs == 0 { return }
    let scales = Double(taps) * outputs
    let elements = scales * Double(panels * Panels.width)
    let bytes = weights == .f16 ? 2.0 : 1
    self.bytes += Arena.byteCount(values: (elements * bytes / 4).rounded(.up))
    self.bytes += Arena.byteCount(values: scales)
  }

  /// - Parameter inputs: the size of the layer below; nil where the layer reads tokens.
  mutating func addRecurrent(_ unit: RecurrentUnit, hidden: Int, inputs: Int?) {
    let panels = Panels.needed(for: hidden)
    let width = panels * Panels.width
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
    hasGradient = hasGradient || unit.rounds > 0
    addWeights(outputs: unit.inputBlocks.count * width, inputs: inputs ?? 0)
    hasGradient = true
    addWeights(outputs: unit.recurrentBlocks.count * width, inputs: hidden)
    if let inputs { addRounds(unit.rounds, hidden: hidden, inputs: inputs) }
  }

  /// Of each round the factors, the altered vector and a matrix; and for all the input's gradient.
  private mutating func addRounds(_ rounds: Int, hidden: Int, inputs: Int) {
    if rounds == 0 { return }
    add(rows: trains ? sequences : 0, panels: Panels.needed(for: inputs))
    for round in 0..<rounds {
      let isInput = RecurrentUnit.altersInput(round)
      let (altered, seen) = isInput ? (inputs, hidden) : (hidden, inputs)
      let panels = Panels.needed(for: altered)
      for _ in 0..<2 { add(rows: rows, panels: panels) }
      addWeights(outputs: panels * Panels.width, inputs: seen)
    }
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

  /// The state that a decoder's recurrent layer begins with.
  mutating func addStart(_ unit: RecurrentUnit, hidden: Int, summary: Int) {
    let outputs = (1 + unit.memories) * Panels.needed(for: hidden) * Panels.width
    addOfSummary(outputs, summary: summary)
  }

  /// The encoder's summary at every step.
  mutating func addRepeat(_ size: Int, summary: Int) {
    addOfSummary(size, summary: summary)
    addActivation(size)
  }

  /// A dense layer on the encoder's summary.
  private mutating func addOfSummary(_ outputs: Int, summary: Int) {
    let before = rows
    rows = sequences
    hasGradient = true
    addWeights(outputs: outputs, inputs: summary)
    addActivation(outputs)
    rows = before
  }

  /// What stands inside an attention, and what it makes.
  mutating func addAttention(_ size: Int, inputs: Int, source: (size: Int, steps: Int)) {
    let blocks = Panels.needed(for: source.steps)
    let sourceRows = sequences * Double(blocks * Panels.width)
    let sourcePanels = Panels.needed(for: source.size)
    hasGradient = true
    for values in [inputs, source.size, source.size, size, size] { addActivation(values) }
    add(rows: rows, panels: blocks)
    add(rows: trains ? rows : 0, panels: blocks)
    add(rows: rows, panels: 1)
    add(rows: sourceRows, panels: sourcePanels)
    add(rows: trains ? sourceRows : 0, panels: sourcePanels)
    add(rows: Double(sourcePanels * Panels.width), panels: Int(sequences) * blocks)
    addWeights(outputs: source.size, inputs: inputs)
    addWeights(outputs: size, inputs: source.size)
    addWeights(outputs: size, inputs: inputs)
  }

  /// The batch itself: tokens, targets, starts and lengths and, where some sequences are read backwards, each
  /// row's mirror.
  mutating func addBatch(isSource: Bool = false, looksAhead: Bool) {
    bytes += Arena.byteCount(values: passRows)
    for _ in 0..<2 { bytes += Arena.byteCount(values: isSource ? 0 : passRows) }
    bytes += Arena.byteCount(values: sequences)
    bytes += Arena.byteCount(values: looksAhead ? passRows : 0)
  }

  /// The output with its losses.
  mutating func addHead(_ output: ModelDescription.Output, inputs: Int) {
    switch output {
    case .softmax(let size):
      add(rows: rows, panels: Panels.needed(for: size))
      addWeights(outputs: size, inputs: inputs)
      add(rows: rows, panels: 1)
    case .linear:
      addTargets(inputs)
      add(rows: rows, panels: 1)
    case .mixture(let components, let size, let history):
      add(rows: rows, panels: Panels.needed(for: components))
      add(rows: rows, panels: 2 * components * Panels.needed(for: size))
      addWeights(outputs: components, inputs: inputs)
      addWeights(outputs: 2 * components * padded(size), inputs: inputs)
      addTargets(size, history: history)
      if history > 0 { add(rows: rows, panels: Panels.needed(for: size)) }
      add(rows: rows, panels: components)
    case .labels(let size):
      add(rows: rows, panels: Panels.needed(for: size))
      addWeights(outputs: size, inputs: inputs)
      addTargets(size)
      add(rows: rows, panels: 1)
    }
    add(rows: (rows / 16).rounded(.up), panels: 1)
  }

  /// The frames that should come, and their numbers.
  private mutating func addTargets(_ size: Int, history: Int = 0) {
    add(rows: rows, panels: Panels.needed(for: size))
    bytes += Arena.byteCount(values: Double(1 + history) * rows)
  }

  private func padded(_ columns: Int) -> Int { Panels.needed(for: columns) * Panels.width }
}
