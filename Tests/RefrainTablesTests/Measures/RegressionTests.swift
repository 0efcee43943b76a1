import RefrainTables
import TestSupport
import Testing

struct RegressionTests {
  @Test func simpleCases() {
    var measures = RegressionMeasures()
    #expect(measures.meanSquaredError == 0 && measures.meanAbsoluteError == 0)
    measures.add(1, target: 3)
    #expect(measures.determination == 0)
    measures.add(5, target: 4)
    #expect(measures.count == 2)
    #expect(measures.meanSquaredError == 2.5 && measures.meanAbsoluteError == 1.5)
    #expect(measures.determination == 1 - 5 / 0.5)

    var constant = RegressionMeasures()
    for _ in 0..<3 { constant.add(7, target: 7) }
    #expect(constant.determination == 1)
  }

  /// Figures of scikit-learn, one with targets far from 0.
  @Test(arguments: try MeasuresFixture(named: "measures-scikit-learn").regression)
  func agreesWithScikitLearn(expected: MeasuresFixture.Regression) {
    var measures = RegressionMeasures()
    for (target, prediction) in zip(expected.targets, expected.predictions) {
      measures.add(prediction, target: target)
    }
    #expect(abs(measures.meanSquaredError / expected.meanSquaredError - 1) < 1e-12)
    #expect(abs(measures.meanAbsoluteError / expected.meanAbsoluteError - 1) < 1e-12)
    #expect(abs(measures.determination - expected.determination) < 1e-9)
  }
}
