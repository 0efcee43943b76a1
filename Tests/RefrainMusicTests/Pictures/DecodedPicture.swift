import CPNG
import Testing

/// The pixels of a PNG file, as libpng reads them.
struct DecodedPicture {
  let width: Int
  let height: Int
  private let bytes: [UInt8]
  /// The rows of the horizontal lines around the plots, in order.
  private(set) var edges: [Int] = []
  /// The columns of the vertical lines around the plots.
  private(set) var sides: [Int] = []

  init(_ png: [UInt8]) throws {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    var bytes: [UInt8] = []
    // libpng keeps the address of the file between the two calls.
    let read = png.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0
      else { return false }
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
      bytes = [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * 3)
      return png_image_finish_read(&image, nil, &bytes, 0, nil) != 0
    }
    try #require(read)
    (width, height) = (Int(image.width), Int(image.height))
    self.bytes = bytes
    edges = (0..<height).filter { y in (0..<width).count { isInk($0, y) } > width / 2 }
    sides = (0..<width).filter { x in (0..<height).count { isInk(x, $0) } > height / 2 }
  }

  /// Red, green and blue.
  subscript(x: Int, y: Int) -> [UInt8] {
    Array(bytes[(y * width + x) * 3..<(y * width + x) * 3 + 3])
  }

  /// How light a pixel is, 0 to 255.
  func light(_ x: Int, _ y: Int) -> Double {
    let start = (y * width + x) * 3
    return 0.21 * Double(bytes[start]) + 0.72 * Double(bytes[start + 1])
      + 0.07 * Double(bytes[start + 2])
  }

  func isInk(_ x: Int, _ y: Int) -> Bool {
    let start = (y * width + x) * 3
    return bytes[start] == 40 && bytes[start + 1] == 40 && bytes[start + 2] == 40
  }

  /// The rows of the marks at the left side, from bottom to top.
  func frequencyMarks() -> [Int] {
    (0..<height).filter { isInk(sides[0] - 3, $0) && isInk(sides[0] - 2, $0) }.reversed()
  }

  /// The columns of the marks below the lowest plot.
  func secondMarks() -> [Int] {
    let y = edges[edges.count - 1] + 3
    return (0..<width).filter { isInk($0, y) && isInk($0, y - 1) }
  }
}
