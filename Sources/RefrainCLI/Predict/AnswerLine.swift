internal import RefrainTables

/// An answer as a line, for people and for programs.
struct AnswerLine {
  private let answer: TableAnswer
  /// The line of the input that the row begins in.
  private let row: Int

  init(_ answer: TableAnswer, row: Int) {
    self.answer = answer
    self.row = row
  }

  /// The names of the columns, with tabs between.
  static func header(_ task: TableTask) -> String {
    if task.predictsNumbers { return task.targets.map(quoted).joined(separator: "\t") }
    return quoted(task.targets[0]) + "\tprobability"
  }

  /// The answer and its probability, with a tab between; numbers each in a column.
  var text: String {
    switch answer.value {
    case .numbers(let steps):
      if steps.count == 1 { return steps[0].map { "\($0)" }.joined(separator: "\t") }
      return Self.quoted(answer.text)
    case .label(let choices): return line(choices.first?.probability)
    case .labels(let choices):
      return line(choices.map { max($0.probability, 1 - $0.probability) }.reduce(1, *))
    case .steps(let choices): return line(choices.map(\.probability).reduce(1, *))
    case .sequences(let predictions): return line(predictions.first?.probability)
    }
  }

  private func line(_ probability: Double?) -> String {
    Self.quoted(answer.text) + "\t" + (probability.map { $0.fixed(4) } ?? "")
  }

  /// A field with tabs, line breaks or quotes in it stands in quotes, as in CSV.
  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0.isNewline || $0 == "\t" || $0 == "\"" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// All that the model predicts for the row.
  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("line", .integer(row)), ("answer", .string(answer.text)),
    ]
    switch answer.value {
    case .numbers(let steps):
      members.append(
        ("numbers", .array(steps.map { .array($0.map { .number($0) }) })))
    case .label(let choices): members.append(("best", Self.json(choices)))
    case .labels(let choices): members.append(("labels", Self.json(choices)))
    case .steps(let choices): members.append(("steps", Self.json(choices)))
    case .sequences(let predictions):
      members.append(
        (
          "best",
          .array(
            predictions.map {
              [
                "answer": .string($0.text), "probability": .number($0.probability),
                "ended": .bool($0.hasEnded),
              ]
            })
        ))
    }
    return .object(members)
  }

  private static func json(_ choices: [TableAnswer.Choice]) -> JSONValue {
    .array(
      choices.map { ["answer": .string($0.name), "probability": .number($0.probability)] })
  }
}
