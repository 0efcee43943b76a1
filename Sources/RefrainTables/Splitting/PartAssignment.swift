/// Gives groups to parts one after the other, so that at any moment every part has its share of the rows
/// that came, as nearly as whole groups allow.
///
/// Groups come in the order of chance, one stratum after the other: so the parts are drawn by chance, and
/// each has its share of every stratum.
struct PartAssignment {
  /// The part of each group: 0 for training, which is what the others leave, then one for each share.
  private(set) var parts: [Int]

  private let sizes: [Int]
  private let shares: [Double]
  private var rows = 0
  /// The rows that each share has so far.
  private var taken: [Int]

  /// - Parameters:
  ///   - sizes: the number of rows of each group.
  ///   - shares: the share of rows of every part but training.
  init(sizes: [Int], shares: [Double]) {
    self.sizes = sizes
    self.shares = shares
    parts = Array(repeating: 0, count: sizes.count)
    taken = Array(repeating: 0, count: shares.count)
  }

  /// Gives the group that comes next to the part that is owed most, if that is owed half of it.
  mutating func assign(_ group: Int, toTraining: Bool) {
    rows += sizes[group]
    guard !toTraining else { return }
    let owed = shares.indices.map { shares[$0] * Double(rows) - Double(taken[$0]) }
    guard let most = owed.indices.max(by: { owed[$0] < owed[$1] }),
      2 * owed[most] >= Double(sizes[group])
    else { return }
    give(group, to: most)
  }

  /// Gives each part that is wanted and has nothing the smallest of those `groups` that are in training.
  mutating func fillEmptyParts(from groups: [Int]) {
    for share in shares.indices where shares[share] > 0 && taken[share] == 0 {
      let free = groups.filter { parts[$0] == 0 }
      guard let smallest = free.min(by: { sizes[$0] < sizes[$1] }) else { return }
      give(smallest, to: share)
    }
  }

  private mutating func give(_ group: Int, to share: Int) {
    parts[group] = share + 1
    taken[share] += sizes[group]
  }
}
