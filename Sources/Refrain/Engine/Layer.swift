/// A layer as the engine runs it. Every thread calls every method with its own share. Where threads
/// divide the sequences, each runs through all layers alone (``Pass/dividesSequences``); elsewhere all
/// meet between two layers.
protocol Layer: AnyObject {
  /// What the layer makes, and where the layer above leaves its gradient.
  var output: Activation { get }

  /// The layer's state, if it has one.
  var state: (any LayerState)? { get }

  /// How many transposed pieces of weights the gradient needs; made once per step.
  var transposeCount: Int { get }
  func transpose(_ item: Int, _ pass: Pass)

  /// Computes `output` from the layer's input.
  func forward(_ pass: Pass, _ share: ThreadShare)

  /// Computes the input's gradient from the output's.
  func backward(_ pass: Pass, _ share: ThreadShare)

  /// How many independent pieces the parameters' gradient has; each is one thread's work.
  var gradientCount: Int { get }
  func parameterGradient(_ item: Int, _ pass: Pass)

  /// Computes what follows from the gradients of other layers' parameters, when all of those are there.
  func finishGradient(_ pass: Pass, _ share: ThreadShare)
}

extension Layer {
  var state: (any LayerState)? { nil }
  var transposeCount: Int { 0 }
  func transpose(_ item: Int, _ pass: Pass) {}
  var gradientCount: Int { 0 }
  func parameterGradient(_ item: Int, _ pass: Pass) {}
  func finishGradient(_ pass: Pass, _ share: ThreadShare) {}
}

/// The values between two layers, and their gradient: a row per step and sequence, as
/// ``SequenceGroups`` order them.
struct Activation {
  let size: Int
  let values: Panels
  /// Without rows where it is not needed: in a network that is only used, and below the first
  /// parameters.
  let gradient: Panels
  /// True for the output of a recurrent layer, whose first `B` rows are the state before the pass.
  let followsState: Bool

  var panels: Range<Int> { 0..<Panels.needed(for: size) }

  /// Whether the layer above computes the gradient.
  var hasGradient: Bool { gradient.rows > 0 }

  /// Columns of a panel that are not padding.
  func columns(of panel: Int) -> Int { min(Panels.width, size - panel * Panels.width) }

  /// Where the rows `rows` of the pass lie.
  func rows(_ rows: Range<Int>, _ pass: Pass) -> Range<Int> {
    followsState ? rows.lowerBound + pass.batch..<rows.upperBound + pass.batch : rows
  }
}

extension Activation {
  /// Which rows of the values belong to the rows of a pass.
  func pair(_ pass: Pass) -> RowPair {
    RowPair(rows(0..<pass.rows, pass).lowerBound, 0, count: pass.rows)
  }
}

/// What a layer reads: the tokens themselves, as one-hot rows, or the values of the layer below. Frames are
/// the values of a layer of their own.
enum LayerInput {
  case tokens(count: Int)
  case activation(Activation)
}

extension LayerInput {
  /// The values of the layer below, for layers that cannot read tokens; descriptions see to it.
  var activation: Activation {
    guard case .activation(let activation) = self else {
      preconditionFailure(
        "This layer cannot read tokens; the description should have been refused.")
    }
    return activation
  }
}
