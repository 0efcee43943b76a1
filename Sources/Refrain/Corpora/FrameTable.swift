/// Frames that batches name by their numbers, as tokens name a vocabulary's entries: so a corpus of frames
/// is never expanded into windows.
///
/// Values are kept in half precision: an hour of sound at 43 frames of 1,025 values a second takes 320 MB.
/// They are exact to eleven bits and held to ±65,504; what is not a number becomes zero.
public final class FrameTable: @unchecked Sendable {
  /// Values of a frame: `D`.
  public let size: Int
  /// The number of frames.
  public private(set) var count = 0
  private let stride: Int
  private let halves = GrowingRow<UInt16>()
  /// For each frame, how many of its recording come before it.
  private let places = GrowingRow<Int32>()
  /// The numbers of the frames that begin a recording, ascending.
  public private(set) var starts: [Int] = [0]

  /// An empty table of frames of `size` values, 1 or more.
  public init(size: Int) {
    precondition(size > 0, "a frame has at least one value")
    self.size = size
    stride = Panels.needed(for: size) * Panels.width
  }

  /// The next frame begins a recording; the very first always does.
  public func beginRecording() {
    if starts.last != count { starts.append(count) }
  }

  /// Whether a frame begins a recording.
  public func isStart(_ index: Int) -> Bool {
    precondition(index >= 0 && index < count, "there is no such frame")
    return places.row[index] == 0
  }

  /// Adds a frame of ``size`` values.
  public func append(_ frame: Span<Float>) {
    let first = halves.grow(by: stride)
    let row = halves.row
    for i in size..<stride { row[first + i] = 0 }
    let place = places.grow(by: 1)
    places.row[place] = Int32(count - starts[starts.count - 1])
    count += 1
    set(count - 1, to: frame)
  }

  /// Adds a frame of ``size`` values.
  public func append(_ frame: [Float]) { append(frame.span) }

  /// The values of a frame. `[D]`
  public subscript(index: Int) -> [Float] {
    get {
      precondition(index >= 0 && index < count, "there is no such frame")
      let row = halves.row
      return (0..<size).map { fullPrecision(row[index * stride + $0]) }
    }
    set { set(index, to: newValue.span) }
  }

  private func set(_ index: Int, to frame: Span<Float>) {
    precondition(index >= 0 && index < count, "there is no such frame")
    precondition(frame.count == size, "a frame has \(size) values, not \(frame.count)")
    let row = halves.row
    for i in 0..<size {
      row[index * stride + i] = frame[i].isNaN ? 0 : halfPrecision(frame[i])
    }
  }

  /// Bytes that the frames take.
  package var byteCount: Int { count * (2 * stride + 4) }

  /// The frames as a pass reads them; adding more may move them.
  var rows: FrameRows? {
    if count == 0 { return nil }
    return FrameRows(halves: halves.row, places: places.row, stride: stride)
  }
}

/// A frame table as a pass reads it.
struct FrameRows: @unchecked Sendable {
  /// One frame after the other, each padded to whole panels.
  let halves: SharedRow<UInt16>
  /// For each frame, how many of its recording come before it.
  let places: SharedRow<Int32>
  /// Values from frame to frame.
  let stride: Int

  /// The number of the frame `lag` before another, or of the recording's first.
  func number(before number: Int32, by lag: Int) -> Int32 {
    number - min(Int32(lag), places[Int(number)])
  }

  /// One value.
  subscript(frame: Int32, column: Int) -> Float {
    fullPrecision(halves[Int(frame) * stride + column])
  }

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
