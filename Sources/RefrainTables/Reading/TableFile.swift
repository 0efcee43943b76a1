internal import Refrain

/// Reads tables from files, and from bytes that come from elsewhere.
public enum TableFile {
  /// Reads the table in the file at `path`.
  ///
  /// While it is read, memory holds the file and its table: a value takes 24 bytes and the text in it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - format: how it is written; by default the end of the name tells.
  /// - Throws: ``TableError``, or `FileError` if the file cannot be read.
  public static func read(_ path: String, format: TableFormat? = nil) throws -> Table {
    let file = try ByteFile(path)
    let bytes = try file.read(at: 0, count: file.size)
    if bytes.starts(with: [0x1F, 0x8B]) { throw TableError.compressed(path: path) }
    guard let format = format ?? TableFormat(path: path) else {
      throw TableError.unknownFormat(path: path)
    }
    return try table(of: bytes, path: path, format: format)
  }

  /// Reads the table that `bytes` are, UTF-8 with a byte order mark or without.
  ///
  /// - Parameters:
  ///   - bytes: the contents of the file.
  ///   - path: what errors call it.
  ///   - format: how the table is written.
  public static func table(
    of bytes: [UInt8], path: String, format: TableFormat
  ) throws(TableError) -> Table {
    switch format {
    case .csv: try SeparatedReader(bytes, separator: ",", path: path).table()
    case .tsv: try SeparatedReader(bytes, separator: "\t", path: path).table()
    case .jsonLines: try JSONLinesReader(bytes, path: path).table()
    }
  }

  /// A table of one column, with a row for each line of `bytes` that has something in it.
  ///
  /// - Parameters:
  ///   - bytes: the contents of the file.
  ///   - column: the name of the column.
  ///   - path: what errors call it.
  /// - Throws: ``TableError`` where a line is not UTF-8, or all are empty.
  public static func lines(
    of bytes: [UInt8], column: String, path: String
  ) throws(TableError) -> Table {
    var (values, places): ([Table.Value], [Int]) = ([], [])
    for (index, line) in bytes.dropFirst(textStart(bytes)).split(
      separator: 0x0A, omittingEmptySubsequences: false
    ).enumerated() {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty { continue }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw .notUTF8(path: path, line: index + 1)
      }
      values.append(.text(text))
      places.append(index + 1)
    }
    if values.isEmpty { throw .empty(path: path) }
    return Table(path: path, columns: [column], lines: places, values: values)
  }

  /// Where the text begins in `bytes`: behind the byte order mark.
  static func textStart(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
