/// Draws a picture of spectrograms upon pixels.
struct PictureDrawing {
  private(set) var image: PixelImage
  private let layout: PictureLayout
  private let settings: PictureSettings
  private let axis: FrequencyAxis
  /// Seconds of the plots' whole width.
  private let duration: Double

  private static let labels = StrokeFont(spacing: 1.5, weight: 1.25)
  private static let titles = StrokeFont(spacing: 1.75, weight: 1.6)

  init(_ picture: SpectrogramPicture) {
    settings = picture.settings.bounded
    layout = PictureLayout(
      settings: settings, captions: picture.panels.map { $0.caption != nil },
      hasTitle: picture.title != nil)
    image = PixelImage(width: layout.width, height: layout.height)
    let spectrograms = picture.panels.map(\.spectrogram)
    let longest = spectrograms.map(\.duration).max() ?? 0
    duration = longest > 0 ? longest : 1
    axis = FrequencyAxis(
      settings.frequencies,
      highest: spectrograms.map { Double($0.settings.sampleRate) / 2 }.max() ?? 1)

    let reference = spectrograms.map(\.loudestMagnitude).max() ?? 1
    for (panel, plot) in zip(picture.panels, layout.plots) {
      draw(panel.spectrogram, in: plot, reference: reference)
      drawFrequencies(beside: plot)
      if let caption = panel.caption {
        let y = Double(plot.y.lowerBound - PictureLayout.captionHeight) + 0.5
        image.write(caption, x: Double(plot.x.lowerBound) + 0.5, y: y, font: Self.labels)
      }
    }
    drawSeconds()
    drawBar()
    if let title = picture.title { draw(title: title) }
  }

  private mutating func draw(
    _ spectrogram: Spectrogram, in plot: PictureLayout.Area, reference: Float
  ) {
    let share = spectrogram.duration / duration
    let width = Int((share * Double(plot.x.count)).rounded())
    let raster = SpectrogramRaster(
      spectrogram, width: width, reference: reference, range: settings.decibels)
    for x in 0..<width {
      let position = (Double(x) + 0.5) / Double(width)
      let levels = raster.column(at: position, height: plot.y.count, axis: axis)
      for (row, level) in levels.enumerated() {
        guard let level else { continue }
        let y = plot.y.upperBound - 1 - row
        image.set(plot.x.lowerBound + x, y, to: Palette.index(level: level))
      }
    }
  }

  private mutating func drawFrequencies(beside plot: PictureLayout.Area) {
    let end = plot.x.lowerBound
    for tick in axis.ticks {
      let y = Self.pixel(axis.position(of: tick.value), in: plot.y)
      image.fill(x: end - 5..<end, y: y..<y + 1, with: Palette.ink)
      write(tick.label, rightAlignedAt: end - 9, middle: y)
    }
    drawEdges(of: plot)
  }

  private mutating func drawSeconds() {
    guard let plot = layout.plots.last else { return }
    for tick in Tick.seconds(upTo: duration, atMost: max(2, plot.x.count / 80)) {
      let share = tick.value / duration
      let x = min(plot.x.upperBound, plot.x.lowerBound + Int(share * Double(plot.x.count)))
      image.fill(x: x..<x + 1, y: plot.y.upperBound..<plot.y.upperBound + 5, with: Palette.ink)
      let left = Double(x) + 0.5 - Self.labels.width(of: tick.label) / 2
      image.write(
        tick.label, x: left.rounded() + 0.5, y: Double(plot.y.upperBound) + 20.5,
        font: Self.labels)
    }
  }

  private mutating func drawBar() {
    let bar = layout.bar
    for y in bar.y {
      let level = Float(bar.y.upperBound - 1 - y) / Float(bar.y.count - 1)
      image.fill(x: bar.x, y: y..<y + 1, with: Palette.index(level: level))
    }
    for tick in Tick.decibels(range: Double(settings.decibels)) {
      let y = Self.pixel(1 + tick.value / Double(settings.decibels), in: bar.y)
      let end = bar.x.upperBound
      image.fill(x: end..<end + 4, y: y..<y + 1, with: Palette.ink)
      write(tick.label, leftAlignedAt: end + 8, middle: y)
    }
  }

  private mutating func draw(title: String) {
    guard let plot = layout.plots.first else { return }
    let left = Double(plot.x.lowerBound) + 0.5
    let text = Self.titles.fitting(title, width: Double(layout.width) - left - 8)
    image.write(text, x: left, y: 26.5, font: Self.titles)
  }

  /// A thin line around a plot.
  private mutating func drawEdges(of plot: PictureLayout.Area) {
    let (x, y) = (plot.x, plot.y)
    let outer = x.lowerBound - 1..<x.upperBound + 1
    image.fill(x: outer, y: y.lowerBound - 1..<y.lowerBound, with: Palette.ink)
    image.fill(x: outer, y: y.upperBound..<y.upperBound + 1, with: Palette.ink)
    image.fill(x: x.lowerBound - 1..<x.lowerBound, y: y, with: Palette.ink)
    image.fill(x: x.upperBound..<x.upperBound + 1, y: y, with: Palette.ink)
  }

  private mutating func write(_ label: String, rightAlignedAt x: Int, middle y: Int) {
    write(label, leftAlignedAt: x - Int(Self.labels.width(of: label).rounded()), middle: y)
  }

  /// The middle of a capital's height lies on the pixel row `y`.
  private mutating func write(_ label: String, leftAlignedAt x: Int, middle y: Int) {
    let line = Double(y) + 0.5 + (3 * Self.labels.spacing).rounded(.down)
    image.write(label, x: Double(x) + 0.5, y: line, font: Self.labels)
  }

  /// The pixel row of a position, 0 at the bottom and 1 at the top.
  private static func pixel(_ position: Double, in rows: Range<Int>) -> Int {
    let row = Int(Double(rows.upperBound) - position * Double(rows.count))
    return min(rows.upperBound - 1, max(rows.lowerBound, row))
  }
}

extension Spectrogram {
  /// The sound's length in seconds.
  fileprivate var duration: Double { Double(frameCount) / settings.frameRate }

  /// The largest finite magnitude; 1 in silence.
  fileprivate var loudestMagnitude: Float {
    var loudest: Float = 0
    for value in magnitudes where value > loudest && value.isFinite { loudest = value }
    return loudest > 0 ? loudest : 1
  }
}
