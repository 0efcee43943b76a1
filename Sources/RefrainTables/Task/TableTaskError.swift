public import Refrain

/// Why nothing can be learned from a table as it is, or asked of it; every description is one sentence that
/// names the file, the line where there is one, and what to do.
public enum TableTaskError: Error, Equatable, CustomStringConvertible {
  /// No column should be predicted.
  case noTarget(path: String, columns: [String])
  /// No column is left to read.
  case noInput(path: String, columns: [String])
  /// A column is both read and predicted.
  case inputIsTarget(path: String, column: String)
  /// Several columns that cannot be read together.
  case mixedColumns(path: String, columns: [String])
  /// The scheme does not go with what is read and predicted.
  case wrongKinds(path: String, scheme: Scheme, input: RowKind, target: RowKind)
  /// Nothing stands there.
  case emptySequence(path: String, line: Int, column: String)
  /// Nothing that stands there is known.
  case nothingKnown(path: String, line: Int, column: String)
  /// The arrays of several columns have different lengths.
  case unequalColumns(path: String, line: Int, columns: [String])
  /// What should be predicted in step has another number of steps than what is read.
  case unequalLengths(path: String, line: Int, input: Int, target: Int)
  /// A label or symbol that was not there when the network was trained.
  case unknownLabel(path: String, line: Int, column: String, UnknownLabel)
  /// Every row is too long; the line is of the first.
  case allTooLong(path: String, line: Int, longestInput: Int, longestTarget: Int)
  /// All rows that are trained on are of one class; the line is of the first.
  case oneClass(path: String, line: Int, column: String, name: String)
  /// There are fewer than two rows to train on; the line is of the last.
  case tooFewRows(path: String, line: Int, count: Int)
  /// A word that names no part.
  case unknownPart(path: String, line: Int, column: String, value: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .noTarget(let path, let columns):
      return "No target column of \(path) is named: name one of "
        + "\(Self.list(columns))."
    case .noInput(let path, let columns):
      return "No column of \(path) is left to read: it has \(Self.list(columns))."
    case .inputIsTarget(let path, let column):
      return
        "The column “\(column.brief)” of \(path) is both an input and a target: "
        + "leave it out of one of them."
    case .mixedColumns(let path, let columns):
      return
        "The columns \(Self.list(columns)) of \(path) cannot be read together, as they are not all "
        + "numbers or all arrays of numbers: choose one of them, or those that are."
    case .wrongKinds(let path, let scheme, let input, let target):
      return
        "\(scheme.rawValue) does not go with \(path), where \(input.inWords) would be read and "
        + "\(target.inWords) predicted: choose another scheme, or name the kinds of the columns."
    case .emptySequence(let path, let line, let column):
      return
        "line \(line) of \(path) has nothing in “\(column.brief)”: fill it in, or remove the row."
    case .nothingKnown(let path, let line, let column):
      return
        "line \(line) of \(path) has nothing in “\(column.brief)” that the model knows: remove the row."
    case .unequalColumns(let path, let line, let columns):
      return "line \(line) of \(path) has arrays of different lengths in \(Self.list(columns)): "
        + "make them equal, or remove the row."
    case .unequalLengths(let path, let line, let input, let target):
      return
        "line \(line) of \(path) has \(input) step\(input == 1 ? "" : "s") to read and \(target) to predict: make them equal, "
        + "or choose the scheme \(Scheme.manyToManyDelayed.rawValue)."
    case .unknownLabel(let path, let line, let column, let label):
      return "line \(line) of \(path), column “\(column.brief)”: \(label)"
    case .allTooLong(let path, let line, let longestInput, let longestTarget):
      return "No row of \(path), from line \(line) on, is short enough: allow inputs of more than "
        + "\(longestInput) elements, or targets of more than \(longestTarget)."
    case .oneClass(let path, let line, let column, let name):
      return "All rows of \(path) to train on, from line \(line) on, have “\(name.brief)” in "
        + "“\(column.brief)”: there is nothing to tell apart, so add rows of another class."
    case .tooFewRows(let path, let line, let count):
      return "\(path) has \(count) row\(count == 1 ? "" : "s") to train on, up to line \(line): "
        + "give at least two."
    case .unknownPart(let path, let line, let column, let value):
      return
        "line \(line) of \(path) has “\(value.brief)” in “\(column.brief)”: write train, validation "
        + "or test."
    }
  }

  private static func list(_ columns: [String]) -> String {
    let all = columns.prefix(20).map { "“\($0.brief)”" }.joined(separator: ", ")
    return all + (columns.count > 20 ? " and \(columns.count - 20) more" : "")
  }
}
