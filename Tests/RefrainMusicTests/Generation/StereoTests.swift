import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

/// Music of two channels, from the recording to the sound that is made of it.
struct StereoTests {
  private let folder: TestFolder
  private let path: String

  /// A recording whose right side is four times as soft as its left.
  init() throws {
    folder = try TestFolder()
    path = folder.path + "/both.wav"
    let left = TinyMusic.melody(lowest: 400, seconds: 10)
    _ = try Recording(sampleRate: 8000, channels: [left, left.map { $0 / 4 }]).write(to: path)
  }

  private func train(_ change: (inout MusicTrainingRequest) -> Void = { _ in }) async throws
    -> TrainedModel
  {
    var request = TinyMusic.request([path])
    request.layout = .stereo
    change(&request)
    let run = try MusicRun(request, to: folder.path + "/run")
    for try await _ in run {}
    return try TrainedModel(run.folder.last)
  }

  private func power(_ samples: [Float]) -> Float { samples.reduce(0) { $0 + $1 * $1 } }

  @Test func whatIsOnTheLeftStaysThere() async throws {
    let model = try await train()
    let information = try model.record(of: MusicMaterial.self)
    #expect(information.layout == .stereo && model.network.description.inputSize == 258)
    for isLoop in [false, true] {
      var piece = try MusicPiece(modelPath: model.path)
      piece.seconds = 2
      piece.isLoop = isLoop
      let sound = try piece.sound(model)
      #expect(sound.channels.count == 2 && sound.channels.allSatisfy { $0.count == 16_000 })
      // Four times as soft is a sixteenth of the power.
      let ratio = power(sound.channels[0]) / power(sound.channels[1])
      #expect(ratio > 4 && ratio < 64, "\(ratio)")
      #expect(try piece.sound(model).channels == sound.channels)
    }
  }

  @Test func aStreamHasBothSides() async throws {
    let model = try await train()
    let generator = try MusicGenerator(model, seed: 2)
    var stream = try MusicStream(generator, start: .position(seconds: 3), seed: 2)
    var sides: [Float] = [0, 0]
    for _ in 0..<200 {
      let block = stream.next()
      #expect(block.count == 2 && block.allSatisfy { $0.count == 64 })
      for side in 0..<2 { sides[side] += power(block[side]) }
    }
    #expect(sides[0] > 4 * sides[1] && sides[1] > 0, "\(sides)")
  }

  @Test func itGoesOnFromASoundOfOneChannel() async throws {
    let model = try await train()
    let clip = try TinyMusic.write(
      TinyMusic.melody(lowest: 500, seconds: 1), to: folder.path + "/clip.wav")
    var piece = try MusicPiece(modelPath: model.path)
    piece.start = .clip(path: clip)
    piece.includesStart = true
    piece.seconds = 0.5
    let sound = try piece.sound(model)
    #expect(sound.channels.allSatisfy { $0.count == 4000 + 126 * 64 })
    // One channel is in the middle.
    let clipPower = sound.channels.map { power(Array($0[..<6000])) }
    #expect(abs(clipPower[0] / clipPower[1] - 1) < 0.01, "\(clipPower)")
  }

  @Test func theLecturesNetworkHearsBothSides() async throws {
    let model = try await train { request in
      request.kind = .linear
      request.model = nil
    }
    #expect(try model.record(of: MusicMaterial.self).layout == .stereo)
    var piece = try MusicPiece(modelPath: model.path)
    piece.seconds = 0.5
    let sound = try piece.sound(model)
    #expect(sound.channels.count == 2 && sound.channels.joined().allSatisfy { $0.isFinite })
  }

  @Test func itGoesOnWhereItStopped() async throws {
    let whole = try await train { $0.limits = TrainingLimits(steps: 30) }
    let bytes = try Data(contentsOf: URL(filePath: whole.path))
    try FileManager.default.removeItem(atPath: folder.path + "/run")
    _ = try await train { $0.limits = TrainingLimits(steps: 20) }
    let run = try MusicRun(
      resuming: folder.path + "/run", limits: TrainingLimits(steps: 30), threads: 1)
    #expect(run.material.corpus.scale.channels == 2)
    for try await _ in run {}
    #expect(try Data(contentsOf: URL(filePath: run.folder.last)) == bytes)
  }
}
