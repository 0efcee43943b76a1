import Charts
import Refrain
import RefrainTools

/// The validation losses of all units over time.
struct ComparisonPicture {
  /// A line of so many points is clearer without a marker at each.
  private static let mostMarkers = 30

  private let comparison: UnitComparison
  private let words: ComparisonWords

  init(_ comparison: UnitComparison, _ words: ComparisonWords) {
    self.comparison = comparison
    self.words = words
  }

  /// The text of an SVG file; nil where nothing has been evaluated yet.
  var svg: String? {
    let results = comparison.results.filter { !$0.evaluations.isEmpty }
    if results.isEmpty { return nil }
    return LineChart(
      title: "Validation loss of networks of about \(comparison.parameters.grouped) parameters",
      xAxis: Axis("seconds of training", fromZero: true),
      yAxis: Axis(words.measure),
      series: results.map { result in
        Series(
          result.compared.unit.description, result.evaluations.map { ($0.seconds, $0.loss) },
          hasMarkers: result.evaluations.count <= Self.mostMarkers)
      }
    ).svg
  }
}
