internal import Refrain
internal import RefrainRuns
internal import RefrainTables

extension TableMaterial {
  static func facts(_ model: TrainedModel) throws -> MaterialFacts {
    let record = try model.record(of: Self.self)
    return MaterialFacts(
      paragraphs: [paragraph(record)], json: json(record),
      batch: { $0.batchSize.of("row") }, measures: record.task.measures)
  }

  /// What a model of a table says of it, for people.
  private static func paragraph(_ table: TableRecord) -> String {
    let task = table.task
    var lines = ["Table: \(table.table.path)", "  " + task.inWords]
    if let validation = table.validation { lines.append("  validated on \(validation.path)") }
    if !task.target.labelNames.isEmpty {
      let names = task.target.labelNames.prefix(12).map { $0.onOneLine(30) }
      let rest = task.target.labelNames.count - names.count
      lines.append(
        "  Answers: " + names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "") + ".")
    }
    return lines.joined(separator: "\n")
  }

  /// The same for programs.
  private static func json(_ table: TableRecord) -> JSONValue {
    let task = table.task
    return [
      "table": .string(table.table.path), "scheme": .string(task.scheme.rawValue),
      "input_columns": .array(task.inputs.map { .string($0) }),
      "target_columns": .array(task.targets.map { .string($0) }),
      "input_kind": .string(task.input.kind.rawValue),
      "target_kind": .string(task.target.kind.rawValue),
      "labels": .array(task.target.labelNames.map { .string($0) }),
      "longest_input": .integer(task.longestInput),
      "longest_target": .integer(task.longestTarget),
    ]
  }
}
