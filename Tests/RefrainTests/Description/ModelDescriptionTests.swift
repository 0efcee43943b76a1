import Foundation
import Refrain
import Testing

/// Descriptions of networks of frames: what is refused and why, what is stored, what people read.
struct ModelDescriptionTests {
  /// The sentence that a description is refused with.
  private func refusal(
    _ input: ModelDescription.Input = .frames(8),
    _ output: ModelDescription.Output = .mixture(components: 2, size: 8, history: 0),
    @LayerBuilder layers: () -> [LayerDescription]
  ) throws -> String {
    let description = ModelDescription(input: input, output: output, layers: layers)
    let error = #expect(throws: ModelDescriptionError.self) { try description.validate() }
    return "\(try #require(error))"
  }

  private static let squares = ModelDescription.Output.linear(loss: .meanSquaredError)

  @Test func layersThatCannotStandWhereTheyDo() throws {
    #expect(
      try refusal {
        LSTM(4)
        LastStep()
        GRU(4)
      }
        == "A recurrent layer cannot stand there: after “last step” there is one step only.")
    #expect(
      try refusal {
        LSTM(4)
        LastStep()
        Dense(3)
        LastStep()
      }
        == "A second “last step” cannot stand there: after the first there is one step only.")
    for pooling: any LayerConvertible in [LastStep(), MeanOverTime(), MaxOverTime()] {
      let words = pooling.layer == MaxOverTime().layer ? "max" : "mean"
      let name = pooling.layer == LastStep().layer ? "last step" : "\(words) over time"
      #expect(
        try refusal {
          pooling
          Bidirectional(.lstm, 4)
        }
          == "A recurrent layer cannot stand there: after “\(name)” there is one step only.")
    }
    #expect(
      try refusal(.tokens(8), .softmax(8)) { Bidirectional(.gru, 4) }.hasPrefix(
        "GRU 4 in both directions cannot stand there: the tokens have to pass an embedding"))
    #expect(
      try refusal(.tokens(8), .softmax(8)) { Recurrent(.mogrifierLSTM, 4) }
        == "Mogrifier LSTM 4 cannot stand there: it alters what it reads, so tokens need an "
        + "embedding first; add one (`embedding` 64, for example).")
    #expect(
      try refusal(.tokens(8), .softmax(8)) { Bidirectional(.mogrifierLSTM, 4) }.contains(
        "`embedding`"))
    #expect(try refusal { Bidirectional(.gru, 0) }.contains("must be between 1 and"))
    #expect(
      try refusal { Embedding(4) }
        == "An embedding cannot stand there: it reads tokens, so it has to be the first layer.")
    for layer: any LayerConvertible in [BatchNorm(), Noise(0.1), LastStep(), Dropout(0.1)] {
      #expect(
        try refusal(.tokens(8), .softmax(8)) { layer.layer }.hasSuffix(
          "cannot stand there: the tokens have to pass an embedding or a recurrent layer first."))
    }
    #expect(
      try refusal(.tokens(8), .softmax(8)) { BatchNorm() }.hasPrefix("Batch norm cannot stand"))
  }

  @Test func convolutionsThatCannotBe() throws {
    #expect(
      try refusal {
        LSTM(4)
        LastStep()
        Convolution(3, width: 2)
      }
        == "A convolution over several steps cannot stand there: "
        + "after “last step” there is one step only.")
    #expect(
      try refusal { Convolution(9, width: 2, residual: true) }
        == "A residual convolution of size 9 cannot stand there: "
        + "its input, of size 8, is added to its output.")
    #expect(
      try refusal { Convolution(9, width: 0) }
        == "A convolution's width must be between 1 and 1024, not 0.")
    #expect(
      try refusal { Convolution(9, width: 2, dilation: 65_537) }
        == "A convolution's dilation must be between 1 and 65536, not 65537.")
    #expect(try refusal { Convolution(0, width: 2) }.hasPrefix("A convolution's size must"))
    for layer: any LayerConvertible in [Convolution(8, width: 3, dilation: 2), LayerNorm()] {
      #expect(
        try refusal(.tokens(8), .softmax(8)) { layer.layer }.hasSuffix(
          "cannot stand there: the tokens have to pass an embedding or a recurrent layer first."))
    }
    // One step of one is a dense layer, which may stand there.
    try ModelDescription(input: .frames(8), output: Self.squares) {
      Convolution(8, width: 2, residual: true)
      LastStep()
      Convolution(8, width: 1, residual: true)
    }.validate()
  }

  @Test func convolutionsInWords() throws {
    let description = ModelDescription(input: .tokens(8), output: .softmax(8)) {
      Embedding(9)
      Convolution(8, width: 3)
      LayerNorm()
      Convolution(8, width: 2, dilation: 4, activation: .relu, residual: true)
      Convolution(7, width: 1, activation: .tanh)
    }
    #expect(
      description.layersInWords
        == "embedding 9, convolution 8 over 3 steps, layer norm, "
        + "residual convolution 8 relu over 2 steps 4 apart, convolution 7 tanh over 1 step")
    #expect(
      try Network(description).parameterCount
        == 72 + (8 * 9 * 3 + 8) + 16 + (8 * 8 * 2 + 8) + (8 * 7 + 7) + (7 * 8 + 8))
  }

  @Test func outputsThatDoNotFit() throws {
    #expect(
      try refusal(.tokens(8), .mixture(components: 2, size: 8, history: 1)) { LSTM(4) }
        == "A history of frames of 8 values cannot stand there: "
        + "the network reads tokens, not frames.")
    #expect(
      try refusal(.frames(8), .mixture(components: 2, size: 7, history: 3)) { LSTM(4) }
        == "A history of frames of 7 values cannot stand there: the frames that are read have 8.")
    #expect(
      try refusal(.frames(8), .labels(0)) { LSTM(4) }
        == "The output must be between 1 and 2097152, not 0.")
    for layers in [[], [Noise(0.1).layer], [LastStep().layer, Dropout(0.1).layer]] {
      #expect(
        try refusal(.frames(8), Self.squares) { for layer in layers { layer } }
          == "An output without parameters of its own cannot stand there: "
          + "no layer before it has anything to learn.")
    }
  }

  @Test func valuesThatAreOutOfRange() throws {
    #expect(
      try refusal(.frames(0)) { LSTM(4) } == "A frame's size must be between 1 and 2097152, not 0.")
    for components in [0, -1, 65] {
      #expect(
        try refusal(.frames(8), .mixture(components: components, size: 8, history: 1)) { LSTM(4) }
          == "The number of Gaussians must be between 1 and 64, not \(components).")
    }
    for history in [-1, 65, .max, .min] {
      #expect(
        try refusal(.frames(8), .mixture(components: 1, size: 8, history: history)) { LSTM(4) }
          == "A history of \(history) frames cannot stand there: "
          + "a mixture looks back at none to 64.")
    }
    #expect(
      try refusal { Noise(-1) } == "The deviation of noise must be from 0 to 1000, not -1.0.")
    #expect(
      try refusal { Noise(.nan) } == "The deviation of noise must be from 0 to 1000, not nan.")
    #expect(
      try refusal { Dense(3, weightDecay: 1001) }
        == "A weight decay must be from 0 to 1000, not 1001.0.")
    #expect(
      try refusal { Dropout(1) } == "A dropout rate must be at least 0 and less than 1, not 1.0.")
  }

  /// A mixture's own layer is enough to learn something.
  @Test func aMixtureNeedsNoLayer() throws {
    let description = ModelDescription(
      input: .frames(3), output: .mixture(components: 2, size: 3, history: 3), layers: [])
    let workspace = Workspace(try Network(description), steps: 1, sequences: 1, mode: .training)
    let frames = FrameTable(size: 3)
    for value in [0.5, 1] as [Float] { frames.append([value, value, value]) }
    workspace.frames = frames
    #expect(
      workspace.gradient(Batch(steps: 1, sequences: 1, tokens: [0], targets: [1])).isFinite)
  }

  private let larger = ModelDescription(input: .frames(1025), output: squares) {
    BatchNorm()
    LSTM(128)
    Dropout(0.3)
    LSTM(128)
    LSTM(128)
    LastStep()
    Dense(1025, activation: .tanh, weightDecay: 0.002)
    Dense(1025)
  }

  @Test func everythingIsStored() throws {
    let descriptions = [
      larger,
      ModelDescription(input: .frames(8), output: .mixture(components: 3, size: 8, history: 4)) {
        Noise(0.05)
        GRU(9)
      },
      ModelDescription(input: .tokens(8), output: .labels(88)) { GRU(9) },
      ModelDescription(input: .frames(8), output: .labels(88)) {
        Convolution(8, width: 3, dilation: 2, activation: .relu, residual: true)
        LayerNorm()
      },
    ]
    for description in descriptions {
      let data = try JSONEncoder().encode(description)
      #expect(try JSONDecoder().decode(ModelDescription.self, from: data) == description)
    }
  }

  /// Dense layers had no weight decay once; without one, they are stored as then.
  @Test func olderDescriptionsAreRead() throws {
    let old = #"{"dense":{"size":3,"activation":"tanh"}}"#
    let layer = try JSONDecoder().decode(LayerDescription.self, from: Data(old.utf8))
    #expect(layer == Dense(3, activation: .tanh).layer)
    #expect(!String(decoding: try JSONEncoder().encode(layer), as: UTF8.self).contains("ecay"))
  }

  @Test func theLecturesLargerModelInATable() throws {
    #expect(
      try larger.summary() == """
        layer               outputs  parameters             multiply-adds
        frames                1,025                                      
        batch norm            1,025       2,050                          
        LSTM 128                128     590,848                   590,336
        dropout 0.3             128                                      
        LSTM 128                128     131,584                   131,072
        LSTM 128                128     131,584                   131,072
        last step               128                                      
        dense 1025 tanh       1,025     132,225              131,200 once
        dense 1025            1,025   1,051,650            1,050,625 once
        values as they are    1,025                                      
        total                         2,039,941  852,480 + 1,181,825 once
        multiply-adds: at each step; once: in each sequence
        """)
    #expect(try Network(larger).parameterCount == 2_037_891 + 2_050)
  }

  @Test func recurrentUnitsByName() throws {
    for (kind, name, words) in [
      (CellKind.rnn, "rnn", "RNN"), (.lstm, "lstm", "LSTM"), (.gru, "gru", "GRU"),
      (.peepholeLSTM, "peephole", "LSTM with peepholes"),
      (.coupledLSTM, "coupled", "LSTM with coupled gates"), (.minGRU, "mingru", "minGRU"),
      (.minLSTM, "minlstm", "minLSTM"), (.mogrifierLSTM, "mogrifier", "Mogrifier LSTM"),
      (.custom("peephole"), "custom:peephole", "peephole"),
    ] {
      #expect(kind.description == name && CellKind(name) == kind)
      let description = ModelDescription(input: .tokens(3), output: .softmax(3)) {
        Recurrent(kind, 128)
      }
      #expect(description.layersInWords == "\(words) 128")
    }
    #expect(CellKind("minGRU") == nil && CellKind("") == nil)
  }

  @Test func mixturesInWords() throws {
    // Three sums for the weights, 24 means and 24 deviations of eight values and a bias each; and eight
    // factors for each frame back.
    for (components, history, words, parameters) in [
      (3, 0, "dense, 3 Gaussians ", 51 * 9),
      (3, 1, "dense and 1 frame back, 3 Gaussians ", 51 * 9 + 8),
      (3, 4, "dense and 4 frames back, 3 Gaussians ", 51 * 9 + 32),
      (1, 0, "dense, 1 Gaussian ", 17 * 9),
    ] {
      let description = ModelDescription(
        input: .frames(8), output: .mixture(components: components, size: 8, history: history)
      ) { Noise(0.05) }
      let rows = try description.summary().split(separator: "\n")
      #expect(rows[2].hasPrefix("noise 0.05"))
      #expect(rows[3].hasPrefix(words) && rows[3].contains(" \(parameters) "))
      #expect(try Network(description).parameterCount == parameters)
    }
  }

  @Test func labelsInWords() throws {
    for (labels, words) in [(88, "dense and 88 sigmoids "), (1, "dense and 1 sigmoid ")] {
      let description = ModelDescription(input: .frames(8), output: .labels(labels)) { Noise(0.05) }
      let rows = try description.summary().split(separator: "\n")
      #expect(rows[3].hasPrefix(words) && rows[3].contains(" \(9 * labels) "))
      #expect(try Network(description).parameterCount == 9 * labels)
      #expect(description.predictsFrames && description.predictsLabels)
    }
  }

  /// At first a network expects what it has just read, as far as its means are zero.
  @Test(arguments: [1, 4]) func historyBeginsWithTheNewestFrame(history: Int) throws {
    let network = try Network(
      ModelDescription(
        input: .frames(17), output: .mixture(components: 2, size: 17, history: history), layers: [])
    )
    #expect(network.shape(of: "output.history") == [17 * history])
    #expect(
      network.values(of: "output.history") == (0..<17 * history).map { $0 < 17 ? 1 : 0 })
  }

  @Test func withoutAHistoryThereAreNoFactors() throws {
    let network = try Network(
      ModelDescription(
        input: .frames(17), output: .mixture(components: 2, size: 17, history: 0), layers: []))
    #expect(!network.parameterNames.contains("output.history"))
  }
}
