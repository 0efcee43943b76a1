import Foundation
import Refrain
import RefrainRuns
import RefrainMusic
import Testing

struct MusicRunTests {
  private let folder: TestFolder
  private let sound: String

  init() throws {
    folder = try TestFolder()
    sound = try TinyMusic.write(
      TinyMusic.melody(lowest: 300, seconds: 6), to: folder.path + "/sound.wav")
  }

  @Test func aRunLeavesWhatItShould() async throws {
    let run = try MusicRun(TinyMusic.request([sound]), to: folder.path + "/run")
    #expect(run.material.frames.training == 0..<676 && run.material.frames.validation == 676..<751)
    var rollOuts: [RollOut] = []
    var ended: TrainingEnd?
    for try await event in run {
      switch event {
      case .sample(let rollOut, _): rollOuts.append(rollOut)
      case .training(.end(let end)): ended = end
      case .training: break
      }
    }
    #expect(ended == .finished && rollOuts.map(\.step) == [10, 20])
    for rollOut in rollOuts {
      #expect(rollOut.evaluation.frames == 35 && rollOut.evaluation.error.isFinite)
      #expect(rollOut.measures.count == 2 && rollOut.verdict != nil)
      let (recording, _) = try Recording.read(rollOut.sound, sampleRate: 8000)
      #expect(abs(recording.seconds - 10) < 0.02)
      #expect(try bytes(of: rollOut.picture).starts(with: [0x89, 0x50, 0x4e, 0x47]))
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: run.folder.path).sorted()
    #expect(
      names == [
        "best.safetensors", "last.safetensors", "metrics.csv", "samples",
        "samples/step-00000010.flac", "samples/step-00000010.png", "samples/step-00000020.flac",
        "samples/step-00000020.png",
      ])
    let metrics = try String(contentsOfFile: run.folder.metrics, encoding: .utf8)
    #expect(metrics.split(separator: "\n").count >= 3)
    let last = try ModelFile(contentsOf: run.folder.last)
    #expect(
      last.hasLearned(MusicMaterial.self) && last.training?.progress.step == 20
        && last.vocabulary == nil)
  }

  @Test func aRunGoesOnBitForBit() async throws {
    let straight = try MusicRun(TinyMusic.request([sound]), to: folder.path + "/straight")
    for try await _ in straight {}
    let path = folder.path + "/broken"
    let broken = try MusicRun(TinyMusic.request([sound]), to: path)
    for try await event in broken {
      if case .training(.checkpoint) = event, broken.trainer.progress.step >= 10 { break }
    }
    let half = try ModelFile(contentsOf: broken.folder.last).training?.progress.step
    #expect(half == 10)
    let rest = try MusicRun(resuming: path, threads: 2)
    for try await _ in rest {}
    for name in ["last.safetensors", "best.safetensors", "samples/step-00000020.flac"] {
      #expect(
        try bytes(of: path + "/" + name) == bytes(of: straight.folder.path + "/" + name), "\(name)")
    }
  }

  @Test func theBestModelsEvaluationIsKnownOrMadeOnce() async throws {
    let path = folder.path + "/run"
    let run = try MusicRun(TinyMusic.request([sound]), to: path)
    #expect(try run.bestEvaluation() == nil)
    var rollOuts: [Int: MusicEvaluation] = [:]
    for try await event in run {
      if case .sample(let rollOut, _) = event { rollOuts[rollOut.step] = rollOut.evaluation }
    }
    let bestStep = try #require(run.trainer.progress.bestStep)
    let best = try #require(rollOuts[bestStep])
    // Where it is known, the file is not looked at.
    let file = try bytes(of: run.folder.best)
    try FileManager.default.removeItem(atPath: run.folder.best)
    #expect(try run.bestEvaluation() == best)
    #expect(try MusicRun(resuming: path).bestEvaluation() == nil)
    try Data(file).write(to: URL(fileURLWithPath: run.folder.best))
    let resumed = try MusicRun(resuming: path)
    #expect(try resumed.bestEvaluation() == best)
    try FileManager.default.removeItem(atPath: run.folder.best)
    #expect(try resumed.bestEvaluation() == best)
  }

  @Test func movedMusicIsFoundAndAnotherIsNot() async throws {
    let path = folder.path + "/run"
    let run = try MusicRun(TinyMusic.request([sound]), to: path)
    for try await event in run { if case .training(.checkpoint) = event { break } }
    let moved = folder.path + "/moved.wav"
    try FileManager.default.moveItem(atPath: sound, toPath: moved)
    #expect(throws: InputFileError.moved(path: sound, to: moved)) { try MusicRun(resuming: path) }
    let found = try MusicRun(resuming: path, moved: [sound: moved]).material
    #expect(found.corpus.places[0].path == moved)
    try TinyMusic.write(TinyMusic.melody(lowest: 310, seconds: 6), to: moved)
    #expect(throws: InputFileError.changed(path: moved)) {
      try MusicRun(resuming: path, moved: [sound: moved])
    }
  }

  @Test func tooLittleSoundLeavesNoFolder() throws {
    try TinyMusic.write(TinyMusic.melody(lowest: 300, seconds: 0.5), to: sound)
    let path = folder.path + "/run"
    #expect(throws: MusicTrainingError.self) { try MusicRun(TinyMusic.request([sound]), to: path) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// With less than forty frames to validate on, there is nothing to predict.
  @Test func shortMusicHasRollOutsToo() async throws {
    try TinyMusic.write(TinyMusic.melody(lowest: 300, seconds: 2), to: sound)
    let run = try MusicRun(TinyMusic.request([sound]), to: folder.path + "/run")
    var gains: [Double] = []
    for try await event in run {
      if case .sample(let rollOut, _) = event { gains.append(rollOut.evaluation.gain) }
    }
    #expect(gains == [0, 0])
  }
}
