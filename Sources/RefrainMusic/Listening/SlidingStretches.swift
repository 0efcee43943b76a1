internal import Foundation

/// The measures of every second of a sound, and of every five seconds that begin with one, beside the
/// range of the music.
struct SlidingStretches {
  private let range: ListeningRange
  /// The measures of the single seconds.
  private let seconds: [ListeningMeasures]
  /// Which seconds are silent: at most an eighth of their frames can be heard beside the music.
  private let silent: [Bool]
  /// Seconds of a stretch.
  private let length: Int

  init(_ curves: ListeningCurves, range: ListeningRange) {
    self.range = range
    let rate = curves.frameRate
    let count = Int((Double(curves.frameCount) / rate).rounded())
    let frames = (0..<count).map { second in
      Int(Double(second) * rate)..<min(curves.frameCount, Int(Double(second + 1) * rate))
    }
    seconds = frames.map(curves.measures)
    silent = frames.map { frames in
      frames.count { Double(curves.energy[$0]) > range.silence } * 8 <= frames.count
    }
    length = min(5, count)
  }

  /// The number of seconds.
  var count: Int { seconds.count }

  /// Seconds of the shortest finding.
  private var shortest: Int { min(3, count) }

  /// Where the sound has something of one kind that the music does not.
  func findings(of kind: ListeningFinding.Kind) -> [ListeningFinding] {
    guard count > 0 else { return [] }
    if kind == .silence {
      return Self.merged(silent.indices.filter { silent[$0] }.map { $0..<$0 + 1 })
        .filter { $0.count >= shortest }
        .map { finding(of: kind, over: $0) }
    }
    let outside = (0...count - length).map { $0..<$0 + length }.filter { stretch in
      mean(over: stretch).map { $0.is(kind, range: range) } ?? false
    }
    let spans = Self.merged(outside).map { span in
      ends(of: span) { !silent[$0] && seconds[$0].is(kind, range: range) }
    }
    return spans.filter { $0.count >= shortest }.map { finding(of: kind, over: $0) }
  }

  /// The measures of a stretch, its silent seconds left out; nothing where these are the most.
  private func mean(over stretch: Range<Int>) -> ListeningMeasures? {
    let audible = stretch.filter { !silent[$0] }
    guard audible.count * 2 >= stretch.count else { return nil }
    return ListeningMeasures(mean: audible.map { seconds[$0] })
  }

  /// A span without those seconds of its first and last stretch that do not belong to it by
  /// themselves; half of a stretch where none does. The sound's first and last second, which has an
  /// edge, go with their neighbours.
  private func ends(of span: Range<Int>, where belongs: (Int) -> Bool) -> Range<Int> {
    let start = span.prefix(length).first(where: belongs) ?? span.lowerBound + length / 2
    let last = span.suffix(length).last(where: belongs) ?? span.upperBound - 1 - length / 2
    let first = span.lowerBound == 0 && start == 1 ? 0 : start
    let end = last == count - 2 ? count : last + 1
    return first..<max(first + 1, end)
  }

  private func finding(
    of kind: ListeningFinding.Kind, over span: Range<Int>
  ) -> ListeningFinding {
    let mean = ListeningMeasures(mean: Array(seconds[span]))
    let (value, bound) =
      switch kind {
      case .silence, .quieter: (mean.energy, range.energy.lower)
      case .louder: (mean.energy, range.energy.upper)
      case .drone: (mean.development, range.development.lower)
      case .noise: (mean.flatness, range.flatness.upper)
      case .restless: (mean.novelty, range.novelty.upper)
      }
    return ListeningFinding(
      kind: kind, start: span.lowerBound, end: span.upperBound, lasts: span.upperBound == count,
      value: value, bound: bound)
  }

  /// Spans in order, those that touch made one.
  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    spans.reduce(into: []) { merged, span in
      if let last = merged.last, last.upperBound >= span.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<span.upperBound
      } else {
        merged.append(span)
      }
    }
  }
}

extension ListeningMeasures {
  /// The measures of several stretches of equal length, at least one, taken together.
  fileprivate init(mean stretches: [ListeningMeasures]) {
    func mean(_ value: (ListeningMeasures) -> Double) -> Double {
      stretches.reduce(0) { $0 + value($1) } / Double(stretches.count)
    }
    self.init(
      energy: 10 * log10(mean { pow(10, $0.energy / 10) }), flatness: mean(\.flatness),
      novelty: mean(\.novelty), slowNovelty: mean(\.slowNovelty))
  }

  /// Whether a stretch lies outside of the range in one way.
  fileprivate func `is`(_ kind: ListeningFinding.Kind, range: ListeningRange) -> Bool {
    let isRestless = novelty > range.mostNovelty
    let isFlat = flatness > range.flattest
    let isHeld = development < range.leastDevelopment
    return switch kind {
    case .silence: energy < range.silence
    case .quieter: energy < range.softest && energy >= range.silence
    case .louder: energy > range.loudest
    case .noise: isRestless && isFlat
    case .restless: isRestless && !isFlat && !isHeld
    case .drone: isHeld && !(isRestless && isFlat)
    }
  }
}
