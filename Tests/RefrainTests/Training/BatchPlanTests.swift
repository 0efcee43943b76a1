import Refrain
import Testing

extension TrainingTests {
  /// The batches that a corpus allows.
  @Suite("Batch plan")
  struct BatchPlanTests {
    private func fitting(
      _ lengths: [Int], onlyLast: Bool, _ steps: Int, _ sequences: Int
    ) throws -> [Int] {
      let table = FrameTable(size: 2)
      for length in lengths {
        table.beginRecording()
        for _ in 0..<length { table.append([1, 2]) }
      }
      let description = ModelDescription(
        input: .frames(2), output: .linear(loss: .meanSquaredError)
      ) {
        LSTM(3)
        if onlyLast { LastStep() }
        Dense(2)
      }
      let fitting = try BatchPlan(.stream(FrameCorpus(table)), for: description).fitting(
        steps: steps, sequences: sequences)
      return [fitting.steps, fitting.sequences]
    }

    /// As many windows as there are, of as many steps as the longest document allows.
    @Test func windowsAreAsLongAndManyAsTheDocumentsAllow() throws {
      #expect(try fitting([60], onlyLast: true, 50, 10) == [50, 10])
      #expect(try fitting([59], onlyLast: true, 50, 10) == [50, 9])
      #expect(try fitting([51], onlyLast: true, 50, 10) == [50, 1])
      #expect(try fitting([50], onlyLast: true, 50, 10) == [49, 1])
      #expect(try fitting([7, 9, 2, 1], onlyLast: true, 5, 10) == [5, 6])
      #expect(try fitting([7, 9, 2, 1], onlyLast: true, 100, 10) == [8, 1])
      #expect(try fitting([2], onlyLast: true, 100, 10) == [1, 1])
    }

    @Test func streamsReadDocumentsOneAfterTheOther() throws {
      #expect(try fitting([7, 9, 2, 1], onlyLast: false, 5, 10) == [5, 3])
      #expect(try fitting([7, 9, 2, 1], onlyLast: false, 100, 10) == [18, 1])
    }

    /// A stream has no end to read it from, but a window has.
    @Test func whatReadsFromBothEndsNeedsAnEnd() throws {
      let corpus = InMemoryCorpus(tokens: [0, 1, 2, 0, 1, 2, 0, 1, 2])
      func plan(@LayerBuilder _ layers: () -> [LayerDescription]) throws {
        _ = try BatchPlan(
          .stream(corpus),
          for: ModelDescription(input: .tokens(3), output: .softmax(3), layers: layers))
      }
      #expect(throws: TrainingConfigurationError.readsFromTheEnd) {
        try plan {
          Embedding(2)
          Bidirectional(.lstm, 2)
        }
      }
      try plan {
        Embedding(2)
        Bidirectional(.lstm, 2)
        MaxOverTime()
      }
    }
  }
}
