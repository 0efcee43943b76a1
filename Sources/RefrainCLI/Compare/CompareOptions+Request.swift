import ArgumentParser
import Foundation
import Refrain

extension CompareOptions {
  /// The units of a comparison: those that are named, else those that suit the scheme.
  ///
  /// - Throws: ``UsageError``.
  func units(_ scheme: Scheme) throws -> [SequenceUnit] {
    if let namedUnits = try namedUnits { return namedUnits }
    let isPredictedStepByStep = scheme == .oneToMany || scheme == .manyToManyDelayed
    return Self.usualUnits.filter { $0.isRecurrent || !isPredictedStepByStep }
  }

  /// The units that are named; nil where none are.
  ///
  /// - Throws: ``UsageError``.
  var namedUnits: [SequenceUnit]? {
    get throws {
      guard let cells else { return nil }
      var units: [CellName] = []
      for part in cells.split(separator: ",", omittingEmptySubsequences: false) {
        let name = part.trimmingCharacters(in: .whitespaces)
        guard let unit = CellName(rawValue: name) else {
          throw UsageError(
            "--cells names the unit “\(name)”, which does not exist; choose from "
              + CellName.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        if units.contains(unit) {
          throw UsageError("--cells names \(name) twice; name it once.")
        }
        units.append(unit)
      }
      return units.map(\.unit)
    }
  }

  /// Steps between two evaluations that make a picture of enough points and take little of the time.
  private var usualInterval: Int {
    let byMinutes = min(max(125 * (minutes ?? 2), 50), 250)
    let bySteps = steps.map { max(Double($0) / 20, 1) } ?? .infinity
    return Int(min(byMinutes.isNaN ? 250 : byMinutes, bySteps))
  }

  /// Checks that the picture can be written, before anything is trained.
  ///
  /// - Throws: ``UsageError``.
  func checkOutput() throws {
    let url = URL(fileURLWithPath: output)
    guard url.pathExtension.lowercased() == "svg" else {
      throw UsageError("--output must be a file whose name ends in .svg, not \(output).")
    }
    let folder = url.deletingLastPathComponent().path
    if !FileManager.default.isWritableFile(atPath: folder) {
      throw UsageError(
        "--output \(output) cannot be written: there is no folder \(folder) to write to.")
    }
  }

  /// The training that all units have in common.
  ///
  /// - Throws: ``UsageError`` for values out of their range.
  func training(
    _ optimizer: OptimizerOptions, _ table: TableTrainOptions, _ threads: ThreadsOption
  ) throws -> TrainOptions {
    var options = try TrainOptions.parse([])
    (options.text.tokens, options.text.vocabularySize) = (tokens, vocabularySize)
    (options.data.minimumCount, options.data.validation) = (minimumCount, validation)
    (options.model.hidden, options.model.layers) = (hidden, layers)
    (options.model.embedding, options.model.dropout) = (embedding, dropout)
    (options.limits.steps, options.limits.minutes) = (steps, minutes)
    if steps == nil && minutes == nil { options.limits.minutes = 2 }
    options.reports.evaluateEvery = evaluateEvery ?? usualInterval
    (options.optimizer, options.table, options.threads) = (optimizer, table, threads)
    return options
  }
}
