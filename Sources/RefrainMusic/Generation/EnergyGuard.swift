internal import Foundation

/// Keeps generated music about as loud as the music it learned from: what a network reads is what it said,
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
  static let greatestGain = 30.0
  /// Seconds that the average reaches back, where it grows louder and where it grows softer.
  private static let memory = (louder: 0.3, softer: 2.0)

  init(level: Double, _ information: MusicRunInformation) {
    self.level = level
    scale =
      ListeningCurves.powerScale(information.settings) / Double(information.scale.channels)
    frameRate = information.settings.frameRate
    average = pow(10, level / 10)
  }

  /// What the network is to read instead of what it said, which a touch leads back to the level.
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
  /// Seconds around a frame whose power counts.
  private static let levelled = 5.0

  /// The same music, no five seconds of which are louder or softer than `level`, in decibels below full
  /// scale, by more than ``EnergyGuard/freedom``; within these bounds its dynamics stay, and each channel
  /// its share.
  package func levelled(to level: Double) -> MusicSpectrogram {
    var result = self
    // A changed frame changes the power around its neighbours, too.
    for _ in 0..<4 {
      let gains = result.mixed.gains(to: level, around: Self.levelled)
      result = result.mapChannels { $0.scaled(by: gains) }
    }
    return result
  }
}

extension Spectrogram {
  /// What each frame is to be multiplied with.
  fileprivate func gains(to level: Double, around seconds: Double) -> [Float] {
    let scale = ListeningCurves.powerScale(settings)
    var sums = [0.0]
    for frame in 0..<frameCount {
      let power = self[frame: frame].reduce(0.0) { $0 + Double($1) * Double($1) } * scale
      sums.append(sums[frame] + power)
    }
    let half = max(1, Int(seconds / 2 * settings.frameRate))
    return (0..<frameCount).map { frame in
      let around = max(0, frame - half)..<min(frameCount, frame + half)
      let mean = (sums[around.upperBound] - sums[around.lowerBound]) / Double(around.count)
      let gain = max(
        -EnergyGuard.greatestGain,
        min(EnergyGuard.greatestGain, -decibelsBeyond(mean, level: level)))
      return gain == 0 ? 1 : Float(pow(10, gain / 20))
    }
  }

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
