import Foundation
import RefrainMusic

/// A folder for one test, gone when nothing refers to it.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/refrain-sound-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `bytes` to a file of this name and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

func bytes(of path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// WAV files byte by byte, so that reading is not checked against the library that reads.
struct WAVBytes {
  enum Samples: CaseIterable { case int8, int16, int24, int32, float32, float64 }

  var samples = Samples.int16
  var sampleRate = 22_050
  /// Of the same length. `[channels][frames]`
  var channels: [[Double]]
  /// What the header says about the length of the data; nil: the truth.
  var promisedBytes: UInt32?

  var bitsPerSample: Int {
    switch samples {
    case .int8: 8
    case .int16: 16
    case .int24: 24
    case .int32, .float32: 32
    case .float64: 64
    }
  }

  var bytes: [UInt8] {
    let frames = channels[0].count
    let data = (0..<frames).flatMap { frame in channels.flatMap { encoded($0[frame]) } }
    let blockSize = channels.count * bitsPerSample / 8
    let isFloat = samples == .float32 || samples == .float64
    let format =
      little(isFloat ? 3 : 1, 2) + little(channels.count, 2) + little(sampleRate, 4)
      + little(sampleRate * blockSize, 4) + little(blockSize, 2) + little(bitsPerSample, 2)
    let body =
      Array("WAVEfmt ".utf8) + little(16, 4) + format + Array("data".utf8)
      + little(Int(promisedBytes ?? UInt32(data.count)), 4) + data
    return Array("RIFF".utf8) + little(body.count, 4) + body
  }

  private func encoded(_ value: Double) -> [UInt8] {
    func whole(_ scale: Double) -> Int {
      Int(max(min((value * scale).rounded(), scale - 1), -scale))
    }
    return switch samples {
    case .int8: [UInt8(whole(128) + 128)]
    case .int16: little(whole(32_768), 2)
    case .int24: little(whole(8_388_608), 3)
    case .int32: little(whole(2_147_483_648), 4)
    case .float32: little(Int(Float(value).bitPattern), 4)
    case .float64: (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
  }

  private func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// A tone of `frequency` hertz.
func sine(
  _ frequency: Double, amplitude: Double = 0.5, sampleRate: Int, seconds: Double
) -> [Double] {
  (0..<Int((Double(sampleRate) * seconds).rounded())).map {
    amplitude * sin(2 * .pi * frequency * Double($0) / Double(sampleRate))
  }
}

extension [Float] {
  /// How far the samples are from a tone that begins with the sound, in the middle of the sound.
  ///
  /// - Returns: the tone's amplitude and phase by projection on sine and cosine, and the largest
  ///   difference to the tone that has them.
  func compared(toSine frequency: Double, sampleRate: Int) -> (
    amplitude: Double, phase: Double, largestError: Double
  ) {
    // Whole periods, away from the ends, where the filter sees the silence outside.
    let edge = count / 5
    let period = Double(sampleRate) / frequency
    let length = Int((Double(count - 2 * edge) / period).rounded(.down) * period)
    var (s, c, ss, cc, sc) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in edge..<edge + length {
      let angle = 2 * Double.pi * frequency * Double(index) / Double(sampleRate)
      s += Double(self[index]) * sin(angle)
      c += Double(self[index]) * cos(angle)
      ss += sin(angle) * sin(angle)
      cc += cos(angle) * cos(angle)
      sc += sin(angle) * cos(angle)
    }
    let determinant = ss * cc - sc * sc
    let (a, b) = ((s * cc - c * sc) / determinant, (c * ss - s * sc) / determinant)
    var largest = 0.0
    for index in edge..<edge + length {
      let angle = 2 * Double.pi * frequency * Double(index) / Double(sampleRate)
      largest = Swift.max(largest, abs(Double(self[index]) - a * sin(angle) - b * cos(angle)))
    }
    return ((a * a + b * b).squareRoot(), atan2(b, a), largest)
  }
}
