/// Why a table cannot be read or used; every description is one sentence that names the file, the line
/// where there is one, and what to do.
///
/// Lines count from 1, as an editor does: a quoted field that spans three lines makes three.
public enum TableError: Error, Equatable, CustomStringConvertible {
  /// The name does not tell how the table is written.
  case unknownFormat(path: String)
  /// The file is compressed with gzip.
  case compressed(path: String)
  /// There is not one line with something in it.
  case empty(path: String)
  /// The columns are named, and nothing follows.
  case noRows(path: String)
  /// The line is not UTF-8.
  case notUTF8(path: String, line: Int)
  /// A quote that begins in the line is never closed.
  case unclosedQuote(path: String, line: Int)
  /// Text stands between a closing quote and the next field.
  case textAfterQuote(path: String, line: Int)
  /// A row has more or fewer fields than there are columns.
  case ragged(path: String, line: Int, fields: Int, columns: Int)
  /// Two columns have the same name.
  case duplicateColumn(path: String, name: String)
  /// The line is not JSON.
  case notJSON(path: String, line: Int)
  /// The line is JSON, but no object.
  case notAnObject(path: String, line: Int)
  /// The line is an object in which something stands that no row can have, a key twice, say.
  case brokenObject(path: String, line: Int, problem: String)
  /// A key of the first line is missing.
  case missingKey(path: String, line: Int, key: String)
  /// A key that the first line lacks.
  case extraKey(path: String, line: Int, key: String)
  /// A value that is neither a number, a text nor an array of either.
  case unusableValue(path: String, line: Int, column: String)
  /// The table has no column of this name.
  case noSuchColumn(path: String, name: String, columns: [String])
  /// The value is of another kind than the one that is needed.
  case wrongKind(path: String, line: Int, column: String, value: String, needed: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .unknownFormat(let path):
      "\(path) does not say how its table is written: give it a name that ends in .csv, .tsv or .jsonl."
    case .compressed(let path): "\(path) is compressed: decompress it first, with gzip -d."
    case .empty(let path):
      "\(path) is empty: give a table with a line of column names and rows below."
    case .noRows(let path): "\(path) has column names but no rows: add some below."
    case .notUTF8(let path, let line):
      "line \(line) of \(path) is not UTF-8: save the table as UTF-8."
    case .unclosedQuote(let path, let line):
      "the quote that begins in line \(line) of \(path) is never closed: close it, or write a quote that "
        + "belongs to the text twice."
    case .textAfterQuote(let path, let line):
      "line \(line) of \(path) has text after a closing quote: write a quote that belongs to the text twice."
    case .ragged(let path, let line, let fields, let columns):
      "line \(line) of \(path) has \(fields) field\(fields == 1 ? "" : "s"), the first line \(columns): "
        + "make them equal, with quotes around text that has the separator in it."
    case .duplicateColumn(let path, let name):
      "\(path) has two columns “\(name.brief)”: rename one of them."
    case .notJSON(let path, let line):
      "line \(line) of \(path) is not JSON: write one object per line, like {\"text\": \"…\"}."
    case .notAnObject(let path, let line):
      "line \(line) of \(path) is no JSON object: write one object per line, like {\"text\": \"…\"}."
    case .brokenObject(let path, let line, let problem):
      "line \(line) of \(path) is no object that makes a row: \(problem)."
    case .missingKey(let path, let line, let key):
      "line \(line) of \(path) lacks “\(key.brief)”, which the first line has: give every line the same keys."
    case .extraKey(let path, let line, let key):
      "line \(line) of \(path) has “\(key.brief)”, which the first line lacks: give every line the same keys."
    case .unusableValue(let path, let line, let column):
      "line \(line) of \(path) has a value in “\(column.brief)” that is neither a number, a text nor an "
        + "array of either: change it, or remove the key from every line."
    case .noSuchColumn(let path, let name, let columns):
      Self.missing(name, in: columns, of: path)
    case .wrongKind(let path, let line, let column, let value, let needed):
      "line \(line) of \(path) has \(value) in “\(column.brief)”, where \(needed) is needed: "
        + "correct it, or remove the row."
    }
  }

  private static func missing(_ name: String, in columns: [String], of path: String) -> String {
    let all = columns.prefix(20).map { "“\($0.brief)”" }.joined(separator: ", ")
    let more = columns.count > 20 ? " and \(columns.count - 20) more" : ""
    let hint = NearestNames.of(name, among: columns, most: 1).first.map {
      "; “\($0.brief)” may be meant"
    }
    return "\(path) has no column “\(name.brief)”\(hint ?? ""); it has \(all)\(more)."
  }
}
