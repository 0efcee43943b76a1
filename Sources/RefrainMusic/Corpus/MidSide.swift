/// Left and right as their mean and half their difference, value by value.
///
/// Of logarithms, the middle is how loud a bin is and the side from where it comes; most music says little
/// on the side, so that a network has one thing to learn there, not two.
enum MidSide {
  /// Left and right become middle and side; one channel stays what it is. `[channels, D]`
  static func encoded(_ values: [Float], channels: Int) -> [Float] {
    mapped(values, channels) { (($0 + $1) / 2, ($0 - $1) / 2) }
  }

  /// Middle and side become left and right again. `[channels, D]`
  static func decoded(_ values: [Float], channels: Int) -> [Float] {
    mapped(values, channels) { ($0 + $1, $0 - $1) }
  }

  private static func mapped(
    _ values: [Float], _ channels: Int, _ pair: (Float, Float) -> (Float, Float)
  ) -> [Float] {
    if channels == 1 { return values }
    let bins = values.count / 2
    var result = values
    for bin in 0..<bins {
      (result[bin], result[bins + bin]) = pair(values[bin], values[bins + bin])
    }
    return result
  }
}
