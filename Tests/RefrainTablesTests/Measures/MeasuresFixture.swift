import TestSupport

/// What `make_table_fixtures.py` writes.
struct MeasuresFixture: Fixture {
  struct Classification: Decodable, Sendable {
    let classes: Int
    let targets: [Int]
    let predictions: [Int]
    let confusion: [[Int]]
    let precision: [Double]
    let recall: [Double]
    let f1: [Double]
    let support: [Int]
    let accuracy: Double
    let macroF1: Double
  }

  struct Regression: Decodable, Sendable {
    let targets: [Double]
    let predictions: [Double]
    let meanSquaredError: Double
    let meanAbsoluteError: Double
    let determination: Double
  }

  let classification: [Classification]
  let regression: [Regression]
}
