/// What a layer remembers of each sequence between passes: one vector or more, all of one size.
protocol LayerMemory {
  /// False where every pass begins from a state of zero.
  var isKept: Bool { get }
  /// Values of a vector.
  var size: Int { get }
  /// Vectors remembered.
  var vectors: Int { get }

  /// One value of what is remembered of sequence `row`.
  func value(vector: Int, row: Int, column: Int) -> Float
  func set(vector: Int, row: Int, column: Int, to value: Float)

  /// Where all of it lies: matrices, in each of which the row of the first sequence is followed by those of
  /// the others.
  var places: [(matrix: Panels, first: Int)] { get }

  /// What is remembered after each sequence's last step becomes what is remembered before the first.
  func carry(_ pass: Pass, _ share: ThreadShare)
}
