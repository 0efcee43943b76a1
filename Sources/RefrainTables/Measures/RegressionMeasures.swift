/// How well numbers are predicted.
public struct RegressionMeasures: Equatable, Sendable {
  /// How many predictions were added.
  public private(set) var count = 0

  private var squaredErrors = 0.0
  private var absoluteErrors = 0.0
  private var mean = 0.0
  /// Of the targets from their mean, carried on as they come (Welford 1962): the difference of two large
  /// sums would lose digits.
  private var squaredDeviations = 0.0

  /// Measures of nothing yet.
  public init() {}

  /// Adds a prediction of `target`.
  public mutating func add(_ prediction: Double, target: Double) {
    let error = prediction - target
    squaredErrors += error * error
    absoluteErrors += abs(error)
    count += 1
    let deviation = target - mean
    mean += deviation / Double(count)
    squaredDeviations += deviation * (target - mean)
  }

  /// The mean of the squared errors; 0 where nothing was added.
  public var meanSquaredError: Double { count == 0 ? 0 : squaredErrors / Double(count) }

  /// The square root of ``meanSquaredError``, in the numbers' own unit.
  public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  /// The mean of the errors' sizes; 0 where nothing was added.
  public var meanAbsoluteError: Double { count == 0 ? 0 : absoluteErrors / Double(count) }

  /// R², the share of the targets' variance that the predictions explain: 1 is perfect, 0 no better than
  /// always their mean, and less than 0 worse.
  ///
  /// Where the targets are all the same it is 1 without an error, otherwise 0.
  public var determination: Double {
    if squaredDeviations > 0 { return 1 - squaredErrors / squaredDeviations }
    return squaredErrors == 0 ? 1 : 0
  }
}
