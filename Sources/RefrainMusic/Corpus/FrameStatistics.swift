internal import Foundation
internal import Refrain

/// The frames of some music before they are normalised, and what is to be known for it: the mean and the
/// deviation of each value, and each bin's greatest magnitude.
struct FrameStatistics {
  let kind: FrameScale.Kind
  let channels: Int
  /// What is added before a logarithm.
  let floor: Float

  /// Values that vary less than this, in nats, count as varying this much: their noise is not to be learnt.
  private static let leastDeviation = 0.25

  /// What is kept of a frame until the scale is known: magnitudes or logarithms, the middle and the side.
  /// `[channels, D]`
  func unscaled(_ magnitudes: [Float]) -> [Float] {
    MidSide.encoded(
      kind == .linear ? magnitudes : magnitudes.map { log($0 + floor) }, channels: channels)
  }

  /// The scale by the frames `range` of a table of unscaled ones.
  func scale(of table: FrameTable, frames range: Range<Int>) -> FrameScale {
    var sums = [Double](repeating: 0, count: table.size)
    var squares = sums
    var greatest = [Float](repeating: 0, count: table.size)
    for index in range {
      let (logarithms, magnitudes) = bothForms(table[index])
      for i in logarithms.indices {
        let x = Double(logarithms[i])
        sums[i] += x
        squares[i] += x * x
        if magnitudes[i] > greatest[i] { greatest[i] = magnitudes[i] }
      }
    }
    let count = Double(range.count)
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { square, mean in
      max(max(square / count - mean * mean, 0).squareRoot(), Self.leastDeviation)
    }
    return FrameScale(
      kind: kind, channels: channels, floor: floor, means: means.map { Float($0) },
      deviations: deviations.map { Float($0) }, greatest: greatest)
  }

  /// The logarithms, middle and side, and the magnitudes, left and right, of an unscaled frame.
  private func bothForms(_ row: [Float]) -> (logarithms: [Float], magnitudes: [Float]) {
    let sides = MidSide.decoded(row, channels: channels)
    if kind == .logarithmic { return (row, sides.map { exp($0) - floor }) }
    let logarithms = sides.map { log(max($0, 0) + floor) }
    return (MidSide.encoded(logarithms, channels: channels), sides)
  }
}

extension FrameScale {
  /// Unscaled logarithms in a table become normalised ones.
  func normalise(_ table: FrameTable) {
    for index in 0..<table.count {
      var values = table[index]
      for i in values.indices { values[i] = (values[i] - means[i]) / deviations[i] }
      table[index] = values
    }
  }
}
