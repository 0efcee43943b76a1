/// How a picture of a spectrogram is drawn.
public struct PictureSettings: Equatable, Sendable {
  /// The picture's width in pixels, 320 to 10,000; what is outside is brought to the nearer of the two.
  public var width = 1000
  /// The height in pixels of a picture of one spectrogram, 200 to 10,000, as ``width``.
  public var height = 420
  /// How height stands for pitch.
  public var frequencies = FrequencyScale.logarithmic(from: 40)
  /// How many decibels below the loudest bin are shown, 10 to 200, as ``width``.
  public var decibels: Float = 80

  /// 1,000 × 420 pixels, pitch as one hears it from 40 hertz on, 80 decibels.
  public init() {}

  /// These settings with every value in its range.
  var bounded: PictureSettings {
    var settings = self
    settings.width = min(10_000, max(320, width))
    settings.height = min(10_000, max(200, height))
    settings.decibels = decibels >= 10 ? min(200, decibels) : 10
    return settings
  }
}
