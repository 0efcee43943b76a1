public import Refrain

/// Which columns of a table are read and which should be predicted, and what a user decides about them; what is
/// left open is recognised from the values.
///
/// ```swift
/// var columns = TableColumns(targets: ["speaker"])
/// columns.inputs = ["speech"]
/// columns.inputKind = .word
/// ```
public struct TableColumns: Codable, Equatable, Sendable {
  /// The columns that are read; none stands for all that are not needed for something else.
  public var inputs: [String] = []
  /// The columns of what should be predicted, at least one.
  public var targets: [String]
  /// What is read; nil: recognised (``RowKind``).
  public var inputKind: RowKind?
  /// What should be predicted; nil: recognised (``RowKind``).
  public var targetKind: RowKind?
  /// How both line up in time; nil: recognised (``TableTask``).
  public var scheme: Scheme?
  /// A column whose equal values are not parted: one speaker's rows are all trained on, or none is.
  public var group: String?
  /// A column that says which part each row is of: `train`, `validation` or `test`.
  public var part: String?
  /// The most elements of an input; rows with more are left out.
  public var longestInput = 1000
  /// The most elements of a target; rows with more are left out.
  public var longestTarget = 200
  /// Words and symbols that are found fewer times in what is read are unknown ones.
  public var minimumCount = 2

  /// All columns but `targets` are read, and `targets` should be predicted.
  public init(inputs: [String] = [], targets: [String]) {
    self.inputs = inputs
    self.targets = targets
  }
}
