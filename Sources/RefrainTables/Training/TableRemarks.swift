/// Sentences for the user about what was decided for them.
struct TableRemarks {
  private let data: TableData

  init(_ data: TableData) { self.data = data }

  /// - Parameters:
  ///   - training: the rows to train on.
  ///   - validation: the rows to validate on; nil where there are none.
  func sentences(_ training: TaskRows, _ validation: TaskRows?) -> [String] {
    var sentences = [data.task.inWords]
    sentences += [leftOut(training, data.table), singles, wholeNumbers].compactMap(\.self)
    if let validation {
      let remark = leftOut(validation, data.validationTable ?? data.table)
      sentences += remark.map { ["Of those for validation: \($0)"] } ?? []
    }
    return sentences
  }

  private func leftOut(_ rows: TaskRows, _ table: Table) -> String? {
    guard let first = rows.leftOut.first else { return nil }
    let count = rows.leftOut.count
    return "\(count) row\(count == 1 ? " is" : "s are") left out, the first in line "
      + "\(table.lines[first]): inputs may have at most \(data.task.longestInput) time steps, outputs at most "
      + "\(data.task.longestTarget)."
  }

  /// Classes with one example.
  private var singles: String? {
    guard case .label(let labels) = data.task.target else { return nil }
    let names = labels.names.indices.filter { labels.counts[$0] == 1 }.map { labels[$0] }
    guard let first = names.first, let column = try? data.table.texts(of: data.task.targets[0]),
      let row = data.split.training.first(where: { column[$0] == first })
    else { return nil }
    let others = names.count - 1
    let also = others == 0 ? "" : ", as do \(others) other\(others == 1 ? "" : "s")"
    return
      "“\(first.brief)”, in line \(data.table.lines[row]) of \(data.table.path), has only one "
      + "example\(also). It is used for training, so how well it is learned cannot be measured."
  }

  /// More different whole numbers are no classes.
  private static let mostClasses = 20

  /// Numbers that may be meant as classes.
  private var wholeNumbers: String? {
    guard case .numbers(let scale) = data.task.target, scale.size == 1,
      let numbers = try? data.table.numbers(of: data.task.targets[0])
    else { return nil }
    let different = Set(numbers)
    guard different.count <= Self.mostClasses, 2 * different.count <= numbers.count,
      different.allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    return
      "“\(data.task.targets[0].brief)” has \(different.count) different whole numbers, which are "
      + "learned as numbers: if they stand for classes, set its kind to \(RowKind.label.rawValue)."
  }
}
