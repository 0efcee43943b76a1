internal import Refrain

/// A picture of what a sound holds: time from left to right in seconds, pitch from bottom to top in
/// hertz, and loudness as colour in decibels below the loudest bin.
public struct SpectrogramPicture: Sendable {
  /// The line above the picture.
  public var title: String?
  /// How it is drawn.
  public var settings: PictureSettings
  /// What is drawn, one under the other, with the same scales.
  let panels: [Panel]

  /// A spectrogram, and what is written over it.
  struct Panel: Sendable {
    let caption: String?
    let spectrogram: Spectrogram
  }

  /// A picture of one spectrogram.
  public init(
    _ spectrogram: Spectrogram, title: String? = nil, settings: PictureSettings = .init()
  ) {
    self.title = title
    self.settings = settings
    panels = [Panel(caption: nil, spectrogram: spectrogram)]
  }

  /// The picture as a PNG file.
  ///
  /// A spectrogram without frames, silence, and values that are not finite numbers are drawn too: as
  /// nothing, as the softest level, and as silence or the loudest level.
  public func png() -> [UInt8] {
    PictureDrawing(self).image.png()
  }

  /// Writes the picture to a PNG file: whole, or not at all.
  ///
  /// - Throws: ``/RefrainFiles/FileError``, where the file cannot be written.
  public func write(to path: String) throws {
    try DurableFile.write(png(), to: path)
  }
}

extension SpectrogramPicture {
  /// Two spectrograms one under the other, with the same scales: the music a network learned from
  /// above, and what it made below.
  public init(
    original: Spectrogram, generated: Spectrogram, title: String? = nil,
    settings: PictureSettings = .init()
  ) {
    self.title = title
    self.settings = settings
    panels = [
      Panel(caption: "original", spectrogram: original),
      Panel(caption: "generated", spectrogram: generated),
    ]
  }
}
