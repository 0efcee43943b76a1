internal import Foundation

/// A short piece of music that needs no recording: broken chords of plucked strings over a slow bass.
public struct DemoPiece: Sendable {
  /// The piece as sound.
  public let recording: Recording

  /// Beats per minute.
  private static let tempo = 112.0
  /// The chords, a bar each, as MIDI notes: the bass first, then four notes of the chord.
  private static let chords: [[Int]] = [
    [45, 57, 60, 64, 69], [41, 57, 60, 65, 69], [48, 55, 60, 64, 67], [43, 55, 59, 62, 67],
  ]
  /// Which of the chord's notes sounds on each half beat; variations take turns.
  private static let figures: [[Int]] = [
    [1, 2, 3, 4, 3, 2, 3, 2], [1, 3, 2, 4, 2, 3, 1, 3], [4, 3, 2, 1, 2, 3, 4, 3],
  ]

  /// The piece, about `seconds` long, in whole rounds of its four chords.
  public init(seconds: Double = 42, sampleRate: Int = 22_050) {
    let halfBeat = 30 / Self.tempo
    let bar = 8 * halfBeat
    let rounds = max(1, Int((seconds / (4 * bar)).rounded()))
    let total = Double(rounds) * 4 * bar
    var samples = [Float](repeating: 0, count: Int((total + 1) * Double(sampleRate)))
    for index in 0..<rounds * 4 {
      let chord = Self.chords[index % 4]
      let figure = Self.figures[index / 4 % Self.figures.count]
      let begin = Double(index) * bar
      Self.pluck(chord[0] - 12, at: begin, loudness: 0.5, decay: 1.6, into: &samples, sampleRate)
      for (place, note) in figure.enumerated() {
        let loudness = place == 0 ? 0.34 : place % 2 == 0 ? 0.26 : 0.2
        Self.pluck(
          chord[note], at: begin + Double(place) * halfBeat, loudness: loudness, decay: 0.7,
          into: &samples, sampleRate)
      }
    }
    let peak = samples.reduce(Float(0)) { max($0, abs($1)) }
    recording = Recording(
      sampleRate: sampleRate, channels: [samples.map { $0 * 0.8 / max(peak, 1e-9) }])
  }

  /// Adds a plucked string: harmonics that fade, the higher the sooner.
  private static func pluck(
    _ note: Int, at begin: Double, loudness: Double, decay: Double, into samples: inout [Float],
    _ sampleRate: Int
  ) {
    let rate = Double(sampleRate)
    let frequency = 440 * pow(2, Double(note - 69) / 12)
    let first = Int(begin * rate)
    let length = min(Int(4 * decay * rate), samples.count - first)
    for harmonic in 1...8 where frequency * Double(harmonic) < rate / 2.2 {
      let speed = 2 * Double.pi * frequency * Double(harmonic) / rate
      let fade = exp(-Double(harmonic).squareRoot() / (decay * rate))
      var level = loudness / pow(Double(harmonic), 1.4)
      for i in 0..<length {
        // Five milliseconds to begin with, so that nothing clicks.
        let attack = min(1, Double(i) / (0.005 * rate))
        samples[first + i] += Float(attack * level * sin(speed * Double(i)))
        level *= fade
      }
    }
  }
}
