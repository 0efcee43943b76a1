/// What is found out about the samples of a file while they pass.
struct SampleTally {
  /// Below this (−80 dB of full scale) there is nothing to hear.
  static let silence: Float = 1e-4
  /// From here on a sample is at full scale, which the largest of 8 bits is not.
  private static let fullScale: Float = 0.999
  /// So many samples at full scale in a row are clipped; a single one is a peak.
  private static let clippedRun = 3
  /// A million times full scale: no sound, and squared no number any more.
  private static let largest: Float = 1e6

  private(set) var frames = 0
  /// Samples that were no numbers, or beyond all sense, and are 0 now.
  private(set) var notNumbers = 0
  private(set) var clipped = 0
  private(set) var peak: Float = 0
  /// The first frame that is not silent.
  private(set) var firstLoud: Int?
  private(set) var lastLoud = 0
  /// For each channel, how many samples at full scale there have been without a break.
  private var runs: [Int]

  init(channels: Int) { runs = Array(repeating: 0, count: channels) }

  /// Looks at the next samples, and replaces those that are no numbers by 0.
  ///
  /// - Parameter samples: `[frames, channels]`, and perhaps more behind.
  mutating func take(_ samples: inout [Float], frames count: Int) {
    let channels = runs.count
    for frame in 0..<count {
      var loudest: Float = 0
      for channel in 0..<channels {
        let index = frame * channels + channel
        var size = abs(samples[index])
        if !(size <= Self.largest) {
          samples[index] = 0
          notNumbers += 1
          size = 0
        }
        loudest = max(loudest, size)
        countClipping(size, channel)
      }
      peak = max(peak, loudest)
      if loudest >= Self.silence {
        if firstLoud == nil { firstLoud = frames + frame }
        lastLoud = frames + frame
      }
    }
    frames += count
  }

  private mutating func countClipping(_ size: Float, _ channel: Int) {
    guard size >= Self.fullScale else {
      runs[channel] = 0
      return
    }
    runs[channel] += 1
    if runs[channel] == Self.clippedRun {
      clipped += Self.clippedRun
    } else if runs[channel] > Self.clippedRun {
      clipped += 1
    }
  }
}
