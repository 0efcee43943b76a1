import RefrainTables

/// A table of CSV text, which errors call `t.csv`.
func csv(_ text: String) throws -> Table {
  try TableFile.table(of: Array(text.utf8), path: "t.csv", format: .csv)
}

/// A table of JSON Lines, which errors call `t.jsonl`.
func json(_ text: String) throws -> Table {
  try TableFile.table(of: Array(text.utf8), path: "t.jsonl", format: .jsonLines)
}

/// The sentence of the error that `body` throws; nil if it throws none.
func sentence(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
