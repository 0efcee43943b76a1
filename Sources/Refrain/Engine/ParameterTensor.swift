/// One parameter of a network: its logical shape, as a reader of the model file sees it, and where its
/// values lie in the flat buffer of panels.
package struct ParameterTensor: Sendable {
  /// `layers.0.weight_ih`, say.
  package let name: String
  /// The logical shape: `[blocks · columns, rows]` for a matrix, `[blocks · columns]` for a vector,
  /// `[rows, columns]` for a table, `[columns, rows, blocks]` for the taps of a convolution.
  package let shape: [Int]
  /// Gate blocks, or a convolution's taps; 1 where there are neither.
  let blocks: Int
  /// Units of one block.
  let columns: Int
  /// Inputs: the rows of a panel that are used.
  let rows: Int
  /// Rows of a panel, padding included.
  let paddedRows: Int
  /// `blockOrder[i]` is the logical block that lies in place `i`.
  let blockOrder: [Int]
  /// How the logical values follow each other.
  let order: Order
  /// The first of its rows of sixteen in the flat buffer.
  package fileprivate(set) var offset = 0
  /// What the values are at the start.
  let initial: InitialValues
  /// Logical blocks whose values begin at 1 (the LSTM's forget bias).
  let onesBlock: Int?

  /// A matrix of `blocks` gates that read `rows` inputs.
  static func matrix(
    _ name: String, blocks: [Int] = [0], columns: Int, rows: Int, range: Float
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, shape: [blocks.count * columns, rows], blocks: blocks.count, columns: columns,
      rows: rows, paddedRows: Panels.needed(for: rows) * Panels.width, blockOrder: blocks,
      order: .blocks, initial: .uniform(range), onesBlock: nil)
  }

  /// The weights of a convolution: for each of `width` steps, the newest first, a matrix of `columns` outputs
  /// and `rows` inputs. Its logical order, with the oldest step first, is that of PyTorch's `Conv1d`.
  static func taps(
    _ name: String, width: Int, columns: Int, rows: Int, range: Float
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, shape: [columns, rows, width], blocks: width, columns: columns, rows: rows,
      paddedRows: Panels.needed(for: rows) * Panels.width,
      blockOrder: Array((0..<width).reversed()), order: .taps, initial: .uniform(range),
      onesBlock: nil)
  }

  /// One value per unit of each gate.
  static func vector(
    _ name: String, blocks: [Int] = [0], columns: Int, range: Float, onesBlock: Int? = nil
  ) -> ParameterTensor {
    vector(
      name, blocks: blocks, columns: columns, initial: .uniform(range), onesBlock: onesBlock)
  }

  /// One value per unit, all the same at first.
  static func vector(_ name: String, columns: Int, all value: Float) -> ParameterTensor {
    vector(name, blocks: [0], columns: columns, initial: .all(value), onesBlock: nil)
  }

  /// Factors for each value of the last `count` frames, the newest first: 1 for that, else 0.
  static func history(_ name: String, _ count: Int, columns: Int) -> ParameterTensor {
    vector(name, blocks: Array(0..<count), columns: columns, initial: .all(0), onesBlock: 0)
  }

  private static func vector(
    _ name: String, blocks: [Int], columns: Int, initial: InitialValues, onesBlock: Int?
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, shape: [blocks.count * columns], blocks: blocks.count, columns: columns, rows: 1,
      paddedRows: 1, blockOrder: blocks, order: .blocks, initial: initial, onesBlock: onesBlock)
  }

  /// A row of `columns` values for each of `rows` tokens.
  static func table(
    _ name: String, rows: Int, columns: Int, range: Float
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, shape: [rows, columns], blocks: 1, columns: columns, rows: rows,
      paddedRows: rows, blockOrder: [0], order: .table, initial: .uniform(range), onesBlock: nil)
  }

  /// How the logical values follow each other.
  enum Order {
    /// Block by block, each output's row of inputs after the other's.
    case blocks
    /// The panels' rows one after the other.
    case table
    /// For each output and input one value of each block.
    case taps
  }

  /// What values are before any training.
  enum InitialValues {
    /// Drawn, uniform between minus and plus this.
    case uniform(Float)
    /// All alike.
    case all(Float)
  }

  /// The number of values.
  package var count: Int { shape.reduce(1, *) }

  var panelCount: Int { blocks * Panels.needed(for: columns) }

  /// Rows of sixteen that it takes in the flat buffer.
  var footprint: Int { panelCount * paddedRows }

  /// The tensor's part of a flat buffer.
  func panels(in flat: Panels) -> Panels {
    flat.view(from: offset, rows: paddedRows, count: panelCount)
  }

  /// Calls `body` with each logical index and the panel row and column where it lies.
  func forEach(_ body: (_ index: Int, _ row: Int, _ column: Int) -> Void) {
    let padded = Panels.needed(for: columns) * Panels.width
    for place in 0..<blocks {
      for column in 0..<columns {
        for row in 0..<rows {
          let block = blockOrder[place]
          let index =
            switch order {
            case .table: row * columns + column
            case .blocks: (block * columns + column) * rows + row
            case .taps: (column * rows + row) * blocks + block
            }
          body(index, row, place * padded + column)
        }
      }
    }
  }
}

