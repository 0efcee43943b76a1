/// Frames that batches name by their numbers, as tokens name a vocabulary's entries: so a corpus of frames
/// is never expanded into windows.
///
/// Values are kept in half precision: an hour of sound at 43 frames of 1,025 values a second takes 320 MB.
/// They are exact to eleven bits and held to ±65,504; what is not a number becomes zero.
public final class FrameTable: @unchecked Sendable {
  /// Values of a frame: `D`.
  public let size: Int
  /// The most frames that it can hold.
  public let capacity: Int
  /// The frames so far.
  public private(set) var count = 0
  private let memory = PanelMemory()
  let rows: FrameRows

  /// An empty table for `capacity` frames of `size` values, both 1 or more.
  public init(size: Int, capacity: Int) {
    precondition(size > 0 && capacity > 0, "a table holds at least one frame of one value")
    self.size = size
    self.capacity = capacity
    let stride = Panels.needed(for: size) * Panels.width
    rows = FrameRows(
      halves: memory.row(of: UInt16.self, count: capacity * stride), stride: stride)
  }

  /// Adds a frame of ``size`` values; there must be room for it.
  public func append(_ frame: some Collection<Float>) {
    precondition(count < capacity, "the table is full")
    count += 1
    self[count - 1] = Array(frame)
  }

  /// The values of a frame. `[D]`
  public subscript(index: Int) -> [Float] {
    get {
      precondition(index >= 0 && index < count, "there is no such frame")
      return (0..<size).map { fullPrecision(rows.halves[index * rows.stride + $0]) }
    }
    set {
      precondition(index >= 0 && index < count, "there is no such frame")
      precondition(newValue.count == size, "a frame has \(size) values, not \(newValue.count)")
      for (i, value) in newValue.enumerated() {
        rows.halves[index * rows.stride + i] = value.isNaN ? 0 : halfPrecision(value)
      }
    }
  }
}

/// A frame table as a pass reads it.
struct FrameRows: @unchecked Sendable {
  /// One frame after the other, each padded to whole panels.
  let halves: SharedRow<UInt16>
  /// Values from frame to frame.
  let stride: Int

  /// Panel `panel` of the frames `indices`.
  func gather(
    _ indices: Span<Int32>, panel: Int, into out: inout MutableSpan<Float>,
    _ kernels: any KernelSet.Type
  ) {
    kernels.gatherHalves(
      &out, table: halves.read(0..<halves.count), stride: stride, column: panel * Panels.width,
      indices: indices)
  }
}

/// The value of a finite half-precision number, given by its bits.
func fullPrecision(_ half: UInt16) -> Float {
  let magnitude = Float(bitPattern: UInt32(half & 0x7fff) << 13) * 0x1p112
  return half & 0x8000 == 0 ? magnitude : -magnitude
}
