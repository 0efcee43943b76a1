import Refrain
import RefrainRuns
import RefrainTables
import RefrainTools
import TestSupport
import Testing

struct TableComparisonTests {
  private static let units: [SequenceUnit] = [
    .rnn, .lstm, .gru, .recurrent(.minGRU), .tcn, .window,
  ]
  private let scratch = try! Scratch()

  private func request(_ small: SmallTable) throws -> TableTrainingRequest {
    var request = try small.request(in: scratch)
    (request.model.hidden, request.validation, request.threads) = (24, .share(0.2), 1)
    (request.evaluatesEachEpoch, request.configuration.evaluateEvery) = (false, 4)
    request.limits = TrainingLimits(steps: 10)
    return request
  }

  @Test(arguments: [SmallTable.textToClass, .symbolsToTags])
  func networksAreEquallyLarge(small: SmallTable) async throws {
    let comparison = try UnitComparison(
      TableComparison(request(small)), units: Self.units)
    #expect(comparison.units.map(\.unit) == Self.units)
    #expect(comparison.units[1].hidden == 24)
    for compared in comparison.units {
      let share = Double(compared.parameters) / Double(comparison.parameters)
      let isRemarked = comparison.remarks.contains {
        $0.description.hasPrefix("\(compared.unit) has ")
      }
      #expect(
        (0.95...1.05).contains(share) != isRemarked, "\(compared.unit): \(compared.parameters)")
      #expect(compared.workspaceBytes > 0)
    }
    for try await _ in comparison {}
    for result in comparison.results {
      #expect(result.end == .finished && result.evaluations.map(\.step) == [4, 8, 10])
      #expect(result.tokensPerSecond > 0 && result.stepsPerSecond > 0)
    }
  }

  /// What is compared is what `TableRun` trains.
  @Test(arguments: [SmallTable.textToClass, .textToSymbols])
  func aUnitLearnsAsInARun(small: SmallTable) async throws {
    var request = try request(small)
    let task = try TableComparison(request)
    let comparison = try UnitComparison(task, units: [.gru])
    for try await _ in comparison {}
    (request.model.cell, request.model.hidden) = (.gru, comparison.units[0].hidden)
    let run = try TableRun(request, to: scratch.path + "/run")
    for try await _ in run {}
    #expect(comparison.results[0].best?.loss == run.trainer.progress.bestLoss)
    #expect(task.rows == run.material.rows)
    #expect(comparison.remarks.first?.description == run.remarks.first)
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    #expect(throws: TableTrainingError.onlyOneStep) {
      try TableComparison(self.request(.numbersToNumbers))
    }
    var request = try self.request(.textToClass)
    request.validation = .share(0)
    #expect(throws: TableTrainingError.noValidation) { try TableComparison(request) }
    #expect(throws: TableTrainingError.self) {
      try UnitComparison(TableComparison(self.request(.textToSymbols)), units: [.tcn])
    }
  }
}
