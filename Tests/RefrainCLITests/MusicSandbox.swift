import Foundation
import RefrainMusic
import Testing

/// A sound file of 8,000 samples per second: tones of a scale, three in a second, each dying away.
func melody(seconds: Double, from first: Int = 0) -> Data {
  let rate = 8000
  let count = Int(seconds * Double(rate))
  let samples = (0..<count).map { index -> Int16 in
    let note = index * 3 / rate
    let time = Double(index - note * rate / 3) / Double(rate)
    let pitch = 220 * pow(2, Double([0, 4, 7, 12, 9, 5][(note + first) % 6]) / 12)
    return Int16(12_000 * exp(-4 * time) * sin(2 * .pi * pitch * time))
  }
  var bytes = Data("RIFF".utf8)
  func add(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
  add(UInt32(36 + 2 * count))
  bytes += Data("WAVEfmt ".utf8)
  add(UInt32(16))
  add(UInt16(1))
  add(UInt16(1))
  add(UInt32(rate))
  add(UInt32(2 * rate))
  add(UInt16(2))
  add(UInt16(16))
  bytes += Data("data".utf8)
  add(UInt32(2 * count))
  for sample in samples { add(sample) }
  return bytes
}

/// Frames and a network that train in a moment.
let smallFrames = ["--sample-rate", "8000", "--window", "256"]
let smallMusic =
  smallFrames + [
    "--hidden", "8", "--layers", "1", "--components", "2", "--batch-size", "4",
    "--sequence-length", "20", "--evaluate-every", "10",
  ]

extension Sandbox {
  /// A sandbox with two recordings in `songs`.
  static func withMusic() throws -> Sandbox {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: sandbox.path("songs"), withIntermediateDirectories: true)
    try sandbox.write(melody(seconds: 7), to: "songs/a.wav")
    try sandbox.write(melody(seconds: 3, from: 2), to: "songs/b.wav")
    return sandbox
  }

  /// The samples of a sound file.
  func samples(_ name: String) throws -> [Float] {
    try Recording.read(path(name), sampleRate: 8000).recording.channels[0]
  }
}

/// A model of music that was trained once and that many tests use.
enum TrainedMusic {
  private static let result = Result {
    let sandbox = try Sandbox.withMusic()
    sandbox.removeAtExit()
    try sandbox.write(poem, to: "in.txt")
    try sandbox.write(melody(seconds: 2, from: 4), to: "mine.wav")
    let outcome = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--steps", "20"] + smallMusic)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (sandbox, outcome)
  }

  /// A sandbox in which `run` has been trained on `songs`, ten seconds at 8,000 samples a second; there are
  /// `mine.wav` and `in.txt`, too. Tests only read these.
  static func sandbox() throws -> Sandbox { try result.get().0 }

  /// What the training said.
  static func outcome() throws -> Outcome { try result.get().1 }
}
