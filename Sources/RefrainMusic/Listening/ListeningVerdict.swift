public import Refrain

/// Whether a generated sound keeps within what is usual in the music, or where it leaves it, and how.
public struct ListeningVerdict: Codable, Equatable, Sendable {
  /// What the sound has that the music does not, in the order of where it begins.
  public let findings: [ListeningFinding]
  /// The sound's length in seconds, rounded; 0 where there is hardly any.
  public let seconds: Int

  /// Compares `generated` with what is usual in the music.
  ///
  /// A stretch of five seconds is moved over the sound by whole seconds; the seconds at both ends of
  /// those that lie outside of the range say where it begins and ends. A finding is three seconds
  /// long or longer.
  public init(_ generated: Spectrogram, range: ListeningRange) {
    let curves = ListeningCurves(generated)
    let stretches = SlidingStretches(curves, range: range)
    seconds = stretches.count
    let all = ListeningFinding.Kind.allCases.flatMap { stretches.findings(of: $0) }
    let drones = all.filter { $0.kind == .drone }
    // What trembles and goes nowhere is both; that it goes nowhere is the greater fault.
    findings = all.filter { finding in
      finding.kind != .restless
        || !drones.contains { $0.start < finding.end && finding.start < $0.end }
    }.sorted { ($0.start, -$0.end) < ($1.start, -$1.end) }
  }

  /// A sentence without its subject: `holds one sound (a drone) from 12 s on`.
  ///
  /// Of several findings of one kind, the longest is named.
  public var sentence: String {
    guard seconds > 0 else { return "is too short to be judged" }
    let phrases = named.map(\.phrase)
    guard let last = phrases.last else { return "keeps within the music's range" }
    return phrases.count == 1
      ? last : phrases.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What to change, where something is to be changed.
  public var advice: Sentence? {
    named.first?.advice
  }

  /// The longest finding of each kind, in the order of where it begins.
  private var named: [ListeningFinding] {
    findings.filter { finding in
      let longest = findings.filter { $0.kind == finding.kind }
        .max { $0.end - $0.start < $1.end - $1.start }
      return longest == finding
    }
  }
}
