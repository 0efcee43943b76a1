internal import Refrain

/// Which rows of a table are trained on, and which are kept to validate and to test on.
///
/// The rules:
/// - Rows with the same input, and rows of the same group, are in the same part: what a network is tested
///   on, it has never seen.
/// - Every class has at least one group in training. So a class with one example is trained on, and never
///   tested.
/// - Beyond that, every part has its share of every class, as nearly as whole groups allow.
/// - A part that is wanted gets a group, however small its share, if there is one that need not be trained
///   on; validation before test.
///
/// The same rows and seed give the same split on every machine.
public struct RowSplit: Equatable, Sendable {
  /// The rows to train on, counted from 0, ascending.
  public let training: [Int]

  /// The rows to validate on, ascending.
  public let validation: [Int]

  /// The rows to test on, ascending.
  public let test: [Int]

  /// A split that is known: ascending numbers of rows, each in one part only.
  public init(training: [Int], validation: [Int] = [], test: [Int] = []) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Splits the rows of a table by chance.
  ///
  /// - Parameters:
  ///   - inputs: the input of every row.
  ///   - labels: the class of every row, where there are classes.
  ///   - groups: what every row belongs to, for example a speaker, where rows of one are not to be parted.
  ///   - validation: the share of rows to validate on, at least 0.
  ///   - test: the share of rows to test on, at least 0; with `validation` below 1.
  ///   - seed: which of all splits it is.
  public init<Input: Hashable>(
    inputs: [Input], labels: [String]? = nil, groups: [String]? = nil, validation: Double = 0.1,
    test: Double = 0, seed: UInt64
  ) {
    precondition(
      validation >= 0 && test >= 0 && validation + test < 1, "something is left to train on")
    precondition(
      labels?.count ?? inputs.count == inputs.count
        && groups?.count ?? inputs.count == inputs.count,
      "every row has a label, and a group")
    let grouped = RowGroups(inputs: inputs, groups: groups).rows
    let classes = ClassesOfGroups(grouped, labels: labels)
    let order = Self.order(strata: classes.strata, sizes: grouped.map(\.count), seed: seed)
    let kept = classes.oneOfEach(in: order)
    var assignment = PartAssignment(sizes: grouped.map(\.count), shares: [validation, test])
    for group in order { assignment.assign(group, toTraining: kept.contains(group)) }
    assignment.fillEmptyParts(from: order.filter { !kept.contains($0) })

    var parts: [[Int]] = [[], [], []]
    for (group, part) in assignment.parts.enumerated() { parts[part] += grouped[group] }
    training = parts[0].sorted()
    self.validation = parts[1].sorted()
    self.test = parts[2].sorted()
  }

  /// All groups: those of a stratum side by side, among them those of about the same size, in the order of
  /// random numbers. Where sizes alternated, a part that is owed little would always take a small group, and the
  /// large ones would all be trained on.
  private static func order(strata: [Int], sizes: [Int], seed: UInt64) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .splitting)
    // Keys to sort by, not the library's shuffle: what that draws may change from version to version.
    let keys = zip(strata, sizes).map { stratum, size in
      (stratum: stratum, size: sizeClass(size), number: random.next())
    }
    return strata.indices.sorted { a, b in
      (keys[a].stratum, keys[a].size, keys[a].number, a)
        < (keys[b].stratum, keys[b].size, keys[b].number, b)
    }
  }

  /// Small sizes each for themselves, larger ones with all up to twice theirs.
  private static func sizeClass(_ size: Int) -> Int {
    size < 8 ? size : 4 + Int.bitWidth - size.leadingZeroBitCount
  }
}
