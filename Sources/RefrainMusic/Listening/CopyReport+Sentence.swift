extension CopyReport {
  /// The report in one sentence: `3 of 30 seconds are copies: 4–6 s is piano.flac at 1:03`.
  public var sentence: String {
    let copies = rows.count { $0.isCopy }
    guard copies > 0 else { return "none of \(seconds) seconds is a copy" + nearest }
    let named = stretches.prefix(3).map(phrase) + (stretches.count > 3 ? ["and others"] : [])
    return "\(copies) of \(seconds) seconds \(copies == 1 ? "is a copy" : "are copies"): "
      + named.joined(separator: ", ")
  }

  private var nearest: String {
    guard let row = rows.min(by: { $0.distance < $1.distance }) else { return "" }
    return "; the nearest is \(row.second) s to \(row.recording) at \(Tick.clock(row.time)), "
      + "\(Self.tenths(row.distance)) dB away where copies are below \(Self.tenths(threshold)) dB"
  }

  /// Copied seconds that go on in the music as they do in the sound, within half a second.
  private var stretches: [[Row]] {
    rows.filter(\.isCopy).reduce(into: []) { stretches, row in
      if let last = stretches.last?.last, last.recording == row.recording,
        row.second == last.second + 1, abs(row.time - last.time - 1) <= 0.5
      {
        stretches[stretches.count - 1].append(row)
      } else {
        stretches.append([row])
      }
    }
  }

  private func phrase(_ stretch: [Row]) -> String {
    guard let first = stretch.first, let last = stretch.last else { return "" }
    let span = stretch.count == 1 ? "\(first.second) s" : "\(first.second)–\(last.second) s"
    return "\(span) is \(first.recording) at \(Tick.clock(first.time))"
  }

  private static func tenths(_ value: Double) -> String {
    Tick.number((value * 10).rounded() / 10)
  }
}
