import Refrain
import RefrainTables
import Testing

struct RowSplitTests {
  /// A table by chance: some inputs twice, some classes rare, groups of a few rows.
  private struct Case {
    var inputs: [String] = []
    var labels: [String] = []
    var groups: [String] = []
    let validation: Double
    let test: Double

    init(seed: UInt64) {
      var random = RandomStream(seed: seed, purpose: .noise)
      let rows = Int.random(in: 1...120, using: &random)
      for row in 0..<rows {
        let isAgain = row > 0 && Int.random(in: 0..<6, using: &random) == 0
        inputs.append(isAgain ? inputs[Int.random(in: 0..<row, using: &random)] : "input \(row)")
        // Class k is about half as frequent as class k − 1.
        let number = UInt64.random(in: 1..<256, using: &random).leadingZeroBitCount - 56
        labels.append("class \(number)")
        groups.append("group \(Int.random(in: 0..<rows, using: &random))")
      }
      validation = Double(Int.random(in: 0...4, using: &random)) / 10
      test = Double(Int.random(in: 0...4, using: &random)) / 10
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func everyRuleHolds(seed: UInt64) {
    let table = Case(seed: seed)
    let usesGroups = seed % 2 == 0
    let usesLabels = seed % 3 > 0
    let split = RowSplit(
      inputs: table.inputs, labels: usesLabels ? table.labels : nil,
      groups: usesGroups ? table.groups : nil, validation: table.validation, test: table.test,
      seed: seed)
    let parts = [split.training, split.validation, split.test]
    #expect(parts.joined().sorted() == Array(table.inputs.indices))
    #expect(parts.allSatisfy { $0 == $0.sorted() })

    func share(_ rows: [Int], _ keys: [String]) -> Set<String> { Set(rows.map { keys[$0] }) }
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      #expect(share(parts[a], table.inputs).isDisjoint(with: share(parts[b], table.inputs)))
      if usesGroups {
        #expect(share(parts[a], table.groups).isDisjoint(with: share(parts[b], table.groups)))
      }
    }
    if usesLabels { #expect(share(split.training, table.labels) == Set(table.labels)) }
    #expect(!split.training.isEmpty)
    if table.validation == 0 { #expect(split.validation.isEmpty) }
    if table.test == 0 { #expect(split.test.isEmpty) }
    if table.validation > 0, !usesLabels, !usesGroups, Set(table.inputs).count > 2 {
      #expect(!split.validation.isEmpty)
      #expect(table.test == 0 || !split.test.isEmpty)
    }
  }

  @Test func everyClassHasItsShare() {
    let labels = (0..<1000).map { $0 % 10 == 0 ? "rare" : $0 % 10 < 4 ? "some" : "many" }
    let split = RowSplit(
      inputs: Array(0..<1000), labels: labels, validation: 0.2, test: 0.1, seed: 3)
    for (label, count) in [("rare", 100.0), ("some", 300.0), ("many", 600.0)] {
      let validation = split.validation.count { labels[$0] == label }
      let test = split.test.count { labels[$0] == label }
      #expect(abs(Double(validation) - 0.2 * count) <= 1)
      #expect(abs(Double(test) - 0.1 * count) <= 1)
    }
  }

  /// A thousand classes of three: their shares are rounded together, not one by one.
  @Test func manySmallClassesHaveTheirShareTogether() {
    let labels = (0..<3000).map { "class \($0 / 3)" }
    let split = RowSplit(inputs: Array(0..<3000), labels: labels, validation: 0.1, seed: 1)
    #expect(abs(split.validation.count - 300) <= 1)
    #expect(Set(split.training.map { labels[$0] }).count == 1000)
  }

  @Test func aClassWithOneExampleIsTrainedOn() {
    for seed in 0..<50 as Range<UInt64> {
      let split = RowSplit(
        inputs: ["a", "b", "c", "c", "d"], labels: ["x", "y", "z", "z", "x"], validation: 0.5,
        seed: seed)
      #expect(split.training.contains(1) && split.training.contains(2))
      #expect(split.validation == [0] || split.validation == [4])
    }
  }

  /// a–b by their group, b–c by their input.
  @Test func linksReachOverOtherRows() {
    for seed in 0..<20 as Range<UInt64> {
      let split = RowSplit(
        inputs: ["a", "b", "b", "x", "y", "z"], groups: ["1", "1", "2", "3", "4", "5"],
        validation: 0.4, seed: seed)
      let sides = [0, 1, 2].map { split.validation.contains($0) }
      #expect(Set(sides).count == 1)
    }
  }

  @Test func theSeedDecides() {
    let inputs = Array(0..<100)
    let one = RowSplit(inputs: inputs, seed: 1)
    #expect(one == RowSplit(inputs: inputs, seed: 1))
    #expect(one != RowSplit(inputs: inputs, seed: 2))
    // Stored figures rest on these rows.
    #expect(one.validation == [7, 16, 25, 29, 42, 69, 71, 77, 78, 81])
  }

  /// Over many seeds every row is validated on equally often.
  @Test func noRowIsPreferred() {
    var times = Array(repeating: 0, count: 40)
    for seed in 0..<2000 as Range<UInt64> {
      for row in RowSplit(inputs: Array(0..<40), validation: 0.25, seed: seed).validation {
        times[row] += 1
      }
    }
    #expect(times.allSatisfy { abs($0 - 500) < 100 }, "\(times)")
  }

  /// Groups of every size have their share of every part.
  @Test func noSizeIsPreferred() {
    // Eight hundred single rows, a hundred pairs and fifty threes.
    let inputs =
      (0..<800).map { $0 } + (800..<1000).map { $0 / 2 + 1000 }
      + (1000..<1150).map { $0 / 3 + 3000 }
    for seed in 0..<20 as Range<UInt64> {
      let split = RowSplit(inputs: inputs, validation: 0.1, test: 0.2, seed: seed)
      for (part, share) in [(split.validation, 0.1), (split.test, 0.2)] {
        for (rows, size) in [(0..<800, 1), (800..<1000, 2), (1000..<1150, 3)] {
          let groups = part.count { rows.contains($0) } / size
          let expected = share * Double(rows.count / size)
          #expect(abs(Double(groups) - expected) <= 2, "\(groups) of \(expected), size \(size)")
        }
      }
    }
  }
}
