/// Reads CSV and TSV: RFC 4180, and what programs write besides.
///
/// A line ends with LF, CRLF or CR. A line without a byte is passed over. A quote within a field that does
/// not begin with one belongs to the text.
struct SeparatedReader {
  private let bytes: [UInt8]
  private let separator: UInt8
  private let path: String
  private var position: Int
  /// The line that `position` is in, from 1.
  private var line = 1

  init(_ bytes: [UInt8], separator: Unicode.Scalar, path: String) {
    self.bytes = bytes
    self.separator = UInt8(ascii: separator)
    self.path = path
    position = TableFile.textStart(bytes)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  consuming func table() throws(TableError) -> Table {
    var columns: [String] = []
    skipEmptyLines()
    guard position < bytes.count else { throw .empty(path: path) }
    try readRow { columns.append($0) }
    try check(columns)

    var lines: [Int] = []
    var values: [Table.Value] = []
    while true {
      skipEmptyLines()
      guard position < bytes.count else { break }
      lines.append(line)
      let before = values.count
      try readRow { values.append(.text($0)) }
      guard values.count - before == columns.count else {
        throw .ragged(
          path: path, line: lines[lines.count - 1], fields: values.count - before,
          columns: columns.count)
      }
    }
    guard !lines.isEmpty else { throw .noRows(path: path) }
    return Table(path: path, columns: columns, lines: lines, values: values)
  }

  private func check(_ columns: [String]) throws(TableError) {
    var seen: Set<String> = []
    for name in columns where !seen.insert(name).inserted {
      throw .duplicateColumn(path: path, name: name)
    }
  }

  private mutating func skipEmptyLines() {
    while position < bytes.count, isLineEnd(bytes[position]) { stepOverLineEnd() }
  }

  /// Reads fields up to the end of the row, and steps over it.
  private mutating func readRow(_ take: (String) -> Void) throws(TableError) {
    while true {
      take(try readField())
      guard position < bytes.count else { return }
      if isLineEnd(bytes[position]) { return stepOverLineEnd() }
      position += 1  // the separator
    }
  }

  /// Reads one field, up to the separator or the line's end that follows it.
  private mutating func readField() throws(TableError) -> String {
    if position < bytes.count, bytes[position] == Self.quote { return try readQuotedField() }
    let start = position
    while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
      position += 1
    }
    return try text(bytes[start..<position], line: line)
  }

  private mutating func readQuotedField() throws(TableError) -> String {
    let firstLine = line
    position += 1
    var content: [UInt8] = []
    while true {
      let start = position
      while position < bytes.count, bytes[position] != Self.quote {
        if isLineEnd(bytes[position]) { stepOverLineEnd() } else { position += 1 }
      }
      guard position < bytes.count else { throw .unclosedQuote(path: path, line: firstLine) }
      content += bytes[start..<position]
      position += 1
      guard position < bytes.count else { break }
      let next = bytes[position]
      if next == separator || isLineEnd(next) { break }
      guard next == Self.quote else { throw .textAfterQuote(path: path, line: line) }
      content.append(Self.quote)
      position += 1
    }
    return try text(content[...], line: firstLine)
  }

  private func text(_ field: ArraySlice<UInt8>, line: Int) throws(TableError) -> String {
    if let text = String(validating: field, as: UTF8.self) { return text }
    throw .notUTF8(path: path, line: line + linesBeforeFault(in: field))
  }

  /// How many line ends stand before the first line of `field` that is not UTF-8.
  private func linesBeforeFault(in field: ArraySlice<UInt8>) -> Int {
    let lines = field.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
    return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Self.lineFeed || byte == Self.carriageReturn
  }

  private mutating func stepOverLineEnd() {
    let byte = bytes[position]
    position += 1
    if byte == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed {
      position += 1
    }
    line += 1
  }
}
