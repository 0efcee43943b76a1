import Foundation
import Refrain
import RefrainMusic
import Testing

/// A model of music that was trained once and that many tests use.
enum TrainedMusicModel {
  private static let trained = Task { () throws -> Sandbox in
    let sandbox = try Sandbox()
    sandbox.removeAtExit()
    try sandbox.write(poem, to: "in.txt")
    try sandbox.writeMelody(lowest: 300, seconds: 6, to: "music.wav")
    try sandbox.writeMelody(lowest: 500, seconds: 2, to: "mine.wav")
    var request = MusicTrainingRequest(inputs: [sandbox.path("music.wav")])
    request.settings.sampleRate = 8000
    request.settings.fftSize = 256
    request.settings.window = 256
    request.settings.hop = 64
    request.model?.hidden = 8
    request.model?.layers = 1
    request.configuration.batchSize = 4
    request.configuration.sequenceLength = 16
    request.sampleEvery = 1000
    request.limits = TrainingLimits(steps: 20)
    let run = try MusicRun(request, to: sandbox.path("run"))
    for try await _ in run {}
    return sandbox
  }

  /// A sandbox in which `run` has been trained on `music.wav`, six seconds at 8,000 samples a second; there
  /// is `mine.wav` too. Tests only read these.
  static func sandbox() async throws -> Sandbox { try await trained.value }
}

extension Sandbox {
  /// Writes fading notes, four a second, at 8,000 samples a second.
  func writeMelody(lowest: Double, seconds: Double, to name: String) throws {
    let ratios = [1, 1.25, 1.5, 2, 1.5, 1.25]
    let samples = (0..<Int(seconds * 8000)).map { i in
      let place = Double(i % 2000)
      let speed = 2 * Double.pi * lowest * ratios[i / 2000 % ratios.count] / 8000
      return Float(0.5 * min(1, place / 40) * exp(-place / 1500) * sin(speed * place))
    }
    try Recording(sampleRate: 8000, channels: [samples]).write(to: path(name))
  }

  /// The samples of a sound file.
  func samples(_ name: String) throws -> [Float] {
    try Recording.read(path(name), sampleRate: 8000).recording.channels[0]
  }
}
