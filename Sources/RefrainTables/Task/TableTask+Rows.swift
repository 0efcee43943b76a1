public import Refrain

/// Rows of a table as a network is trained and evaluated on them.
public struct TaskRows: Sendable {
  /// What is read and what should be predicted.
  public let corpus: RowCorpus
  /// Where in the table each row of the corpus stands, counted from 0, ascending.
  public let places: [Int]
  /// Rows that were left out, because they are too long.
  public let leftOut: [Int]
}

extension TableTask {
  /// The rows of a table.
  ///
  /// Rows that are longer than ``longestInput`` or ``longestTarget`` are left out.
  ///
  /// - Parameters:
  ///   - table: where the rows stand.
  ///   - places: those rows only, ascending; nil: all.
  /// - Throws: ``TableError`` where a column is missing or a value of another kind; ``TableTaskError`` where a
  ///   row has an unknown label, nothing to read or to predict, or as many steps of one as it may not have, and
  ///   where no row is left.
  public func rows(of table: Table, at places: [Int]? = nil) throws -> TaskRows {
    let places = places ?? Array(table.lines.indices)
    let inputs = try inputSide.values(in: table)
    let targets = try targetSide.values(in: table)
    var corpus = RowCorpus(frames: input.frameTable(), targetFrames: target.frameTable())
    var taken: [Int] = []
    var leftOut: [Int] = []
    for place in places {
      guard !isTooLong(inputs[place], targets[place]) else {
        leftOut.append(place)
        continue
      }
      let read = try elements(inputs[place], input, corpus.frames, inputSide, table, place)
      let predicted = try elements(
        targets[place], target, corpus.targetFrames, targetSide, table, place)
      guard read.count <= longestInput, predicted.count <= longestTarget else {
        leftOut.append(place)
        continue
      }
      if scheme == .manyToMany, read.count != predicted.count {
        throw TableTaskError.unequalLengths(
          path: table.path, line: table.lines[place], input: read.count, target: predicted.count)
      }
      corpus.append(input: read, target: predicted)
      taken.append(place)
    }
    if let first = leftOut.first, taken.isEmpty {
      throw TableTaskError.allTooLong(
        path: table.path, line: table.lines[first], longestInput: longestInput,
        longestTarget: longestTarget)
    }
    return TaskRows(corpus: corpus, places: taken, leftOut: leftOut)
  }

  /// The inputs of a table's rows, whatever their length; frames are added to `frames`.
  func inputs(of table: Table, frames: FrameTable?) throws -> RowSequences {
    var sequences = RowSequences()
    for (place, value) in try inputSide.values(in: table).enumerated() {
      sequences.append(try elements(value, input, frames, inputSide, table, place))
    }
    return sequences
  }

  /// Whether frames are too many before they are made.
  private func isTooLong(_ read: RowValue, _ predicted: RowValue) -> Bool {
    func steps(_ value: RowValue) -> Int {
      if case .numbers(let steps) = value { steps.count } else { 0 }
    }
    return steps(read) > longestInput || steps(predicted) > longestTarget
  }

  private func elements(
    _ value: RowValue, _ format: RowFormat, _ frames: FrameTable?, _ side: TableSide,
    _ table: Table, _ place: Int
  ) throws -> [Int32] {
    let line = table.lines[place]
    do {
      let elements = try format.elements(of: value, frames: frames)
      if elements.isEmpty {
        throw TableTaskError.nothingKnown(path: table.path, line: line, column: side.columns[0])
      }
      return elements
    } catch let error as UnknownLabel {
      throw TableTaskError.unknownLabel(
        path: table.path, line: line, column: side.columns[0], error)
    }
  }
}
