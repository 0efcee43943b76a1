internal import Charts

/// The measured speeds as a page and its pictures.
struct ScalingReport {
  let sweeps: [Sweep]
  let speeds: [Point: Double]
  let rounds: Int
  let machine: Machine

  var markdown: String {
    let introduction = """
      # Speed against sizes

      Tokens per second of whole training steps (forward, loss, backward, clip, Adam). `make scaling` writes this
      page. It varies one quantity at a time, starting from `\(base)`. The name gives the
      unit, the vocabulary (V), units × layers (H), and the time steps (T) and sequences (B) of a batch. All points are
      measured in turn, \(rounds) times; the median counts. Measured on
      \(machine.words).

      `Cliffs.md` has the cost of one more unit, sequence or time step.
      """
    return ([introduction] + sweeps.map(section)).joined(separator: "\n\n") + "\n"
  }

  private var base: String { sweeps.last?.benchmark(1) ?? "" }

  /// The picture of one sweep.
  func chart(_ sweep: Sweep) -> LineChart {
    let series = sweep.lines.map { threads in
      Series(
        Self.name(threads),
        sweep.values.map { (x: Double($0), y: speed(sweep, $0, threads)) })
    }
    return LineChart(
      title: "Training speed against \(sweep.quantity)",
      xAxis: Axis(
        sweep.axis, sweep.isLogarithmic ? .logarithmic : .linear,
        ticks: (sweep.isLogarithmic ? sweep.powersOfTwo : sweep.values).map(Double.init)),
      yAxis: sweep.quantity == "hidden size"
        ? Axis("tokens per second", .logarithmic) : Axis("tokens per second", fromZero: true),
      series: series)
  }

  private func section(_ sweep: Sweep) -> String {
    let heads = sweep.lines.map(Self.name)
    var lines = [
      "## Against \(sweep.quantity)", "",
      "![Training speed against \(sweep.quantity)](\(sweep.fileName))", "",
      "| \(sweep.axis) | " + heads.joined(separator: " | ") + " |",
      "|--:|" + heads.map { _ in "--:|" }.joined(),
    ]
    for value in sweep.values {
      let cells = sweep.lines.map { grouped(speed(sweep, value, $0)) }
      lines.append("| \(grouped(Double(value))) | " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private func speed(_ sweep: Sweep, _ value: Int, _ threads: Int?) -> Double {
    guard let speed = speeds[sweep.point(value, threads: threads)] else {
      preconditionFailure("every point of a sweep is measured")
    }
    return speed
  }

  private static func name(_ threads: Int?) -> String {
    guard let threads else { return "tokens per second" }
    return threads == 1 ? "1 thread" : "\(threads) threads"
  }
}

/// A whole number with a comma at every thousand.
func grouped(_ value: Double) -> String {
  let digits = String(Int(value.rounded()))
  return String(
    digits.enumerated().flatMap { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? [",", digit] : [digit]
    })
}
