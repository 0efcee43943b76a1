import Refrain
import RefrainRuns
import RefrainText
import RefrainTools
import Testing

struct TextComparisonTests {
  private static let units: [SequenceUnit] = [
    .rnn, .lstm, .gru, .recurrent(.minGRU), .tcn, .window,
  ]
  private let scratch = try! Scratch()

  private func request(hidden: Int = 12) throws -> TextTrainingRequest {
    let poem = String(repeating: "the sea came in, the sea went out.\n", count: 60)
    var request = TextTrainingRequest(inputs: [try scratch.write(poem)])
    (request.model.hidden, request.model.layers, request.threads) = (hidden, 1, 1)
    (request.configuration.batchSize, request.configuration.sequenceLength) = (4, 20)
    request.configuration.evaluateEvery = 5
    request.limits = TrainingLimits(steps: 12)
    return request
  }

  @Test(arguments: [1, 2])
  func networksAreEquallyLarge(layers: Int) throws {
    var request = try request(hidden: 96)
    request.model.layers = layers
    // What is compared with is the LSTM, whatever the request's own unit.
    request.model.cell = .gru
    let comparison = try UnitComparison(TextComparison(request), units: Self.units)
    #expect(comparison.units.map(\.unit) == Self.units)
    #expect(comparison.units[1].hidden == 96)
    #expect(comparison.units[1].parameters == comparison.parameters)
    #expect(comparison.remarks.isEmpty)
    for compared in comparison.units {
      let share = Double(compared.parameters) / Double(comparison.parameters)
      #expect((0.95...1.05).contains(share), "\(compared.unit): \(compared.parameters)")
      let network = try Network(compared.description, seed: 1)
      #expect(network.parameterCount == compared.parameters)
      let workspace = Workspace(network, steps: 20, sequences: 4, mode: .training, threads: 1)
      #expect(compared.workspaceBytes == Double(workspace.byteCount))
      // The temporal convolutions see as far as a gradient reaches.
      #expect(compared.layers == (compared.unit == .tcn ? 4 : layers))
    }
  }

  @Test func oneAfterTheOtherIsTrained() async throws {
    let units: [SequenceUnit] = [.lstm, .tcn, .window]
    let comparison = try UnitComparison(TextComparison(request()), units: units)
    var begun: [SequenceUnit] = []
    var ended: [ComparedResult] = []
    for try await event in comparison {
      switch event {
      case .begin(let compared): begun.append(compared.unit)
      case .training: #expect(begun.count == ended.count + 1)
      case .end(let result): ended.append(result)
      }
    }
    #expect(begun == units && ended.map(\.compared.unit) == units)
    #expect(comparison.results.map(\.evaluations) == ended.map(\.evaluations))
    for result in ended {
      #expect(result.end == .finished && result.steps == 12)
      #expect(result.evaluations.map(\.step) == [5, 10, 12])
      #expect(result.best?.loss == result.evaluations.map(\.loss).min())
      #expect(abs(result.tokensPerSecond / (80 * result.stepsPerSecond) - 1) < 1e-9)
      #expect(result.stepsPerSecond > 0)
    }
  }

  /// What is compared is what `TextRun` trains.
  @Test(arguments: [SequenceUnit.gru, .tcn])
  func aUnitLearnsAsInARun(unit: SequenceUnit) async throws {
    var request = try request()
    let task = try TextComparison(request)
    let comparison = try UnitComparison(task, units: [.rnn, unit])
    for try await _ in comparison {}
    let compared = comparison.units[1]
    (request.model.cell, request.model.hidden, request.model.layers) = (
      unit, compared.hidden, compared.layers
    )
    let run = try TextRun(request, to: scratch.path + "/run")
    for try await _ in run {}
    #expect(comparison.results[1].best?.loss == run.trainer.progress.bestLoss)
    #expect(task.tokens == run.material.tokens)
  }

  @Test func whoStopsReadingStopsIt() async throws {
    let comparison = try UnitComparison(TextComparison(request()), units: Self.units)
    for try await event in comparison {
      if case .training(.evaluation) = event { break }
    }
    #expect(comparison.results.count == 1)
    #expect(comparison.results[0].end == nil && comparison.results[0].evaluations.count == 1)
  }

  @Test func aUnitThatDivergesDoesNotEndTheOthers() async throws {
    var request = try request()
    (request.configuration.learningRate, request.configuration.clip) = (1e12, 0)
    request.configuration.optimizer = .sgd()
    let comparison = try UnitComparison(TextComparison(request), units: [.tcn, .window])
    for try await _ in comparison {}
    #expect(comparison.results.count == 2)
    guard case .diverged = comparison.results[0].end else {
      Issue.record("\(String(describing: comparison.results[0].end))")
      return
    }
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    var request = try request()
    request.validation = .tail(0)
    #expect(throws: TextTrainingError.noValidation) {
      try UnitComparison(TextComparison(request), units: [.lstm])
    }
    request.validation = .tail(0.1)
    let error = #expect(throws: ModelDescriptionError.self) {
      try UnitComparison(TextComparison(request), units: [.recurrent(.mogrifierLSTM)])
    }
    #expect(error?.description.hasPrefix("Mogrifier LSTM 12 ") == true)
    // One unit of the window's reads 64 values of 16 steps, more than this LSTM learns.
    request.model.hidden = 2
    let remarks = try UnitComparison(TextComparison(request), units: [.lstm, .window]).remarks
    #expect(remarks.count == 1 && remarks[0].description.hasPrefix("window has 2,"), "\(remarks)")
  }

  @Test func inputsThatCanBeReadOnceAreKeptWhileItLasts() async throws {
    var request = try request()
    let text = String(repeating: "the sea came in.\n", count: 90)
    let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    request.inputs = [try scratch.write(utf16, "wide.txt")]
    let folder = scratch.path + "/kept"
    try await {
      let comparison = try UnitComparison(
        TextComparison(request, temporaryFolder: folder), units: [.rnn])
      #expect(scratch.names(in: "kept") == ["inputs"])
      for try await _ in comparison {}
      #expect(comparison.results[0].evaluations.count == 3)
    }()
    #expect(!scratch.names().contains("kept"))
  }
}
