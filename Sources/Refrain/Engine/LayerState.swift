/// What a layer keeps of each sequence between passes: one vector or more, all of one size.
protocol LayerState {
  /// False where every pass begins from a state of zero.
  var isKept: Bool { get }
  /// Values of a vector.
  var size: Int { get }
  /// How many vectors there are.
  var vectors: Int { get }

  /// One value of the state of sequence `row`.
  func value(vector: Int, row: Int, column: Int) -> Float
  func set(vector: Int, row: Int, column: Int, to value: Float)

  /// Where all of it lies: matrices, in each of which the row of the first sequence is followed by those of
  /// the others.
  var places: [(matrix: Panels, first: Int)] { get }

  /// The state after each sequence's last step becomes the one before the first.
  func carry(_ pass: Pass, _ share: ThreadShare)
}
