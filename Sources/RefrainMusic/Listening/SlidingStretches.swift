/// The measures of every second of a sound, and of every five seconds that begin with one.
struct SlidingStretches {
  /// The measures of the single seconds.
  let seconds: [ListeningMeasures]
  private let windows: [ListeningMeasures]
  /// Seconds of a window.
  private let length: Int

  init(_ curves: ListeningCurves) {
    let rate = curves.frameRate
    let count = Int((Double(curves.frameCount) / rate).rounded())
    let length = min(5, count)
    func measures(from second: Int, length: Int) -> ListeningMeasures {
      let end = min(curves.frameCount, Int(Double(second + length) * rate))
      return curves.measures(of: min(end, Int(Double(second) * rate))..<end)
    }
    seconds = (0..<count).map { measures(from: $0, length: 1) }
    windows = count == 0 ? [] : (0...count - length).map { measures(from: $0, length: length) }
    self.length = length
  }

  /// Where the sound has something of one kind that the music does not.
  func findings(of kind: ListeningFinding.Kind, range: ListeningRange) -> [ListeningFinding] {
    let silent = seconds.map { $0.energy < range.silence }
    let spans: [Range<Int>]
    if kind == .silence {
      spans = Self.runs(of: silent).filter { $0.count >= min(3, seconds.count) }
    } else {
      let outside = windows.indices.map { start in
        let quiet = silent[start..<start + length].count { $0 }
        return quiet * 2 <= length && windows[start].is(kind, range: range)
      }
      spans = Self.runs(of: outside).map { run in
        let covered = run.lowerBound..<run.upperBound + length - 1
        return ends(of: covered) { !silent[$0] && seconds[$0].is(kind, range: range) }
      }
    }
    return spans.map { finding(of: kind, over: $0, range: range) }
  }

  /// A span without those seconds of its first and last window that do not belong to it by
  /// themselves; half of a window where none does.
  private func ends(of span: Range<Int>, where belongs: (Int) -> Bool) -> Range<Int> {
    let start = span.prefix(length).first(where: belongs) ?? span.lowerBound + length / 2
    let last = span.suffix(length).last(where: belongs) ?? span.upperBound - 1 - length / 2
    return start..<max(start, last) + 1
  }

  private func finding(
    of kind: ListeningFinding.Kind, over span: Range<Int>, range: ListeningRange
  ) -> ListeningFinding {
    func mean(_ measure: (ListeningMeasures) -> Double) -> Double {
      seconds[span].reduce(0) { $0 + measure($1) } / Double(span.count)
    }
    let (value, bound) =
      switch kind {
      case .silence, .quieter: (mean(\.energy), range.energy.lower)
      case .louder: (mean(\.energy), range.energy.upper)
      case .drone: (mean(\.development), range.development.lower)
      case .noise: (mean(\.flatness), range.flatness.upper)
      case .restless: (mean(\.novelty), range.novelty.upper)
      }
    return ListeningFinding(
      kind: kind, start: span.lowerBound, end: span.upperBound,
      lasts: span.upperBound == seconds.count, value: value, bound: bound)
  }

  /// Where values are true, one after the other.
  private static func runs(of values: [Bool]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, value) in values.enumerated() where value {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}

extension ListeningMeasures {
  /// Whether a stretch lies outside of the range in one way.
  fileprivate func `is`(_ kind: ListeningFinding.Kind, range: ListeningRange) -> Bool {
    let isRestless = novelty > range.mostNovelty
    let isFlat = flatness > range.flattest
    return switch kind {
    case .silence: energy < range.silence
    case .quieter: energy < range.softest && energy >= range.silence
    case .louder: energy > range.loudest
    case .noise: isRestless && isFlat
    case .restless: isRestless && !isFlat
    case .drone: development < range.leastDevelopment && !isRestless
    }
  }
}
