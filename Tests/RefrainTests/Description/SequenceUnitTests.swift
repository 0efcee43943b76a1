import Foundation
import Refrain
import Testing

struct SequenceUnitTests {
  private static let units: [SequenceUnit] = [
    .rnn, .lstm, .gru, .recurrent(.minGRU), .recurrent(.custom("mine")), .tcn, .window,
  ]

  @Test(arguments: units)
  func isWrittenByItsName(unit: SequenceUnit) throws {
    let data = try JSONEncoder().encode([unit])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(unit)\"]")
    #expect(try JSONDecoder().decode([SequenceUnit].self, from: data) == [unit])
    #expect(SequenceUnit(unit.description) == unit)
    #expect(unit.isRecurrent == (unit != .tcn && unit != .window))
  }

  @Test func otherNamesAreNone() {
    #expect(SequenceUnit("transformer") == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([SequenceUnit].self, from: Data("[\"transformer\"]".utf8))
    }
  }

  @Test func layersAreThoseOfTheLiterature() {
    #expect(
      SequenceUnit.lstm.layers(inputs: 0, hidden: 5, count: 2, dropout: 0.5)
        == [
          .recurrent(cell: .lstm, hidden: 5), .dropout(rate: 0.5),
          .recurrent(cell: .lstm, hidden: 5), .dropout(rate: 0.5),
        ])
    #expect(
      SequenceUnit.tcn.layers(inputs: 3, hidden: 5, count: 3)
        == [(1, false), (2, true), (4, true)].map { dilation, isResidual in
          .convolution(
            size: 5, width: 3, dilation: dilation, activation: .relu, isResidual: isResidual)
        })
    #expect(
      SequenceUnit.window.layers(inputs: 5, hidden: 5, count: 2)
        == [
          .convolution(size: 5, width: 16, dilation: 1, activation: .tanh, isResidual: false),
          .dense(size: 5, activation: .tanh),
        ])
  }

  /// The steps that one step of the whole network sees.
  private func seen(by layers: [LayerDescription]) -> Int {
    layers.reduce(1) { sum, layer in
      guard case .convolution(_, let width, let dilation, _, _) = layer else { return sum }
      return sum + (width - 1) * dilation
    }
  }

  @Test(arguments: [1, 3, 4, 7, 50, 64, 2047])
  func enoughLayersSeeAllSteps(steps: Int) {
    let count = SequenceUnit.tcn.layers(seeing: steps)
    let layers = SequenceUnit.tcn.layers(inputs: 4, hidden: 4, count: count)
    #expect(seen(by: layers) >= steps)
    #expect(count == 1 || seen(by: Array(layers.dropLast())) < steps)
    #expect(seen(by: layers) == (1 << (count + 1)) - 1)
  }

  /// A hundred layers are still a network: distances begin anew after the tenth.
  @Test func distancesHaveALimit() throws {
    let layers = SequenceUnit.tcn.layers(inputs: 2, hidden: 2, count: 100)
    #expect(SequenceUnit.tcn.layers(seeing: 1_000_000) == 10)
    #expect(layers[10] == layers[0] && layers[9] != layers[0])
    try ModelDescription(input: .frames(2), output: .softmax(2), layers: layers).validate()
  }

  @Test func parametersAreCounted() throws {
    let description = ModelDescription(input: .tokens(7), output: .softmax(3)) {
      Embedding(4)
      Convolution(5, width: 3)
    }
    #expect(try description.parameterCount() == 7 * 4 + (4 * 3 + 1) * 5 + (5 + 1) * 3)
    #expect(try Network(description, seed: 1).parameterCount == description.parameterCount())
  }
}
