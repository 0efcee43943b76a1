/// Which classes the rows of each group are of.
///
/// A group may have several: the same word with two pronunciations, a speaker who talks of every topic.
struct ClassesOfGroups {
  /// The classes of each group, numbered in the order of their first rows; without labels all are one.
  private let classes: [Set<Int>]

  /// The stratum of each group: that class of it which is in the fewest groups.
  let strata: [Int]

  init(_ groups: [[Int]], labels: [String]?) {
    var numbers: [String: Int] = [:]
    var classes: [Set<Int>] = []
    for rows in groups {
      var ofGroup: Set<Int> = []
      for row in rows {
        let label = labels?[row] ?? ""
        let number = numbers[label] ?? numbers.count
        numbers[label] = number
        ofGroup.insert(number)
      }
      classes.append(ofGroup)
    }
    var frequencies = Array(repeating: 0, count: numbers.count)
    for ofGroup in classes {
      for number in ofGroup { frequencies[number] += 1 }
    }
    self.classes = classes
    strata = classes.map { ofGroup in
      ofGroup.min { (frequencies[$0], $0) < (frequencies[$1], $1) } ?? 0
    }
  }

  /// Groups in which every class is found: for each class, the first in `order` that has it.
  func oneOfEach(in order: [Int]) -> Set<Int> {
    var seen: Set<Int> = []
    var chosen: Set<Int> = []
    for group in order where !classes[group].isSubset(of: seen) {
      seen.formUnion(classes[group])
      chosen.insert(group)
    }
    return chosen
  }
}
