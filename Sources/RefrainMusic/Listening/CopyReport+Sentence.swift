extension CopyReport {
  /// The report in one sentence: `3 of 30 seconds are copies: 4–6 s is piano.flac at 1:03; …`, and by
  /// how much it is one.
  public var sentence: String {
    let copies = rows.filter(\.isCopy)
    guard let farthest = copies.map(\.distance).max() else {
      return "none of \(seconds) seconds is a copy" + nearest
    }
    let named = stretches.prefix(3).map(phrase) + (stretches.count > 3 ? ["and others"] : [])
    return "\(copies.count) of \(seconds) seconds are copies: "
      + named.joined(separator: ", ")
      + "; they are at most \(Self.tenths(farthest)) dB away, and music that is only alike is hardly "
      + "ever within \(Self.tenths(Self.threshold)) dB for two seconds"
  }

  private var nearest: String {
    guard let row = rows.min(by: { $0.distance < $1.distance }) else { return "" }
    return "; the nearest is \(row.second) s to \(row.recording) at \(Tick.clock(row.time)), "
      + "\(Self.tenths(row.distance)) dB away where copies stay below "
      + "\(Self.tenths(Self.threshold)) dB for two seconds or more"
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
