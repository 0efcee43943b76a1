/// One parameter of a network: its logical shape, as a reader of the model file sees it, and where its
/// values lie in the flat buffer of panels.
package struct ParameterTensor: Sendable {
  /// `layers.0.weight_ih`, say.
  package internal(set) var name: String
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
  package internal(set) var offset = 0
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

  /// Whether values are multiplied by it and summed: a table's rows are only chosen.
  var isMultiplied: Bool {
    switch order {
    case .table: false
    case .taps: true
    case .blocks: shape.count == 2
    }
  }

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

extension [ParameterTensor] {
  /// The same under names that begin with `prefix`.
  func named(_ prefix: String) -> [ParameterTensor] {
    map {
      var tensor = $0
      tensor.name = prefix + tensor.name
      return tensor
    }
  }
}
