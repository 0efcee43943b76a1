extension ShortTimeFourierTransform {
  /// The magnitudes of all channels of a recording, whose sample rate is that of the settings.
  public func spectrogram(of recording: Recording) -> MusicSpectrogram {
    MusicSpectrogram(channels: recording.channels.map { spectrogram(of: $0) })
  }
}

extension Recording {
  /// Calls `use` with every frame of the recording in its order: the magnitudes of one channel after the
  /// other. `[channels, D]`
  func eachFrame(_ settings: SpectrogramSettings, _ use: ([Float]) throws -> Void) rethrows {
    let streams = channels.map { ChannelStream($0, settings) }
    let bins = settings.bins
    var frame: [Float] = []
    while true {
      let ready = streams.map { $0.read() }
      if ready[0].isEmpty { return }
      for start in stride(from: 0, to: ready[0].count, by: bins) {
        frame.removeAll(keepingCapacity: true)
        for channel in ready { frame += channel[start..<start + bins] }
        try use(frame)
      }
    }
  }
}

/// The frames of one channel, a few at a time, so that the channels go side by side.
private final class ChannelStream {
  private let samples: [Float]
  private var stream: SpectrogramStream?
  private var next = 0

  /// Samples that are taken at a time.
  private static let piece = 1 << 16

  init(_ samples: [Float], _ settings: SpectrogramSettings) {
    self.samples = samples
    stream = SpectrogramStream(settings)
  }

  /// The next frames, one after the other; none after the last. `[frames, D]`
  func read() -> [Float] {
    var frames: [Float] = []
    // A local value, which the span borrows from.
    let samples = samples
    while frames.isEmpty, var stream = stream.take() {
      let end = min(next + max(Self.piece, stream.settings.fftSize), samples.count)
      let part = samples.span.extracting(next..<end)
      stream.append(part) { for i in 0..<$0.count { frames.append($0[i]) } }
      next = end
      if next == samples.count {
        stream.finish { for i in 0..<$0.count { frames.append($0[i]) } }
      } else {
        self.stream = consume stream
      }
    }
    return frames
  }
}