/// Tensors in order, and where each lies in a flat buffer.
package struct TensorLayout: Sendable {
  /// All tensors, first layer first.
  package private(set) var tensors: [ParameterTensor] = []
  /// Rows of sixteen in the flat buffer.
  private(set) var rows = 0
  private var places: [String: Int] = [:]

  fileprivate mutating func add(_ tensor: ParameterTensor) {
    var tensor = tensor
    tensor.offset = rows
    rows += tensor.footprint
    places[tensor.name] = tensors.count
    tensors.append(tensor)
  }

  /// The tensor called `name`; it is a mistake to ask for one that there is not.
  package subscript(name: String) -> ParameterTensor {
    guard let place = places[name] else {
      preconditionFailure("The network has no parameter called \(name).")
    }
    return tensors[place]
  }

  /// Whether there is a tensor called `name`.
  func contains(_ name: String) -> Bool { places[name] != nil }

  /// The number of values.
  package var count: Int { tensors.reduce(0) { $0 + $1.count } }
}

/// What a network consists of: the parameters, which are trained, and what batch normalisation has met.
package struct ParameterLayout: Sendable {
  /// What is trained.
  package private(set) var parameters = TensorLayout()
  /// What is saved with the parameters, but not trained.
  package private(set) var statistics = TensorLayout()

  init(_ description: ModelDescription, cells: [CustomCell]) throws {
    try description.validate()
    var summary = 0
    if let encoder = description.encoder {
      summary = try addLayers(
        encoder.layers, "encoder.", inputs: encoder.input.size, summary: nil, cells)
    }
    let inputs = try addLayers(
      description.layers, "layers.", inputs: description.inputSize,
      summary: description.encoder == nil ? nil : summary, cells)
    switch description.output {
    case .softmax(let size), .labels(let size):
      addDense("output.", inputs: inputs, outputs: size)
    case .linear: break
    case .mixture(let components, let size, let history):
      addDense("output.weights.", inputs: inputs, outputs: components)
      addDense(
        "output.values.", inputs: inputs, outputs: size, blocks: Array(0..<2 * components))
      if history > 0 { parameters.add(.history("output.history", history, columns: size)) }
    }
  }

  /// - Parameter summary: the size of what an encoder says in the end, for its decoder's layers.
  /// - Returns: the number of values that the last layer says.
  private mutating func addLayers(
    _ layers: [LayerDescription], _ all: String, inputs: Int, summary: Int?,
    _ cells: [CustomCell]
  ) throws -> Int {
    var inputs = inputs
    for (index, layer) in layers.enumerated() {
      let prefix = "\(all)\(index)."
      switch layer {
      case .embedding(let size):
        parameters.add(.table(prefix + "weight", rows: inputs, columns: size, range: 1))
      case .recurrent(let kind, let hidden):
        let cell = try RecurrentUnit(kind, cells: cells)
        for tensor in cell.parameters(prefix: prefix, inputs: inputs, hidden: hidden) {
          parameters.add(tensor)
        }
        if let summary {
          addDense(
            prefix + "start.", inputs: summary, outputs: hidden,
            blocks: Array(0...cell.memories))
        }
      case .bidirectional(let kind, let hidden):
        let cell = try RecurrentUnit(kind, cells: cells)
        for prefix in [prefix, prefix + "reverse."] {
          for tensor in cell.parameters(prefix: prefix, inputs: inputs, hidden: hidden) {
            parameters.add(tensor)
          }
        }
      case .dense(let size, _, _): addDense(prefix, inputs: inputs, outputs: size)
      case .convolution(let size, let width, _, _, _):
        let range = 1 / Float(inputs * width).squareRoot()
        parameters.add(
          .taps(prefix + "weight", width: width, columns: size, rows: inputs, range: range))
        parameters.add(.vector(prefix + "bias", columns: size, range: range))
      case .layerNorm:
        parameters.add(.vector(prefix + "weight", columns: inputs, all: 1))
        parameters.add(.vector(prefix + "bias", columns: inputs, all: 0))
      case .batchNorm:
        parameters.add(.vector(prefix + "weight", columns: inputs, all: 1))
        parameters.add(.vector(prefix + "bias", columns: inputs, all: 0))
        statistics.add(.vector(prefix + "running_mean", columns: inputs, all: 0))
        statistics.add(.vector(prefix + "running_var", columns: inputs, all: 1))
      case .attention(let size):
        let encoded = summary ?? 0
        addDense(prefix + "query.", inputs: inputs, outputs: encoded)
        addDense(prefix + "context.", inputs: encoded, outputs: size, hasBias: false)
        addDense(prefix + "hidden.", inputs: inputs, outputs: size)
      case .repeatOverTime: addDense(prefix, inputs: summary ?? 0, outputs: inputs)
      case .dropout, .noise, .lastStep, .meanOverTime, .maxOverTime: break
      }
      inputs = layer.outputs(inputs: inputs)
    }
    return inputs
  }

  private mutating func addDense(
    _ prefix: String, inputs: Int, outputs: Int, blocks: [Int] = [0], hasBias: Bool = true
  ) {
    let range = 1 / Float(inputs).squareRoot()
    parameters.add(
      .matrix(prefix + "weight", blocks: blocks, columns: outputs, rows: inputs, range: range))
    if hasBias {
      parameters.add(.vector(prefix + "bias", blocks: blocks, columns: outputs, range: range))
    }
  }
}
