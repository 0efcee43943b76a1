import Refrain
import TestSupport
import Testing

/// Frames come back as they went in, but for the rounding to half precision.
struct FrameTableTests {
  @Test(arguments: [1, 7, 15, 16, 17, 33]) func framesComeBack(size: Int) {
    var random = ReferenceRandom(seed: UInt64(size))
    let frames = (0..<5).map { _ in
      (0..<size).map { _ in Float(Int.random(in: -2048...2048, using: &random)) / 64 }
    }
    let table = FrameTable(size: size)
    #expect(table.size == size)
    for (number, frame) in frames.enumerated() {
      #expect(table.count == number)
      table.append(frame)
    }
    #expect((0..<5).map { table[$0] } == frames)
    table[2] = frames[4]
    #expect((0..<5).map { table[$0] } == [frames[0], frames[1], frames[4], frames[3], frames[4]])
  }

  private func table(recordings: [Int]) -> FrameTable {
    let table = FrameTable(size: 1)
    for length in recordings {
      table.beginRecording()
      for _ in 0..<length { table.append([0]) }
    }
    return table
  }

  @Test func recordingsBeginWhereTheyAreSaidTo() {
    #expect(FrameTable(size: 1).starts == [0])
    #expect(table(recordings: [4]).starts == [0])
    // A recording without frames is none; one that has only begun is there.
    #expect(table(recordings: [3, 0, 1, 2]).starts == [0, 3, 4])
    #expect(table(recordings: [3, 0]).starts == [0, 3])
    let unsaid = FrameTable(size: 1)
    for _ in 0..<3 { unsaid.append([0]) }
    #expect(unsaid.starts == [0])
  }

  /// A mixture whose only mean is the frame `lag` before, read at every place of three recordings.
  @Test(arguments: [0, 1, 2, 3]) func framesBeforeARecordingAreItsFirst(lag: Int) throws {
    let table = FrameTable(size: 1)
    let lengths = [3, 1, 6]
    for length in lengths {
      table.beginRecording()
      for _ in 0..<length { table.append([Float(table.count)]) }
    }
    let network = try Network(
      ModelDescription(
        input: .frames(1), output: .mixture(components: 1, size: 1, history: 4), layers: []))
    for name in ["output.values.weight", "output.values.bias"] {
      network.setValues(of: name, to: network.values(of: name).map { _ in 0 })
    }
    network.setValues(of: "output.history", to: (0..<4).map { $0 == lag ? 1 : 0 })
    let workspace = Workspace(network, steps: 10, sequences: 1, mode: .inference)
    workspace.frames = table
    let numbers = (0..<10).map(Int32.init)
    workspace.forward(Batch(steps: 10, sequences: 1, tokens: numbers, targets: numbers))
    let firsts: [Float] = [0, 0, 0, 3, 4, 4, 4, 4, 4, 4]
    for (step, first) in firsts.enumerated() {
      #expect(workspace.mixture(step: step).mean == [max(first, Float(step - lag))])
    }
  }

  @Test func everyRecordingIsADocument() throws {
    let corpus = FrameCorpus(table(recordings: [3, 1, 5]))
    #expect(corpus.count == 9)
    for position in 0...9 {
      var cursor = corpus.cursor(at: position)
      var tokens = [Int32](repeating: -1, count: 4)
      var starts = [Bool](repeating: false, count: 4)
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      let read = try cursor.read(into: &tokenSpan, starts: &startSpan)
      let expected = Array(position..<min(position + 4, 9))
      #expect(read == expected.count)
      #expect(tokens.prefix(read).map(Int.init) == expected)
      #expect(starts.prefix(read) == expected.map { [0, 3, 4].contains($0) }[...])
    }
  }

  private func stored(_ value: Float) -> Float {
    let table = FrameTable(size: 1)
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
    var random = ReferenceRandom(seed: 1)
    for _ in 0..<10_000 {
      let value = Float.random(in: -8...8, using: &random)
      #expect(abs(stored(value) - value) <= abs(value) * 0x1p-11 + 0x1p-25)
    }
  }
}
