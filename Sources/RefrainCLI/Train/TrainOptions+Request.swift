import Foundation
import Refrain
import RefrainRuns

extension TrainOptions {
  /// Takes over what is asked for of every training, and fills in what was left open.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  mutating func complete<M: Material>(_ request: inout TrainingRequest<M>) throws {
    request.configuration = try configuration(changing: request.configuration)
    request.repeating = try limits.decidePlan()
    if limits.given == nil {
      (limits.epochs, limits.steps) = (request.limits.epochs, request.limits.steps)
    }
    request.limits = limits.given ?? request.limits
    request.sampleEvery = reports.sampleEvery ?? 0
    request.keep = reports.keep ?? 0
    (reports.sampleEvery, reports.keep) = (request.sampleEvery, request.keep)
    request.threads = threads.count
  }

  /// The share of `--validation`, where it can be nothing else.
  ///
  /// - Parameter what: what it is a share of: `the music`.
  /// - Throws: ``UsageError``.
  mutating func shareToValidate(of what: String) throws -> Double {
    let part = data.validation ?? "0.1"
    guard let share = Double(part), (0..<1).contains(share) else {
      throw UsageError(
        "--validation must be a share of \(what), at least 0 and less than 1, not \(part); "
          + "refrain evaluate measures a model on other files.")
    }
    data.validation = part
    return share
  }
}

extension ModelOptions {
  /// Fills in what every network has.
  mutating func fill(cell: String, hidden: Int, layers: Int, dropout: Float) {
    self.cell = self.cell ?? CellName(rawValue: cell)
    (self.hidden, self.layers) = (hidden, layers)
    self.dropout = self.dropout ?? dropout.asTyped
  }
}

extension Float {
  /// By way of its digits: 0.2 is to stay 0.2.
  var asTyped: Double? { Double("\(self)") }
}

extension LimitOptions {
  /// The limits, if there are any.
  var given: TrainingLimits? {
    if epochs == nil && steps == nil && minutes == nil { return nil }
    return TrainingLimits(steps: steps, epochs: epochs, minutes: minutes)
  }

  /// The plan to repeat, if there is one, which brings the limits of its training.
  ///
  /// - Throws: ``UsageError`` for other limits, and what reading the plan throws.
  mutating func decidePlan() throws -> RepeatedPlan? {
    guard let path = plan else { return nil }
    let repeated = try RepeatedPlan(of: path)
    plan = path.absolutePath
    let limits = repeated.limits
    if let given, given != limits {
      throw UsageError(
        "--plan brings the limits of the run that it repeats; leave out --epochs, --steps and --minutes."
      )
    }
    (steps, epochs, minutes) = (limits.steps, limits.epochs, limits.minutes)
    return repeated
  }
}

extension String {
  /// The path from the root; standard input stays `-`.
  var absolutePath: String {
    self == "-" ? self : URL(fileURLWithPath: self).standardizedFileURL.path
  }
}
