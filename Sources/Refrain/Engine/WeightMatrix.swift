/// How many bytes a weight has while a network generates.
///
/// A network that writes one token at a time reads all its weights for each; where they are larger than
/// the processor's caches, half the bytes take half the time. Biases and the tables that tokens are
/// looked up in stay as they are.
public enum WeightFormat: String, Sendable, CaseIterable, Codable {
  /// Single precision, as in training.
  case f32
  /// Half precision (IEEE 754 binary16): eleven significant bits.
  case f16
  /// One byte, −127…127, times a scale for each unit and gate: that of its largest weight.
  case i8

  /// Bytes of a weight.
  public var byteCount: Int {
    switch self {
    case .f32: 4
    case .f16: 2
    case .i8: 1
    }
  }
}

/// The weights that a product reads: the network's own, or a smaller copy of them.
enum WeightMatrix {
  case f32(Panels)
  case f16(CompactPanels<UInt16>)
  case i8(CompactPanels<Int8>)

  /// `weights` themselves, or what they are in another format, in `arena`.
  init(_ weights: Panels, _ format: WeightFormat, _ arena: Arena) {
    switch format {
    case .f32: self = .f32(weights)
    case .f16: self = .f16(CompactPanels(weights, arena) { value, _ in halfPrecision(value) })
    case .i8:
      self = .i8(
        CompactPanels(weights, arena) { value, scale in
          // Held to the range, for what a scale too small to be exact or a value that is no number leaves.
          scale == 0 ? 0 : Int8(max(-127, min(127, (value / scale).rounded())))
        })
    }
  }

  /// Rows of every panel.
  var rows: Int {
    switch self {
    case .f32(let panels): panels.rows
    case .f16(let panels): panels.rows
    case .i8(let panels): panels.rows
    }
  }

  /// Number of panels.
  var count: Int {
    switch self {
    case .f32(let panels): panels.count
    case .f16(let panels): panels.count
    case .i8(let panels): panels.count
    }
  }
}

/// A matrix of weights in fewer bytes, in panels as ``Panels`` are.
struct CompactPanels<Element: BitwiseCopyable> {
  let rows: Int
  let count: Int
  private let elements: SharedRow<Element>
  /// One row per panel: what a unit's largest weight divided by 127 is.
  private let scales: Panels

  /// A copy of `weights`, each element made by `convert` from the weight and its column's scale.
  init(_ weights: Panels, _ arena: Arena, convert: (Float, Float) -> Element) {
    rows = weights.rows
    count = weights.count
    scales = arena.panels(rows: 1, count: count)
    elements = arena.row(of: Element.self, count: rows * count * Panels.width)
    for panel in 0..<(arena.counts ? 0 : count) {
      for column in panel * Panels.width..<(panel + 1) * Panels.width {
        let largest = (0..<rows).reduce(Float(0)) { max($0, abs(weights[$1, column])) }
        scales[0, column] = largest / 127
        for row in 0..<rows {
          elements[(panel * rows + row) * Panels.width + column % Panels.width] = convert(
            weights[row, column], scales[0, column])
        }
      }
    }
  }

  @_lifetime(borrow self)
  func read(panel: Int) -> Span<Element> {
    let first = panel * rows * Panels.width
    return _overrideLifetime(
      elements.read(first..<first + rows * Panels.width), borrowing: self)
  }

  @_lifetime(borrow self)
  func scales(panel: Int) -> Span<Float> {
    _overrideLifetime(scales.read(0..<1, panel: panel), borrowing: self)
  }
}
