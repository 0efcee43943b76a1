import Foundation
import PeepholeLSTM
import Refrain
import Testing

/// What a workspace takes is known before, and is what `Documentation/Memory.md` says of examples.
struct MemorySizeTests {
  private static let sizes = [1, 7, 8, 9, 17, 33]
  private static let cells = CellKind.builtIn.filter(\.readsTokens)
  private static let modes: [Workspace.Mode] = [.training, .inference]
  /// Small batches, one of many rows, and one step, as for generating.
  private static let batches = [(1, 1), (3, 5), (7, 13), (40, 50), (1, 9)]

  private func stack(_ cell: CellKind, _ hidden: Int, _ layers: Int) -> ModelDescription {
    ModelDescription(input: .tokens(65), output: .softmax(65)) {
      for _ in 0..<layers { Recurrent(cell, hidden) }
    }
  }

  private func expectKnown(_ description: ModelDescription, cells: [CustomCell] = []) throws {
    let network = try Network(description, cells: cells)
    let size = try MemorySize(description, cells: cells)
    #expect(size.network == Double(network.byteCount))
    for (steps, sequences) in Self.batches {
      for mode in Self.modes {
        let workspace = Workspace(
          network, steps: steps, sequences: sequences, mode: mode, threads: 1)
        #expect(
          size.workspace(steps: steps, sequences: sequences, mode: mode)
            == Double(workspace.byteCount), "\(steps) x \(sequences), \(mode)")
      }
    }
  }

  @Test(arguments: cells, sizes)
  func isExactForStacksOfLayers(_ cell: CellKind, _ hidden: Int) throws {
    for layers in 1...3 { try expectKnown(stack(cell, hidden, layers)) }
  }

  @Test func isExactForEveryOtherLayer() throws {
    try expectKnown(
      ModelDescription(input: .tokens(30), output: .softmax(17)) {
        Embedding(9)
        Dropout(0)
        Recurrent(.custom("peephole"), 33)
        Dropout(0.2)
        Dense(21, activation: .tanh)
        GRU(7)
      }, cells: [CustomCell("peephole", PeepholeLSTM())])
  }

  @Test(arguments: sizes, sizes) func isExactForUnitsThatAlterTheirInput(_ hidden: Int, size: Int)
    throws
  {
    try expectKnown(
      ModelDescription(input: .tokens(30), output: .softmax(17)) {
        Embedding(size)
        Recurrent(.mogrifierLSTM, hidden)
        Recurrent(.mogrifierLSTM, 21)
      })
    try expectKnown(
      ModelDescription(input: .frames(size), output: .linear(loss: .meanSquaredError)) {
        Recurrent(.mogrifierLSTM, hidden)
      })
  }

  @Test(arguments: cells + [.mogrifierLSTM], [7, 16]) func isExactForWholeSequences(
    _ cell: CellKind, _ hidden: Int
  ) throws {
    for pooling in [LayerDescription.lastStep, .meanOverTime, .maxOverTime] {
      try expectKnown(
        ModelDescription(input: .tokens(30), output: .softmax(17)) {
          Embedding(9)
          Bidirectional(cell, hidden)
          Bidirectional(cell, 33)
          pooling
          Dense(9)
        })
      try expectKnown(
        ModelDescription(input: .frames(9), output: .linear(loss: .meanSquaredError)) {
          Bidirectional(cell, hidden)
          pooling
          Dense(9)
        })
    }
  }

  @Test(arguments: sizes) func isExactForConvolutions(size: Int) throws {
    for (width, dilation) in [(1, 1), (2, 1), (3, 4)] {
      for residual in [true, false] {
        try expectKnown(
          ModelDescription(input: .tokens(30), output: .softmax(17)) {
            Embedding(9)
            Convolution(size, width: width, dilation: dilation, activation: .relu)
            LayerNorm()
            Convolution(size, width: width, dilation: dilation, residual: residual)
            Dense(21, activation: .relu)
          })
      }
      try expectKnown(
        ModelDescription(input: .frames(21), output: .labels(3)) {
          Convolution(size, width: width, dilation: dilation)
          LastStep()
          LayerNorm()
          Convolution(9, width: 1)
        })
    }
  }

  @Test(arguments: [0, 1, 4]) func isExactForMixtures(history: Int) throws {
    let output = ModelDescription.Output.mixture(components: 3, size: 33, history: history)
    try expectKnown(
      ModelDescription(input: .frames(33), output: output) {
        Noise(0.1)
        Dropout(0.1)
        LSTM(17)
        BatchNorm()
        GRU(9)
      })
    try expectKnown(
      ModelDescription(input: .frames(33), output: output) {
        LSTM(17)
        LastStep()
        Dense(9)
      })
  }

  @Test(arguments: sizes) func isExactForLabels(size: Int) throws {
    try expectKnown(
      ModelDescription(input: .tokens(30), output: .labels(size)) {
        LSTM(17)
        Dropout(0.2)
      })
    try expectKnown(
      ModelDescription(input: .frames(21), output: .labels(size)) {
        GRU(9)
        MeanOverTime()
        BatchNorm()
      })
    try expectKnown(ModelDescription(input: .frames(21), output: .labels(size), layers: []))
  }

  @Test func isExactForSquaredErrors() throws {
    try expectKnown(
      ModelDescription(input: .frames(21), output: .linear(loss: .meanSquaredError)) {
        BatchNorm()
        LSTM(17)
        LastStep()
        Dropout(0.2)
        Dense(40, activation: .tanh, weightDecay: 0.001)
        Dense(21)
      })
  }

  @Test(arguments: WeightFormat.allCases)
  func isExactForWeightsInFewerBytes(_ weights: WeightFormat) throws {
    let description = ModelDescription(input: .tokens(65), output: .softmax(65)) {
      LSTM(33)
      Dense(21)
      GRU(17)
      Convolution(33, width: 3)
      Recurrent(.minGRU, 9)
      Recurrent(.mogrifierLSTM, 20)
    }
    let workspace = Workspace(
      try Network(description), steps: 32, sequences: 1, mode: .inference, weights: weights,
      threads: 1)
    let size = try MemorySize(description).workspace(
      steps: 32, sequences: 1, mode: .inference, weights: weights)
    #expect(size == Double(workspace.byteCount))
  }

  @Test func isExactForLargeMatrices() throws {
    let description = stack(.lstm, 256, 2)
    let network = try Network(description)
    let size = try MemorySize(description)
    #expect(size.network == Double(network.byteCount))
    let workspace = Workspace(network, steps: 50, sequences: 64, mode: .training, threads: 1)
    #expect(
      size.workspace(steps: 50, sequences: 64, mode: .training) == Double(workspace.byteCount))
  }

  private static let kinds = [
    ModelDescription(input: .tokens(9), output: .softmax(9)) {
      Embedding(8)
      Convolution(8, width: 1024, dilation: 1 << 16)
      Recurrent(.mogrifierLSTM, 8)
      Bidirectional(.gru, 8)
      LayerNorm()
      Dropout(0.1)
      MaxOverTime()
    },
    ModelDescription(input: .frames(9), output: .mixture(components: 64, size: 9, history: 64)) {
      BatchNorm()
      LSTM(8)
      Noise(0.1)
    },
    ModelDescription(
      input: .tokens(9), output: .labels(9),
      encoder: .init(input: .tokens(9)) { LSTM(8) }
    ) {
      Recurrent(.gru, 8)
      RepeatOverTime()
      Attention(8)
    },
  ]

  @Test(
    "Sizes that no machine has are counted, too", arguments: kinds,
    [(1 << 30, 1 << 30), (1, .max), (.max, 1), (.max, .max)])
  func absurd(_ description: ModelDescription, _ batch: (steps: Int, sequences: Int)) throws {
    let size = try MemorySize(description)
    for weights in WeightFormat.allCases {
      let bytes = size.workspace(
        steps: batch.steps, sequences: batch.sequences, mode: .training, weights: weights)
      #expect(bytes.isFinite && bytes > 0x1p56)
    }
  }

  @Test func countsTheLargestNetworkAtOnce() throws {
    let large = ModelDescription(
      input: .frames(1 << 21), output: .mixture(components: 64, size: 1 << 21, history: 64),
      layers: (0..<1000).map { _ in
        .convolution(
          size: 1 << 21, width: 1024, dilation: 1 << 16, activation: .relu, isResidual: true)
      })
    let size = try MemorySize(large)
    #expect(size.parameters > 0x1p63)
    #expect(size.workspace(steps: .max, sequences: .max, mode: .training) > 0x1p80)
  }

  @Test func refusesWhatCannotBeANetwork() {
    #expect(throws: ModelDescriptionError.unknownCell("peephole")) {
      try MemorySize(
        ModelDescription(input: .tokens(3), output: .softmax(3)) {
          Recurrent(.custom("peephole"), 4)
        })
    }
  }

  // MARK: - What the documentation says

  private static let examples: [(CellKind, V: Int, H: Int, L: Int, T: Int)] = [
    (.lstm, 28, 28, 1, 50), (.lstm, 65, 128, 2, 50), (.gru, 65, 128, 2, 50),
    (.lstm, 65, 512, 3, 100),
  ]

  @Test func theDocumentationsExamplesAreRight() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let page = try String(
      contentsOf: root.appending(path: "Documentation/Memory.md"), encoding: .utf8)
    for (cell, V, H, L, T) in Self.examples {
      let size = try MemorySize(
        ModelDescription(input: .tokens(V), output: .softmax(V)) {
          for _ in 0..<L { Recurrent(cell, H) }
        })
      let columns = [
        4 * size.parameters, size.workspace(steps: T, sequences: 50, mode: .training),
        size.workspace(
          steps: Evaluator.steps, sequences: Evaluator.mostStreams, mode: .inference),
        2 * size.parameters + size.workspace(steps: 32, sequences: 1, mode: .inference),
      ].map { String(format: "%.1f", $0 / 1e6) }
      let name = "\("\(cell)".uppercased()) \(H) × \(L), V \(V)"
      let row = "| \(name) | \(T) × 50 | " + columns.joined(separator: " | ") + " |"
      #expect(page.contains(row), "\(row)")
    }
  }

  private func padded(_ n: Int) -> Int { (n + 15) / 16 * 16 }

  /// What a stack of recurrent layers takes, worked out by hand, in bytes.
  private func formula(
    _ unit: RecurrentUnit, T: Int, B: Int, V: Int, H: Int, L: Int, _ mode: Workspace.Mode
  ) -> Int {
    let (g, m, s, own) = unit.vectors
    let (gi, gh) = (unit.inputBlocks.count, unit.recurrentBlocks.count)
    let (R, h, v) = (T * B, padded(H), padded(V))
    var values = L * (R * h * (g + s + 2 * (1 + m)) + B * h * (1 + m))
    values += R * (v + 20)
    if mode == .training {
      values += L * (R * h * (1 + own) + B * h * (2 + m) + gh * h * h)
      values += (L - 1) * gi * h * h + v * h
    }
    return 4 * values
  }

  @Test(arguments: cells, modes)
  func differsFromTheFormulaByRoundingOnly(_ cell: CellKind, _ mode: Workspace.Mode) throws {
    let unit = try #require(cell.unit)
    for hidden in Self.sizes {
      for layers in 1...3 {
        for (T, B) in Self.batches {
          let bytes = try MemorySize(stack(cell, hidden, layers)).workspace(
            steps: T, sequences: B, mode: mode)
          let beyond =
            bytes - Double(formula(unit, T: T, B: B, V: 65, H: hidden, L: layers, mode))
          // Twelve matrices of a layer and seven others take up to 64 bytes
          // more, and 64 per panel, of which the gates have the most.
          let matrices = Double(12 * layers + 7)
          #expect(beyond >= 0 && beyond <= matrices * 64 * Double(1 + padded(hidden) / 4))
        }
      }
    }
  }
}
