internal import Foundation
internal import RefrainTables
internal import RefrainText

/// The rows that a model is asked to answer.
struct AnswerRows {
  /// A table with the columns that the model reads.
  let table: Table

  /// - Parameter input: a table, or text with one row per line; `-` is standard input.
  /// - Throws: ``Failure``, ``TableError`` or ``FileError``.
  init(_ input: String, of task: TableTask) throws {
    if input != "-", TableFormat(path: input) != nil {
      table = try TableFile.read(input)
      return
    }
    guard task.inputs.count == 1 else {
      let names = task.inputs.map { "“\($0)”" }.joined(separator: ", ")
      throw Failure(
        "The model reads the columns \(names), and text has only one: give a table (.csv, .tsv or "
          + ".jsonl).")
    }
    let name = input == "-" ? "standard input" : input
    table = try TableFile.lines(
      of: try Self.bytes(of: input), column: task.inputs[0], path: name)
  }

  private static func bytes(of input: String) throws -> [UInt8] {
    if input == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: input) else {
      throw Failure("\(input) cannot be read; check the path.")
    }
    return Array(data)
  }
}
