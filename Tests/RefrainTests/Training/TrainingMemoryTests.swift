import Refrain
import Testing

@Suite("The memory of a training")
struct TrainingMemoryTests {
  private let small = ModelDescription(
    input: .tokens(9), output: .softmax(9), layers: [.recurrent(cell: .gru, hidden: 12)])

  private func memory(
    _ description: ModelDescription, _ configuration: TrainingConfiguration, count: Int
  ) throws -> TrainingMemory {
    let tokens = (0..<count).map { Int32($0 % 9) }
    return try TrainingMemory(
      description, configuration, training: .stream(InMemoryCorpus(tokens: tokens)), validation: nil
    )
  }

  @Test func lessToLearnMakesASmallerWorkspace() throws {
    var configuration = TrainingConfiguration()
    (configuration.sequenceLength, configuration.batchSize) = (20, 30)
    func workspace(_ count: Int) throws -> Double {
      try memory(small, configuration, count: count).workspace
    }
    let size = try MemorySize(small)
    #expect(
      try workspace(10_000) == size.workspace(steps: 20, sequences: 30, mode: .training))
    #expect(try workspace(101) == size.workspace(steps: 20, sequences: 5, mode: .training))
  }

  @Test("A setting that cannot be is refused before anything is counted", arguments: [0, -1, .min])
  func impossible(_ length: Int) {
    var configuration = TrainingConfiguration()
    configuration.sequenceLength = length
    #expect(throws: TrainingConfigurationError.self) {
      try memory(small, configuration, count: 100)
    }
  }

  @Test func whatNoMachineHasIsRefusedBySize() throws {
    let large = ModelDescription(
      input: .tokens(9), output: .softmax(9),
      layers: Array(repeating: .recurrent(cell: .gru, hidden: 1 << 21), count: 8))
    let needed = try memory(large, TrainingConfiguration(), count: 10_000)
    let error = #expect(throws: TrainingMemoryError.self) { try needed.check() }
    #expect(error?.description.contains("more than a million GiB") == true)
    #expect(error.map { $0.needed > $0.available } == true)
    try memory(small, TrainingConfiguration(), count: 10_000).check()
  }
}
