/// How a table is written in a file.
public enum TableFormat: String, CaseIterable, Sendable {
  /// Fields between commas, as RFC 4180 has it; the first line names the columns.
  case csv
  /// Fields between tabs, quoted as in CSV; the first line names the columns.
  case tsv
  /// One JSON object per line, all with the same keys: the columns.
  case jsonLines

  /// What the end of the name says: `.csv`, `.tsv` or `.tab`, `.jsonl` or `.ndjson`, in any case; nil for
  /// any other name.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    switch path[dot...].lowercased() {
    case ".csv": self = .csv
    case ".tsv", ".tab": self = .tsv
    case ".jsonl", ".ndjson": self = .jsonLines
    default: return nil
    }
  }
}
