internal import Foundation

/// Keeps generated music about as loud as the music it learned from: what a network reads is its own output,
/// so a little too loud or too soft may else become ever more so.
struct EnergyGuard {
  /// The mean power of the music, in decibels below full scale.
  private let level: Double
  /// What turns a frame's squared magnitudes, of all channels, into the mean square of its samples.
  private let scale: Double
  private let frameRate: Double
  /// The mean power of the last seconds.
  private var average: Double

  /// Decibels that the music may be off its level.
  static let freedom = 4.0
  /// Of the decibels beyond, the part that a network is led back by in every frame, and the most.
  private static let lead = (part: 0.08, most: 0.5)
  /// Decibels that are added or taken away at most.
  static let greatestGain = 45.0
  /// Seconds that the average reaches back, where it grows louder and where it grows softer.
  private static let memory = (louder: 0.3, softer: 2.0)

  init(level: Double, _ information: MusicRecord) {
    self.level = level
    scale =
      ListeningCurves.powerScale(information.settings) / Double(information.scale.channels)
    frameRate = information.settings.frameRate
    average = pow(10, level / 10)
  }

  /// What the network is to read instead of its own output, which a touch leads back to the level.
  mutating func led(_ magnitudes: [Float]) -> [Float] {
    let step = -Self.lead.part * beyond(after: magnitudes)
    return scaled(magnitudes, by: max(-Self.lead.most, min(Self.lead.most, step)))
  }

  /// What is to be heard of music that is made while it plays.
  mutating func heard(_ magnitudes: [Float]) -> [Float] {
    let beyond = beyond(after: magnitudes)
    return scaled(magnitudes, by: max(-Self.greatestGain, min(Self.greatestGain, -beyond)))
  }

  /// The decibels by which the last seconds are louder (or, below 0, softer) than they may be.
  private mutating func beyond(after magnitudes: [Float]) -> Double {
    let power = magnitudes.reduce(0.0) { $0 + Double($1) * Double($1) } * scale
    let memory = power > average ? Self.memory.louder : Self.memory.softer
    average += (power - average) / (memory * frameRate)
    return decibelsBeyond(average, level: level)
  }
}

extension MusicSpectrogram {
  /// The same music, no five seconds of which are louder or softer than `level`, in decibels below full
  /// scale, by more than ``EnergyGuard/freedom``; within these bounds its dynamics stay, and each channel
  /// its share.
  package func levelled(to level: Double) -> MusicSpectrogram {
    var loudness = FrameLoudness(mixed)
    loudness.level(to: level)
    return mapChannels { $0.scaled(by: loudness.gains) }
  }
}

/// The power of each frame, and how many decibels are to be added so that it is as loud as it may be.
private struct FrameLoudness {
  private let powers: [Double]
  private var decibels: [Double]
  /// Frames before and after one whose power counts with its own.
  private let half: Int

  /// Seconds whose power counts together.
  private static let seconds = 5.0
  /// A changed frame changes the power around its neighbours, too: how far frames go in one round, rounds at
  /// most until all is well, and the decibels that may be left then.
  private static let rounds = (part: 2.0, most: 200, left: 0.5)

  init(_ music: Spectrogram) {
    let scale = ListeningCurves.powerScale(music.settings)
    powers = (0..<music.frameCount).map { frame in
      music[frame: frame].reduce(0.0) { $0 + Double($1) * Double($1) } * scale
    }
    decibels = powers.map { _ in 0 }
    half = max(1, Int(Self.seconds / 2 * music.settings.frameRate))
  }

  /// What each frame is to be multiplied with.
  var gains: [Float] { decibels.map { Float(pow(10, $0 / 20)) } }

  /// Every stretch that is too soft or too loud asks all of its frames alike, and a frame does what the
  /// stretches around it ask for on average: so gains change slowly.
  mutating func level(to level: Double) {
    let most = EnergyGuard.greatestGain
    for _ in 0..<Self.rounds.most {
      let now = zip(powers, decibels).map { $0 * pow(10, $1 / 10) }
      let beyond = meansAround(now).map { decibelsBeyond($0, level: level) }
      if beyond.allSatisfy({ abs($0) < Self.rounds.left }) { return }
      decibels = zip(decibels, meansAround(beyond)).map {
        max(-most, min(most, $0 - Self.rounds.part * $1))
      }
    }
  }

  private func meansAround(_ values: [Double]) -> [Double] {
    var sums = [0.0]
    for value in values { sums.append(sums[sums.count - 1] + value) }
    return values.indices.map { index in
      let around = max(0, index - half)..<min(values.count, index + half)
      return (sums[around.upperBound] - sums[around.lowerBound]) / Double(around.count)
    }
  }
}

extension Spectrogram {
  /// Every frame times its gain.
  fileprivate func scaled(by gains: [Float]) -> Spectrogram {
    var result = self
    for frame in gains.indices where gains[frame] != 1 {
      for bin in frame * settings.bins..<(frame + 1) * settings.bins {
        result.magnitudes[bin] *= gains[frame]
      }
    }
    return result
  }
}

/// By how many decibels a power is louder (or, below 0, softer) than it may be.
private func decibelsBeyond(_ power: Double, level: Double) -> Double {
  let off = 10 * log10(max(power, 1e-12)) - level
  return off > 0 ? max(0, off - EnergyGuard.freedom) : min(0, off + EnergyGuard.freedom)
}

private func scaled(_ magnitudes: [Float], by decibels: Double) -> [Float] {
  if decibels == 0 { return magnitudes }
  let factor = Float(pow(10, decibels / 20))
  return magnitudes.map { $0 * factor }
}
