import Refrain
import TestSupport
import Testing

/// Frames come back as they went in, but for the rounding to half precision.
struct FrameTableTests {
  @Test(arguments: [1, 7, 15, 16, 17, 33]) func framesComeBack(size: Int) {
    var random = TwinRandom(seed: UInt64(size))
    let frames = (0..<5).map { _ in
      (0..<size).map { _ in Float(Int.random(in: -2048...2048, using: &random)) / 64 }
    }
    let table = FrameTable(size: size, capacity: 5)
    #expect(table.size == size && table.capacity == 5)
    for (number, frame) in frames.enumerated() {
      #expect(table.count == number)
      table.append(frame[...])
    }
    #expect((0..<5).map { table[$0] } == frames)
    table[2] = frames[4]
    #expect((0..<5).map { table[$0] } == [frames[0], frames[1], frames[4], frames[3], frames[4]])
  }

  private func stored(_ value: Float) -> Float {
    let table = FrameTable(size: 1, capacity: 1)
    table.append([value])
    return table[0][0]
  }

  /// Eleven bits, ties to even.
  @Test(
    arguments: [
      (1 + 0x1p-11, 1), (1 + 0x1p-11 + 0x1p-20, 1 + 0x1p-10), (1 + 3 * 0x1p-11, 1 + 0x1p-9),
      (-1 - 3 * 0x1p-11, -1 - 0x1p-9), (2049, 2048), (2051, 2052), (0x1p-14, 0x1p-14),
      (0x1p-24, 0x1p-24), (0x1p-25, 0), (0x1.8p-24, 0x1p-23), (1e-30, 0), (65_504, 65_504),
      (65_519, 65_504), (1e9, 65_504), (-1e9, -65_504), (.infinity, 65_504), (-.infinity, -65_504),
      (.nan, 0),
    ] as [(Float, Float)])
  func valuesAreRoundedToHalfPrecision(_ value: Float, _ expected: Float) {
    #expect(stored(value) == expected)
  }

  @Test func roundingIsToTheNearest() {
    var random = TwinRandom(seed: 1)
    for _ in 0..<10_000 {
      let value = Float.random(in: -8...8, using: &random)
      #expect(abs(stored(value) - value) <= abs(value) * 0x1p-11 + 0x1p-25)
    }
  }
}
