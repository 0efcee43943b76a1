/// What comes out of a network, and what it costs.
protocol OutputHead: AnyObject {
  /// The loss of each row; 0 where the target is not counted.
  var losses: RowLosses { get }

  /// The network's output, for every row.
  func forward(_ pass: Pass, _ share: ThreadShare)

  /// The loss of every row; with `trains`, also the gradient of the layer below, and what
  /// ``parameterGradient(_:_:)`` needs.
  func loss(_ pass: Pass, _ share: ThreadShare, trains: Bool)

  /// As a layer's.
  var gradientCount: Int { get }
  func parameterGradient(_ item: Int, _ pass: Pass)
  var transposeCount: Int { get }
  func transpose(_ item: Int, _ pass: Pass)
}

/// One loss per row, sixteen to a row of a panel.
struct RowLosses {
  private let values: Panels

  init(_ plan: WorkspacePlan) {
    values = plan.arena.panels(rows: (plan.rows + Panels.width - 1) / Panels.width, count: 1)
  }

  subscript(row: Int) -> Float {
    get { values[row / Panels.width, row % Panels.width] }
    nonmutating set { values[row / Panels.width, row % Panels.width] = newValue }
  }
}

/// One value per row of a piece.
typealias RowValues = InlineArray<32, Float>

extension Pass {
  /// For each row of a piece, its share of the mean loss: 0 where the target is not counted.
  func shares(_ rows: Range<Int>, of whole: Float = 1) -> RowValues {
    let share = whole / Float(max(counted, 1))
    var shares = RowValues(repeating: 0)
    for (i, row) in rows.enumerated() where targets[row] >= 0 { shares[i] = share }
    return shares
  }
}
