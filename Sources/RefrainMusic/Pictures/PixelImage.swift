internal import CPNG

/// A picture of at most 256 colours: those of ``ColorMap`` and shades between ink and paper.
struct PixelImage {
  let width: Int
  let height: Int
  /// One index into the palette per pixel. `[height, width]`, row-major, the top row first.
  private(set) var indices: [UInt8]

  /// A sheet of paper.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    indices = Array(repeating: Palette.paper, count: width * height)
  }

  /// Sets one pixel, which lies within the picture.
  mutating func set(_ x: Int, _ y: Int, to index: UInt8) {
    indices[y * width + x] = index
  }

  /// Fills a rectangle, as much of it as lies within the picture.
  mutating func fill(x: Range<Int>, y: Range<Int>, with index: UInt8) {
    for row in y.clamped(to: 0..<height) {
      for column in x.clamped(to: 0..<width) { set(column, row, to: index) }
    }
  }

  /// Writes `text` in ink upon paper, its line of writing beginning at `x` and `y`.
  mutating func write(_ text: String, x: Double, y: Double, font: StrokeFont) {
    for stroke in font.strokes(of: text, x: x, y: y) { draw(stroke, weight: font.weight) }
  }

  /// Smooth edges: a pixel is as dark as much of it the line covers.
  private mutating func draw(_ stroke: StrokeFont.Stroke, weight: Double) {
    let points = stroke.points
    for (start, end) in zip(points, points.dropFirst()) {
      let reach = weight / 2 + 1
      let columns = Int(min(start.x, end.x) - reach)..<Int(max(start.x, end.x) + reach) + 1
      let rows = Int(min(start.y, end.y) - reach)..<Int(max(start.y, end.y) + reach) + 1
      for y in rows.clamped(to: 0..<height) {
        for x in columns.clamped(to: 0..<width) {
          let distance = Self.distance(x: Double(x) + 0.5, y: Double(y) + 0.5, start, end)
          let shade = Palette.shade(covered: weight / 2 + 0.5 - distance)
          // Shades run from ink to paper: the darker one stays.
          indices[y * width + x] = min(shade, indices[y * width + x])
        }
      }
    }
  }

  private static func distance(
    x: Double, y: Double, _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let along = length > 0 ? ((x - start.x) * dx + (y - start.y) * dy) / length : 0
    let nearest = min(1, max(0, along))
    let (ex, ey) = (x - start.x - nearest * dx, y - start.y - nearest * dy)
    return (ex * ex + ey * ey).squareRoot()
  }

  /// The picture as a PNG file.
  func png() -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_COLORMAP)
    image.colormap_entries = 256
    let palette = Palette.bytes
    // The first call only asks for the size.
    var size = png_alloc_size_t(0)
    var written = png_image_write_to_memory(&image, nil, &size, 0, indices, 0, palette)
    precondition(written != 0, "libpng refused a picture of \(width) × \(height) pixels")
    var bytes = [UInt8](repeating: 0, count: size)
    written = png_image_write_to_memory(&image, &bytes, &size, 0, indices, 0, palette)
    precondition(written != 0, "libpng refused a picture of \(width) × \(height) pixels")
    return Array(bytes.prefix(size))
  }
}
