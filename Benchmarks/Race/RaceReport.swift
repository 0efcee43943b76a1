internal import Charts
internal import Foundation

/// What a race leaves: numbers for spreadsheets, a table and a picture for pages.
package struct RaceReport {
  /// The loss that all are timed to.
  package static let goal = 1.88

  private let curves: [Curve]

  package init(_ curves: [Curve]) { self.curves = curves }

  /// One line per evaluation.
  package var csv: String {
    let lines = curves.flatMap { curve in
      curve.points.map { point in
        "\"\(curve.name)\",\(fixed(point.seconds, 1)),\(point.tokens),\(fixed(point.loss, 4))\n"
      }
    }
    return "training,seconds,tokens,validation_loss\n" + lines.joined()
  }

  /// A line per training, as Markdown.
  package var table: String {
    var lines = [
      "| training | seconds to \(Self.goal) | best validation loss | after seconds | tokens read |",
      "|---|--:|--:|--:|--:|",
    ]
    for curve in curves {
      guard let best = curve.best else { continue }
      let reached = curve.seconds(to: Self.goal).map { fixed($0, 1) } ?? "–"
      let millions = fixed(Double(best.tokens) / 1e6, 1)
      lines.append(
        "| \(curve.name) | \(reached) | \(fixed(best.loss, 3)) | \(fixed(best.seconds, 0)) "
          + "| \(millions) M |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Validation loss against seconds.
  package var picture: String {
    LineChart(
      title: "Validation loss on the last tenth of the text",
      xAxis: Axis("seconds", .logarithmic), yAxis: Axis("nats per character"),
      series: curves.filter { !$0.points.isEmpty }.map { curve in
        Series(curve.name, curve.points.map { ($0.seconds, $0.loss) })
      }
    ).svg
  }

  /// Writes `race.csv`, `race.md` and `race.svg` into a folder.
  package func write(to folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    for (name, text) in [("race.csv", csv), ("race.md", table), ("race.svg", picture)] {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
  }

  private func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
