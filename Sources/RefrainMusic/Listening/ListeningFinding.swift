internal import Foundation
internal import Refrain

/// Something in a generated sound that the music does not have.
public struct ListeningFinding: Codable, Equatable, Sendable {
  /// What it is.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Nothing can be heard; the value is an energy in decibels below full scale.
    case silence
    /// One sound is held; the value is a ``ListeningMeasures/development``.
    case drone
    /// Noise, flat and restless; the value is a ``ListeningMeasures/flatness``.
    case noise
    /// The sound changes from frame to frame without being noise; the value is a
    /// ``ListeningMeasures/novelty``.
    case restless
    /// Louder than the music; the value is an energy in decibels below full scale.
    case louder
    /// Quieter than the music, yet to be heard; the value is an energy, as for ``louder``.
    case quieter
  }

  /// What it is.
  public var kind: Kind
  /// Where it begins, in whole seconds of the sound.
  public var start: Int
  /// Where it ends, in whole seconds.
  public var end: Int
  /// Whether it lasts to the end of the sound.
  public var lasts: Bool
  /// The measure of that stretch, as ``kind`` says.
  public var value: Double
  /// The bound of the music that the value lies beyond.
  public var bound: Double

  /// The predicate of a sentence about the sound: `falls silent after 6 s`.
  public var phrase: String {
    switch kind {
    case .silence where lasts: start == 0 ? "is silent" : "falls silent after \(start) s"
    case .silence: "is silent" + span
    case .drone: "holds one sound (a drone)" + span
    case .noise: "is noise" + span
    case .restless: "jumps from sound to sound" + span
    case .louder: "is louder than the music by \(difference) dB" + span
    case .quieter: "is quieter than the music by \(difference) dB" + span
    }
  }

  private var difference: Int { Int(abs(value - bound).rounded()) }

  private var span: String {
    switch (start, lasts) {
    case (0, true): " throughout"
    case (_, true): " from \(start) s on"
    default: " from \(start) s to \(end) s"
    }
  }

  /// What to do about it.
  var advice: Sentence {
    switch kind {
    case .silence, .drone: "raise \(.temperature), or train longer"
    case .quieter: "raise \(.temperature)"
    case .noise, .restless: "lower \(.temperature), or train longer"
    case .louder: "lower \(.temperature)"
    }
  }
}
