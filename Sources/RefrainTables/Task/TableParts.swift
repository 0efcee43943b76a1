/// How a table's rows are divided; the same table is always divided in the same way.
///
/// Rows with the same input are not parted, and every part has its share of every class (``RowSplit``). Where
/// the input itself is a class, it is the other way round: every class that is read is trained on, and only
/// rows that have the same target for it are not parted.
struct TableParts: Codable, Equatable, Sendable {
  /// A column whose equal values are not parted.
  let group: String?
  /// A column that names each row's part.
  let part: String?
  /// The share of the rows to validate on; with a column of parts, of those to train on if none is named.
  let validation: Double
  /// The share of the rows to test on, without a column of parts.
  let test: Double
  let seed: UInt64

  /// - Throws: ``TableError``, or ``TableTaskError/unknownPart(path:line:column:value:)``.
  func split(
    _ table: Table, _ rows: TableRows, input: RowKind, target: RowKind
  ) throws -> RowSplit {
    let groups = try group.map { try table.texts(of: $0) }
    let same = (0..<table.rowCount).map { row in
      guard input == .label else { return [rows.inputs[row]] }
      return [
        rows.inputs[row], target.hasSteps ? rows.targets[row] : .numbers([[Double(row)]]),
      ]
    }
    let classes = input == .label ? rows.inputs : target == .label ? rows.targets : nil
    func split(_ places: [Int], test: Double) -> RowSplit {
      let split = RowSplit(
        inputs: places.map { same[$0] },
        labels: classes.map { classes in places.map { classes[$0].written } },
        groups: groups.map { groups in places.map { groups[$0] } }, validation: validation,
        test: test, seed: seed)
      return RowSplit(
        training: split.training.map { places[$0] },
        validation: split.validation.map { places[$0] }, test: split.test.map { places[$0] })
    }
    guard let part else { return split(Array(table.lines.indices), test: test) }
    let named = try self.named(part, table)
    guard named.validation.isEmpty, validation > 0, !named.training.isEmpty else { return named }
    let divided = split(named.training, test: 0)
    return RowSplit(
      training: divided.training, validation: divided.validation, test: named.test)
  }

  /// The parts that a column names.
  private func named(_ column: String, _ table: Table) throws -> RowSplit {
    var (training, validation, test): ([Int], [Int], [Int]) = ([], [], [])
    for (row, name) in try table.texts(of: column).enumerated() {
      switch name.lowercased() {
      case "train", "training": training.append(row)
      case "validation", "valid", "val", "dev": validation.append(row)
      case "test", "testing": test.append(row)
      default:
        throw TableTaskError.unknownPart(
          path: table.path, line: table.lines[row], column: column, value: name)
      }
    }
    return RowSplit(training: training, validation: validation, test: test)
  }
}
