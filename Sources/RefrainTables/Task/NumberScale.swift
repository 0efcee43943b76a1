/// What makes numbers of mean 0 and standard deviation 1 of the training rows' numbers, column by column, and
/// the other way round.
public struct NumberScale: Equatable, Sendable {
  /// The mean of every column. `[K]`
  public let means: [Double]
  /// The standard deviation of every column, above 0; 1 for a column whose numbers are all the same. `[K]`
  public let deviations: [Double]

  /// The number of columns: `K`.
  public var size: Int { means.count }

  /// The scale of these rows, each with a number per column; at least one row.
  init(_ rows: some Collection<[Double]>) {
    precondition(!rows.isEmpty, "a scale is taken from at least one row")
    // Mean and squared deviations carried on as they come (Welford 1962).
    var means = Array(repeating: 0.0, count: rows.first?.count ?? 0)
    var squares = means
    for (index, row) in rows.enumerated() {
      for (column, value) in row.enumerated() {
        let deviation = value - means[column]
        means[column] += deviation / Double(index + 1)
        squares[column] += deviation * (value - means[column])
      }
    }
    self.means = means
    deviations = zip(squares, means).map { square, mean in
      let deviation = (square / Double(rows.count)).squareRoot()
      // Of numbers that are all the same, rounding may leave a little.
      return deviation > 1e-12 * abs(mean) && deviation.isNormal ? deviation : 1
    }
  }

  /// The numbers of a row as a network reads and predicts them.
  func scaled(_ row: [Double]) -> [Float] {
    row.indices.map { Float((row[$0] - means[$0]) / deviations[$0]) }
  }

  /// The numbers that a network predicted.
  func original(_ row: [Float]) -> [Double] {
    row.indices.map { Double(row[$0]) * deviations[$0] + means[$0] }
  }
}

extension NumberScale: Codable {
  private enum CodingKeys: String, CodingKey { case means, deviations }

  /// Decodes means and deviations.
  ///
  /// - Throws: `DecodingError` if there are not as many of both, or a number is impossible.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    means = try container.decode([Double].self, forKey: .means)
    deviations = try container.decode([Double].self, forKey: .deviations)
    guard !means.isEmpty, means.count == deviations.count, means.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .means, in: container,
        debugDescription: "a scale needs as many means as deviations, and these above 0")
    }
  }
}
