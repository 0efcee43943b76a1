import Refrain
import RefrainTables
import TestSupport
import Testing

struct ClassificationTests {
  @Test func aSmallMatrix() {
    var matrix = ConfusionMatrix(classes: 3)
    #expect(matrix.accuracy == 0 && matrix.macroF1 == 0 && matrix.total == 0)
    for (target, prediction) in [(0, 0), (0, 0), (0, 1), (1, 1), (1, 0)] {
      matrix.add(target: target, prediction: prediction)
    }
    #expect(matrix[target: 0, prediction: 1] == 1 && matrix[target: 0, prediction: 0] == 2)
    #expect(matrix.total == 5 && matrix.accuracy == 0.6)
    #expect(matrix.examples(of: 0) == 3 && matrix.predictions(of: 1) == 2)
    #expect(matrix.precision(of: 1) == 0.5 && matrix.recall(of: 0) == 2.0 / 3)
    // Nothing is of class 2 or was taken for it: it does not count.
    #expect(matrix.f1(of: 2) == 0 && matrix.precision(of: 2) == 0 && matrix.recall(of: 2) == 0)
    #expect(matrix.macroF1 == (2.0 / 3 + 0.5) / 2)
  }

  /// Figures of scikit-learn.
  @Test(arguments: try MeasuresFixture(named: "measures-scikit-learn").classification)
  func agreesWithScikitLearn(expected: MeasuresFixture.Classification) {
    var matrix = ConfusionMatrix(classes: expected.classes)
    for (target, prediction) in zip(expected.targets, expected.predictions) {
      matrix.add(target: target, prediction: prediction)
    }
    for target in 0..<expected.classes {
      for prediction in 0..<expected.classes {
        #expect(
          matrix[target: target, prediction: prediction] == expected.confusion[target][prediction])
      }
      #expect(abs(matrix.precision(of: target) - expected.precision[target]) < 1e-15)
      #expect(abs(matrix.recall(of: target) - expected.recall[target]) < 1e-15)
      #expect(abs(matrix.f1(of: target) - expected.f1[target]) < 1e-15)
      #expect(matrix.examples(of: target) == expected.support[target])
    }
    #expect(abs(matrix.accuracy - expected.accuracy) < 1e-15)
    #expect(abs(matrix.macroF1 - expected.macroF1) < 1e-15)
  }
}
