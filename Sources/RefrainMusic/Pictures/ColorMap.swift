internal import Foundation

/// The colours of a spectrogram: from near black by violet and red to pale yellow.
///
/// Lightness grows in even steps, in the colour space OKLab (Ottosson, *A perceptual color space for
/// image processing*, 2020), so that equal steps of level look equal, in print and to the
/// colour-blind too.
enum ColorMap {
  /// Red, green and blue for `value`, 0 for the softest and 1 for the loudest.
  static func color(at value: Double) -> [UInt8] {
    let lightness = 0.1 + 0.87 * value
    // Hue in degrees: violet, then over red to yellow; colourful in the middle only.
    let hue = (-75 + 180 * value) * Double.pi / 180
    let chroma = 0.02 + 0.18 * pow(sin(Double.pi * pow(value, 0.9)), 0.9)
    return sRGB(lightness: lightness, a: chroma * cos(hue), b: chroma * sin(hue))
  }

  private static func sRGB(lightness: Double, a: Double, b: Double) -> [UInt8] {
    let l = pow(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b, 3)
    let m = pow(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b, 3)
    let s = pow(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b, 3)
    let linear = [
      4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
      -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
      -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    return linear.map { value in
      let value = min(1, max(0, value))
      let curved = value <= 0.003_130_8 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
      return UInt8((curved * 255).rounded())
    }
  }
}

/// The 256 colours of a picture.
enum Palette {
  /// How many of them are the colours of levels: the first ones.
  static let levels = 224
  /// The last one: the ground of the picture.
  static let paper: UInt8 = 255
  /// The darkest of the shades between ink and paper.
  static let ink = UInt8(levels)

  /// The colour of a level, 0 for the softest shown and 1 for the loudest.
  static func index(level: Float) -> UInt8 {
    // A comparison with what is not a number is false.
    level > 0 ? UInt8(min(level, 1) * Float(levels - 1) + 0.5) : 0
  }

  /// Ink that covers a part of a pixel.
  static func shade(covered: Double) -> UInt8 {
    let steps = Double(paper - ink)
    return paper - UInt8((min(1, max(0, covered)) * steps).rounded())
  }

  /// Red, green and blue of every colour. `[256, 3]`
  static let bytes: [UInt8] =
    (0..<levels).flatMap { ColorMap.color(at: Double($0) / Double(levels - 1)) }
    + (levels...255).flatMap { index -> [UInt8] in
      let paper = Double(index - levels) / Double(255 - levels)
      return [UInt8](repeating: UInt8((40 + 215 * paper).rounded()), count: 3)
    }
}
