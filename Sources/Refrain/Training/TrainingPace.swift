/// How fast a training is by the clock: what one step takes, and one evaluation with all that follows it.
///
/// A step takes the median of the last stretches, so that a machine that becomes busy, or idle, is soon noticed
/// and one odd stretch is not. Where the process stood still, as on a computer that slept, its time counts for
/// nothing here: it is gone, but says nothing about the steps to come.
struct TrainingPace {
  /// Seconds per step of the last stretches.
  private var stretches: [Double] = []
  private var stretch = (steps: 0, seconds: 0.0)
  /// Seconds of the last evaluations.
  private var evaluations: [Double] = []

  /// Seconds of a stretch at least.
  private let stretchLength: Double
  private static let stretchesKept = 9
  private static let evaluationsKept = 3

  /// - Parameter seconds: how long the training takes.
  init(of seconds: Double) { stretchLength = min(0.25, seconds / 250) }

  /// Takes in a step and what was done after the step before it; returns whether that ended a stretch.
  mutating func add(step seconds: Double) -> Bool {
    stretch.steps += 1
    stretch.seconds += seconds
    if stretch.seconds < stretchLength { return false }
    stretches = (stretches + [stretch.seconds / Double(stretch.steps)]).suffix(Self.stretchesKept)
    stretch = (0, 0)
    return true
  }

  /// Takes in an evaluation and what was done after it.
  mutating func add(evaluation seconds: Double) {
    evaluations = (evaluations + [seconds]).suffix(Self.evaluationsKept)
  }

  /// Seconds of a step; nil before the first.
  var perStep: Double? {
    if stretches.isEmpty {
      return stretch.steps > 0 ? stretch.seconds / Double(stretch.steps) : nil
    }
    return stretches.sorted()[stretches.count / 2]
  }

  /// Seconds of an evaluation; nil before the first.
  var perEvaluation: Double? {
    evaluations.isEmpty ? nil : evaluations.sorted()[evaluations.count / 2]
  }
}
