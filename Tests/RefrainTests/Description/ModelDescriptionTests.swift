import Foundation
import Refrain
import Testing

/// Descriptions of networks of frames: what is refused and why, what is stored, what people read.
struct ModelDescriptionTests {
  /// The sentence that a description is refused with.
  private func refusal(
    _ input: ModelDescription.Input = .frames(8),
    _ output: ModelDescription.Output = .mixture(components: 2, size: 8, of: .frame),
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

  @Test func outputsThatDoNotFit() throws {
    #expect(
      try refusal(.frames(8), .softmax(8)) { LSTM(4) }
        == "An output of tokens cannot stand there: "
        + "the network reads frames, and so must what it says be.")
    #expect(
      try refusal(.tokens(8), .mixture(components: 2, size: 8, of: .frame)) { LSTM(4) }
        == "An output of frames cannot stand there: "
        + "the network reads tokens, and so must what it says be.")
    #expect(
      try refusal(.frames(8), Self.squares) { LSTM(4) }
        == "An output of 4 values cannot stand there: the frames that are read have 8.")
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
        try refusal(.frames(8), .mixture(components: components, size: 8, of: .change)) { LSTM(4) }
          == "The number of Gaussians must be between 1 and 64, not \(components).")
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
      input: .frames(3), output: .mixture(components: 2, size: 3, of: .change), layers: [])
    let workspace = Workspace(try Network(description), steps: 1, sequences: 1, mode: .training)
    let frames = FrameTable(size: 3, capacity: 2)
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
      ModelDescription(input: .frames(8), output: .mixture(components: 3, size: 8, of: .change)) {
        Noise(0.05)
        GRU(9)
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
        layer            outputs  parameters
        frames             1,025            
        batch norm         1,025       2,050
        LSTM 128             128     590,848
        dropout 0.3          128            
        LSTM 128             128     131,584
        LSTM 128             128     131,584
        last step            128            
        dense 1025 tanh    1,025     132,225
        dense 1025         1,025   1,051,650
        the next frame     1,025            
        total                      2,039,941
        """)
    #expect(try Network(larger).parameterCount == 2_037_891 + 2_050)
  }

  @Test func mixturesInWords() throws {
    for (target, words) in [
      (ModelDescription.MixtureTarget.frame, "dense and 3 Gaussians of the next frame"),
      (.change, "dense and 3 Gaussians of the change to the next frame"),
    ] {
      let description = ModelDescription(
        input: .frames(8), output: .mixture(components: 3, size: 8, of: target)
      ) { Noise(0.05) }
      let rows = try description.summary().split(separator: "\n")
      #expect(rows[2].hasPrefix("noise 0.05"))
      // Three sums for the weights, 24 means and 24 deviations of eight values.
      #expect(rows[3].hasPrefix(words) && rows[3].hasSuffix("459"))
    }
  }
}
