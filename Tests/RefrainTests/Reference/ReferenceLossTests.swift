import Foundation
import TestSupport
import Testing

/// The loss, the clip and what else has an answer that can be worked out by hand.
struct ReferenceLossTests {
  @Test func equalLogitsGiveTheLogarithmOfTheVocabulary() {
    let head = ReferenceSoftmaxCrossEntropy<Double>(
      logits: [3, 3, 3, 3, -1, -1, -1, -1], targets: [2, 0], vocabulary: 4)
    #expect(abs(head.loss - log(4)) < 1e-15)
    #expect(head.gradient == [0.125, 0.125, -0.375, 0.125, -0.375, 0.125, 0.125, 0.125])
  }

  @Test func targetsOfMinusOneAreNotCounted() {
    let counted = ReferenceSoftmaxCrossEntropy<Double>(
      logits: [1, 2, 0], targets: [1], vocabulary: 3)
    let more = ReferenceSoftmaxCrossEntropy<Double>(
      logits: [5, 0, 9, 1, 2, 0], targets: [-1, 1], vocabulary: 3)
    #expect(more.loss == counted.loss)
    #expect(more.gradient == [0, 0, 0] + counted.gradient)
    let none = ReferenceSoftmaxCrossEntropy<Double>(
      logits: [1, 2, 0], targets: [-1], vocabulary: 3)
    #expect(none.loss == 0)
    #expect(none.gradient == [0, 0, 0])
  }

  @Test func hugeLogitsDoNotOverflow() {
    let head = ReferenceSoftmaxCrossEntropy<Float>(
      logits: [1000, -1000], targets: [1], vocabulary: 2)
    #expect(head.loss == 2000)
    #expect(head.gradient == [1, -1])
  }

  @Test func clippingBoundsTheNormOfAllTensorsTogether() {
    var gradients: ReferenceTensors<Double> = [
      "a": ReferenceTensor(shape: [2], values: [3, 0]),
      "b": ReferenceTensor(shape: [1], values: [-4]),
    ]
    let untouched = gradients
    #expect(referenceClip(&gradients, toNorm: 6) == 5)
    #expect(gradients == untouched)
    #expect(referenceClip(&gradients, toNorm: 1) == 5)
    #expect(abs(gradients["a"]!.values[0] - 0.6) < 1e-6)
    #expect(abs(gradients["b"]!.values[0] + 0.8) < 1e-6)
  }

  @Test func aStateCarriedOnGivesTheSameAsOneLongBatch() {
    var random = ReferenceRandom(seed: 9)
    let network = ReferenceNetwork<Double>.random(
      vocabulary: 5, layers: [.lstm(hidden: 4), .gru(hidden: 3)], using: &random)
    let whole = ReferenceBatch.random(steps: 6, sequences: 2, vocabulary: 5, using: &random)
    func part(_ range: Range<Int>) -> ReferenceBatch {
      ReferenceBatch(
        steps: 3, sequences: 2, tokens: Array(whole.tokens[range]),
        targets: Array(whole.targets[range]), starts: Array(whole.starts[range]))
    }
    let zero = network.zeroState(sequences: 2)
    let first = network.step(part(0..<6), from: zero)
    let second = network.step(part(6..<12), from: first.state)
    let both = network.step(whole, from: zero)
    #expect(first.logits + second.logits == both.logits)
    #expect(second.state == both.state)
  }
}
