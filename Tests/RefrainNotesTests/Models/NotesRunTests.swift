import Foundation
import Refrain
import RefrainRuns
import RefrainNotes
import TestSupport
import Testing

struct NotesRunTests {
  private let scratch = try! Scratch()

  private func bytes(of path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  @Test func aRunLeavesWhatItShould() async throws {
    let folder = try TinyNotes.write(to: scratch)
    let run = try NotesRun(TinyNotes.request([folder]), to: scratch.path + "/run")
    let (pieces, timeSteps) = (run.record.pieces, run.record.timeSteps)
    #expect(pieces.training == 9 && pieces.validation == 1)
    #expect(timeSteps.training == 216 && timeSteps.validation == 24)
    var samples: [(sample: NotesSample, step: Int)] = []
    var ended: TrainingEnd?
    for try await event in run {
      switch event {
      case .sample(let sample, let step): samples.append((sample, step))
      case .training(.end(let end)): ended = end
      case .training: break
      }
    }
    #expect(ended == .finished && samples.map(\.step) == [10, 20])
    for (sample, _) in samples {
      let piece = try PianoRoll(midiFile: sample.path, stepsPerQuarter: 4)
      #expect(piece.frames.count == 24 && sample.measures == NotesMeasures([piece]))
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: run.folder.path).sorted()
    #expect(
      names == [
        "best.safetensors", "last.safetensors", "metrics.csv", "samples",
        "samples/step-00000010.mid", "samples/step-00000020.mid",
      ])
    let last = try ModelFile(contentsOf: run.folder.last)
    #expect(last.hasLearned(NotesMaterial.self) && last.training?.progress.step == 20)
    #expect(try TrainedModel(last, path: "m").record(of: NotesMaterial.self).sources.count == 10)
  }

  @Test func itLearns() async throws {
    let path = try TinyNotes.writeCollection(to: scratch)
    var request = TinyNotes.request([path], steps: 300)
    request.learnsByHeart()
    request.configuration.evaluateEvery = 100
    let run = try NotesRun(request, to: scratch.path + "/run")
    for try await _ in run {}
    let evaluation = try NotesEvaluator(
      ModelFile(contentsOf: run.folder.best).network, statistics: run.record.statistics
    ).evaluate(run.material.corpus.validation)
    #expect(evaluation.timeSteps == 46)
    #expect(evaluation.loss < 0.5 * evaluation.lossOfHolding, "\(evaluation)")
    #expect(evaluation.lossOfHolding < evaluation.lossOfFrequencies)
    #expect(evaluation.accuracy > 0.8, "\(evaluation)")
    let best = try #require(run.trainer.progress.bestLoss)
    #expect(abs(best - evaluation.loss) < 1e-6)
  }

  @Test(arguments: [false, true]) func aRunGoesOnBitForBit(_ isCollection: Bool) async throws {
    let input =
      try isCollection
      ? TinyNotes.writeCollection(to: scratch) : TinyNotes.write(to: scratch)
    var request = TinyNotes.request([input])
    request.transpose = 2
    request.model.normalises = isCollection
    let straight = try NotesRun(request, to: scratch.path + "/straight")
    for try await _ in straight {}
    let path = scratch.path + "/broken"
    let broken = try NotesRun(request, to: path)
    for try await event in broken {
      if case .training(.checkpoint) = event, broken.trainer.progress.step >= 10 { break }
    }
    #expect(try ModelFile(contentsOf: broken.folder.last).training?.progress.step == 10)
    let rest = try NotesRun(resuming: path, threads: 2)
    for try await _ in rest {}
    for name in ["last.safetensors", "best.safetensors", "samples/step-00000020.mid"] {
      #expect(
        try bytes(of: path + "/" + name) == bytes(of: straight.folder.path + "/" + name), "\(name)")
    }
  }

  @Test func movedFilesAreFoundAndOthersAreNot() async throws {
    let folder = try TinyNotes.write(to: scratch)
    let path = scratch.path + "/run"
    let run = try NotesRun(TinyNotes.request([folder]), to: path)
    for try await event in run { if case .training(.checkpoint) = event { break } }
    let moved = scratch.path + "/moved"
    try FileManager.default.moveItem(atPath: folder, toPath: moved)
    #expect(throws: InputFileError.vanished(path: folder + "/0.mid")) {
      try NotesRun(resuming: path)
    }
    #expect(
      try NotesRun(resuming: path, moved: [folder: moved]).material.corpus.training.count == 9)
    try TinyNotes.piece(3).writeMIDI(to: moved + "/0.mid", stepsPerQuarter: 4)
    #expect(throws: InputFileError.changed(path: moved + "/0.mid")) {
      try NotesRun(resuming: path, moved: [folder: moved])
    }
  }

  @Test func anotherModelsWeightsBeginARun() async throws {
    let folder = try TinyNotes.write(to: scratch)
    let first = try NotesRun(TinyNotes.request([folder]), to: scratch.path + "/first")
    for try await _ in first {}
    var request = TinyNotes.request([folder])
    request.startFrom = first.folder.path
    let second = try NotesRun(request, to: scratch.path + "/second")
    #expect(second.trainer.network.description == first.trainer.network.description)
    let start = try ModelFile(contentsOf: first.folder.best).network
    let evaluator = NotesEvaluator(start, statistics: first.record.statistics)
    let other = NotesEvaluator(second.trainer.network, statistics: first.record.statistics)
    #expect(
      try evaluator.evaluate(first.material.corpus.validation)
        == other.evaluate(first.material.corpus.validation))
    request.stepsPerQuarter = 2
    #expect(throws: NotesTrainingError.otherGrid(path: first.folder.best, stepsPerQuarter: 4)) {
      try NotesRun(request, to: scratch.path + "/third")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/third"))
  }

  @Test func tooFewNotesLeaveNoFolder() throws {
    let json = #"{"train": [[[60], [61]]], "valid": [], "test": []}"#
    let path = try scratch.write(json.utf8, "few.json")
    #expect(throws: NotesTrainingError.tooShort(timeSteps: 2)) {
      try NotesRun(TinyNotes.request([path]), to: scratch.path + "/run")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/run"))
  }
}
