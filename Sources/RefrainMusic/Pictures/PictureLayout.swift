/// Where the parts of a picture lie, in pixels from its upper left corner.
struct PictureLayout {
  /// The left, right, top and bottom ends of a part: its pixels are those of the two ranges.
  struct Area: Equatable {
    var x: Range<Int>
    var y: Range<Int>
  }

  let width: Int
  let height: Int
  /// One area per spectrogram, from top to bottom.
  let plots: [Area]
  /// The bar that shows which colour stands for which level.
  let bar: Area

  /// The lines of writing above a plot and above the whole picture stand so far above the plot.
  static let captionHeight = 8
  static let titleHeight = 12

  private static let left = 68
  private static let right = 92
  private static let bottom = 34
  private static let top = 14
  private static let line = 24

  /// The layout of a picture, whose settings are bounded.
  init(settings: PictureSettings, captions: [Bool], hasTitle: Bool) {
    let titleLine = hasTitle ? Self.line : 0
    let plotHeight = settings.height - Self.top - titleLine - Self.bottom
    var y = Self.top + titleLine
    var plots: [Area] = []
    for hasCaption in captions {
      if hasCaption { y += Self.line - (plots.isEmpty ? 8 : 0) }
      plots.append(
        Area(x: Self.left..<settings.width - Self.right, y: y..<y + plotHeight))
      y += plotHeight + (plots.count < captions.count ? 8 : Self.bottom)
    }
    self.plots = plots
    width = settings.width
    height = y
    let barLeft = settings.width - Self.right + 16
    let barTop = plots.first?.y.lowerBound ?? 0
    bar = Area(
      x: barLeft..<barLeft + 14, y: barTop..<(plots.last?.y.upperBound ?? barTop))
  }
}
