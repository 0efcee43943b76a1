/// Rows that have to stay together, because they have the same input or are of the same group: also where
/// several rows in between link the first to the last.
struct RowGroups {
  /// The rows of every group; groups in the order of their first rows, rows ascending.
  let rows: [[Int]]

  init<Input: Hashable>(inputs: [Input], groups: [String]?) {
    var links = Links(count: inputs.count)
    links.join(inputs)
    if let groups { links.join(groups) }
    var places: [Int: Int] = [:]
    var rows: [[Int]] = []
    for row in inputs.indices {
      let first = links.first(of: row)
      if let place = places[first] {
        rows[place].append(row)
      } else {
        places[first] = rows.count
        rows.append([row])
      }
    }
    self.rows = rows
  }
}

/// Disjoint sets of rows, each known by its first row.
private struct Links {
  /// An earlier row of the same set, or the row itself.
  private var earlier: [Int]

  init(count: Int) { earlier = Array(0..<count) }

  /// Joins the rows whose keys are equal.
  mutating func join<Key: Hashable>(_ keys: [Key]) {
    var firstRows: [Key: Int] = [:]
    for (row, key) in keys.enumerated() {
      if let other = firstRows[key] { join(row, other) } else { firstRows[key] = row }
    }
  }

  mutating func first(of row: Int) -> Int {
    var row = row
    while earlier[row] != row {
      // Halves the way for the next who goes it.
      earlier[row] = earlier[earlier[row]]
      row = earlier[row]
    }
    return row
  }

  private mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (first(of: a), first(of: b))
    earlier[max(first, second)] = min(first, second)
  }
}
