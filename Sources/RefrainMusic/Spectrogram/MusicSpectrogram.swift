/// The spectrograms of a sound's channels: of one, or of left and right.
public struct MusicSpectrogram: Equatable, Sendable {
  /// One (mono) or two (left, right), of the same frames.
  public private(set) var channels: [Spectrogram]

  /// A spectrogram from those of the channels: one or two, cut alike, of as many frames.
  public init(channels: [Spectrogram]) {
    precondition((1...2).contains(channels.count), "music has one or two channels")
    precondition(
      channels.allSatisfy {
        $0.settings == channels[0].settings && $0.frameCount == channels[0].frameCount
      }, "both channels have the same frames")
    self.channels = channels
  }

  /// A spectrogram from frames that hold the values of all `channels`, one channel after the other.
  ///
  /// - Parameters:
  ///   - settings: how the sound was cut into frames.
  ///   - count: the number of channels, 1 or 2.
  ///   - frames: Linear magnitudes. `[frames, channels, D]`
  public init(settings: SpectrogramSettings, channels count: Int, frames: [Float]) {
    let bins = settings.bins
    precondition(frames.count % (count * bins) == 0, "a spectrogram holds whole frames")
    if count == 1 {
      self.init(channels: [Spectrogram(settings: settings, magnitudes: frames)])
      return
    }
    self.init(
      channels: (0..<count).map { channel in
        let rows = stride(from: channel * bins, to: frames.count, by: count * bins)
        return Spectrogram(
          settings: settings, magnitudes: rows.flatMap { frames[$0..<$0 + bins] })
      })
  }

  /// How the sound was cut.
  public var settings: SpectrogramSettings { channels[0].settings }

  /// The number of frames.
  public var frameCount: Int { channels[0].frameCount }

  /// The values of one frame, one channel after the other. `[channels, D]`
  public subscript(frame index: Int) -> [Float] { channels.flatMap { $0[frame: index] } }

  /// Both channels as one: of each bin, the magnitude that has their mean power.
  public var mixed: Spectrogram {
    if channels.count == 1 { return channels[0] }
    let magnitudes = zip(channels[0].magnitudes, channels[1].magnitudes)
      .map { (($0 * $0 + $1 * $1) / 2).squareRoot() }
    return Spectrogram(settings: settings, magnitudes: magnitudes)
  }

  /// This music, then `other`'s, which was cut alike.
  func followed(by other: MusicSpectrogram) -> MusicSpectrogram {
    precondition(other.settings == settings && other.channels.count == channels.count)
    return MusicSpectrogram(
      channels: zip(channels, other.channels).map {
        Spectrogram(settings: settings, magnitudes: $0.magnitudes + $1.magnitudes)
      })
  }

  /// All channels, each changed by `change`, which keeps or changes the number of frames alike.
  func mapChannels(_ change: (Spectrogram) -> Spectrogram) -> MusicSpectrogram {
    MusicSpectrogram(channels: channels.map(change))
  }
}
