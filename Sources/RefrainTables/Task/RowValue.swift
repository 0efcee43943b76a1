/// What one side of a row is, before a ``RowFormat`` makes elements of it.
enum RowValue: Hashable, Sendable {
  /// A text, or the name of a class.
  case text(String)
  /// Symbols, or the labels of a set.
  case words([String])
  /// Step after step, the values of every column. `[T][K]`
  case numbers([[Double]])

  /// Whether there is not one step of it.
  var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .words(let words): words.isEmpty
    case .numbers(let steps): steps.isEmpty
    }
  }

  /// As people read it.
  var written: String {
    switch self {
    case .text(let text): text
    case .words(let words): words.joined(separator: " ")
    case .numbers(let steps): Self.written(steps)
    }
  }

  /// Numbers of one step with spaces between, steps with commas.
  static func written(_ steps: [[Double]]) -> String {
    steps.map { step in step.map(Self.written).joined(separator: " ") }.joined(separator: ", ")
  }

  private static func written(_ number: Double) -> String {
    let rounded = Double(Float(number))
    return Int(exactly: rounded).map(String.init) ?? String(Float(number))
  }
}

/// The columns that are one side of the rows.
struct TableSide: Equatable, Sendable {
  let columns: [String]
  let kind: RowKind

  /// The values of all rows.
  ///
  /// - Throws: ``TableError`` where a column is missing or a value of another kind;
  ///   ``TableTaskError/emptySequence(path:line:column:)`` or
  ///   ``TableTaskError/unequalColumns(path:line:columns:)``.
  func values(in table: Table) throws -> [RowValue] {
    let values = try read(table)
    if kind != .labels, let row = values.firstIndex(where: \.isEmpty) {
      throw TableTaskError.emptySequence(
        path: table.path, line: table.lines[row], column: columns[0])
    }
    return values
  }

  private func read(_ table: Table) throws -> [RowValue] {
    switch kind {
    case .character, .word, .byte, .label:
      return try table.texts(of: try only(table)).map { .text($0) }
    case .symbols, .labels: return try table.wordSequences(of: try only(table)).map { .words($0) }
    case .numbers:
      let numbers = try columns.map { try table.numbers(of: $0) }
      return table.lines.indices.map { row in .numbers([numbers.map { $0[row] }]) }
    case .sequence:
      let sequences = try columns.map { try table.numberSequences(of: $0) }
      return try table.lines.indices.map { row in
        let counts = Set(sequences.map { $0[row].count })
        guard let count = counts.first, counts.count == 1 else {
          throw TableTaskError.unequalColumns(
            path: table.path, line: table.lines[row], columns: columns)
        }
        return .numbers((0..<count).map { step in sequences.map { $0[row][step] } })
      }
    }
  }

  private func only(_ table: Table) throws -> String {
    guard columns.count == 1 else {
      throw TableTaskError.mixedColumns(path: table.path, columns: columns)
    }
    return columns[0]
  }
}
