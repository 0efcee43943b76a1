internal import Refrain
internal import RefrainRuns
internal import RefrainTables

/// How well a model of a table answers rows.
struct TableMeasurement {
  private let path: String
  /// Which rows these are: `its test rows`.
  private let what: String
  private let evaluation: TableEvaluation
  private let task: TableTask

  /// - Parameter inputs: tables; none: the run's own rows to test on, or else to validate on.
  /// - Throws: ``Failure`` where there is nothing to answer, and what reading the table throws.
  init(_ model: TrainedModel, inputs: [String], beam: Int, threads: Int) throws {
    let evaluator = try TableEvaluator(model, threads: threads)
    task = evaluator.task
    path = model.path
    if let input = inputs.first {
      guard inputs.count == 1 else {
        throw UsageError("A table is one file; name one, not \(inputs.count).")
      }
      what = input
      evaluation = try evaluator.evaluate(try TableFile.read(input), beam: beam)
      return
    }
    let data = try TableData(of: model)
    if let table = data.validationTable, data.split.test.isEmpty {
      what = "its validation table"
      evaluation = try evaluator.evaluate(table, beam: beam)
      return
    }
    let (rows, name) =
      data.split.test.isEmpty ? (data.split.validation, "validation") : (data.split.test, "test")
    guard !rows.isEmpty else {
      throw Failure("\(model.path) has no validation or test rows; name a table to evaluate it on.")
    }
    what = "its \(name) rows"
    evaluation = try evaluator.evaluate(data.table, rows: rows, beam: beam)
  }

  // MARK: - For programs

  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("rows", .integer(evaluation.rows)), ("left_out", .integer(evaluation.leftOut)),
      ("loss", .number(evaluation.loss)),
    ]
    switch evaluation.measures {
    case .classes(let matrix):
      members += [
        ("accuracy", .number(matrix.accuracy)), ("macro_f1", .number(matrix.macroF1)),
        ("classes", Self.json(matrix, names)),
      ]
    case .sets(let sets):
      members += [
        ("micro_f1", .number(sets.microF1)), ("macro_f1", .number(sets.macroF1)),
        ("exact", .number(sets.exactMatchRate)),
      ]
    case .numbers(let columns):
      members.append(
        (
          "columns",
          .object(
            zip(task.targets, columns).map { name, measures in
              (
                key: name,
                value: [
                  "mean_absolute_error": .number(measures.meanAbsoluteError),
                  "root_mean_squared_error": .number(measures.rootMeanSquaredError),
                  "r2": .number(orNull: measures.determination),
                ]
              )
            })
        ))
    case .steps(let accuracy):
      members += [
        ("token_accuracy", .number(accuracy.value)), ("exact", .number(accuracy.perfectShare)),
      ]
    case .sequences(let sequences):
      members += [
        ("inputs", .integer(sequences.count)), ("exact", .number(sequences.exactMatchRate)),
        ("sequence_error", .number(1 - sequences.exactMatchRate)),
        ("token_error", .number(sequences.errorRate)),
      ]
    }
    return .object(members)
  }

  private static func json(_ matrix: ConfusionMatrix, _ names: [String]) -> JSONValue {
    .object(
      names.indices.map { index in
        (
          key: names[index],
          value: [
            "examples": .integer(matrix.examples(of: index)),
            "precision": .number(matrix.precision(of: index)),
            "recall": .number(matrix.recall(of: index)), "f1": .number(matrix.f1(of: index)),
            "taken_for": .object(
              names.indices.filter { matrix[target: index, prediction: $0] > 0 }.map {
                (key: names[$0], value: .integer(matrix[target: index, prediction: $0]))
              }),
          ]
        )
      })
  }

  private var names: [String] { task.target.labelNames }

  // MARK: - For people

  var text: String {
    var parts = [
      "\(path) on \(what), \(evaluation.rows.of("row")): \(task.measures(evaluation.loss))."
    ]
    if evaluation.leftOut > 0 {
      parts.append(
        "Left out: \(evaluation.leftOut.of("row")) longer than those of the training.")
    }
    parts.append(measures)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var measures: String {
    switch evaluation.measures {
    case .classes(let matrix):
      return
        "Accuracy: \(matrix.accuracy.percent). Mean F1 of the classes: \(matrix.macroF1.fixed(3))."
        + "\n\n" + ConfusionTable(matrix, names).text
    case .sets(let sets):
      return "F1 of all labels together: \(sets.microF1.fixed(3)); mean F1 of the labels: "
        + "\(sets.macroF1.fixed(3)). Rows with all labels right: \(sets.exactMatchRate.percent)."
    case .numbers(let columns):
      let rows = zip(task.targets, columns).map { name, measures in
        [
          name, measures.meanAbsoluteError.fixed(4), measures.rootMeanSquaredError.fixed(4),
          measures.determination.fixed(3),
        ]
      }
      return TextTable(
        rows: [["column", "mean absolute error", "root mean squared error", "R²"]] + rows,
        leftColumns: 1
      ).lines.joined(separator: "\n")
    case .steps(let accuracy):
      return
        "Right: \(accuracy.value.percent) of the time steps; \(accuracy.perfectShare.percent) of "
        + "the rows completely."
    case .sequences(let sequences):
      return "\(sequences.exactMatchRate.percent) of \(sequences.count.of("different input")) are "
        + "answered exactly. Token error rate (edits per token): \(sequences.errorRate.percent)."
    }
  }
}

/// How often each class is taken for which, and how well it is found.
private struct ConfusionTable {
  private let matrix: ConfusionMatrix
  private let names: [String]

  /// Classes of a table that people can read.
  private static let most = 12

  init(_ matrix: ConfusionMatrix, _ names: [String]) {
    self.matrix = matrix
    self.names = names
  }

  var text: String {
    let shown = Array(names.indices.prefix(Self.most))
    let header = ["", "examples", "precision", "recall", "F1"]
    let rows = shown.map { index in
      [
        names[index].onOneLine(24), matrix.examples(of: index).grouped,
        matrix.precision(of: index).fixed(3), matrix.recall(of: index).fixed(3),
        matrix.f1(of: index).fixed(3),
      ]
    }
    var lines = TextTable(rows: [header] + rows, leftColumns: 1).lines
    if names.count > shown.count {
      lines.append("and \((names.count - shown.count).grouped) more; --json shows all.")
      return lines.joined(separator: "\n")
    }
    let numbers = shown.map { String($0 + 1) }
    let taken = shown.map { target in
      ["\(target + 1) " + names[target].onOneLine(24)]
        + shown.map { matrix[target: target, prediction: $0].grouped }
    }
    lines += ["", "Confusion matrix (rows: the right class, columns: the answer):"]
    lines += TextTable(rows: [[""] + numbers] + taken, leftColumns: 1).lines
    return lines.joined(separator: "\n")
  }
}
